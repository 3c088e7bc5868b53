"""Land cover from tiles on several grids, and on grids of the user's."""
import hashlib
import json

import numpy as np
from pyproj import CRS
from rasterio.transform import Affine

from scene import CATEGORIES, Grid, grid_at, read_raster, write_raster

# Scores that tell the ten categories apart.
SCORES = np.array([-1, 5, 15, 25, 35, 45, 55, 65, 75, 85, 95], float)
# Centres so near to the border of a tile's cell may fall on either side (columns, rows).
EDGE = 1e-3


def laid_over(grid, tiles):
    """Codes of `tiles` [(values, grid, nodata)], later ones on top; and cells where that is certain."""
    codes = np.zeros((grid.rows, grid.columns), int)
    certain = np.ones(codes.shape, bool)
    c, r = np.meshgrid(np.arange(grid.columns) + 0.5, np.arange(grid.rows) + 0.5)
    for values, own, nodata in tiles:
        x, y = grid.positions_on(own, c, r)
        near = np.minimum(np.abs(x - np.round(x)), np.abs(y - np.round(y))) < EDGE
        near &= (x > -1) & (y > -1) & (x < own.columns + 1) & (y < own.rows + 1)
        inside = (x >= 0) & (y >= 0) & (x < own.columns) & (y < own.rows)
        found = np.zeros(codes.shape, int)
        found[inside] = values[y[inside].astype(int), x[inside].astype(int)]
        if nodata is not None:
            found[found == nodata] = 0
        certain &= ~near
        codes = np.where(found > 0, found, codes)
    return codes, certain


def score_codes(habitat, here, *options):
    """Codes and grid of the raster that was written, by way of its scores."""
    model = {
        "species": "own", "title": "own", "version": "1",
        "combine": {"rule": "weightedMean", "cap": None},
        "layers": {"landCover": {"weight": 1, "scores": dict(zip(CATEGORIES, SCORES[1:]))}},
        "classes": {"minimum": 30, "medium": 60, "maximum": 80},
        "resistance": {"transform": "negativeExponential", "c": 4, "max": 100, "overrides": {}},
        "sources": [],
    }
    (here / "own.json").write_text(json.dumps(model))
    out = habitat.score(
        here, "--model", here / "own.json", "--legend", "ten_categories", "--layers", "score",
        "--allow-gaps", *options)
    scores, grid = read_raster(out / "own_score.tif")
    codes = np.argmin(np.abs(scores[..., None] - SCORES), axis=2)
    return codes, grid, hashlib.sha256((out / "own_score.tif").read_bytes()).hexdigest()


def part(grid, column, row, columns, rows):
    return Grid(grid.crs, grid.transform * Affine.translation(column, row), columns, rows)


def tile(random, folder, name, grid, nodata=0, holes=0.2):
    codes = random.integers(1, 11, (grid.rows, grid.columns)).astype("uint8")
    codes[random.uniform(size=codes.shape) < holes] = nodata
    write_raster(folder / name, codes, grid, nodata=nodata)
    return name, codes, grid, nodata


def in_order(tiles):
    """By base name, then the whole path."""
    ranked = sorted(tiles, key=lambda t: (t[0].split("/")[-1].encode(), t[0].encode()))
    return [t[1:] for t in ranked]


def check(habitat, here, report, name, tiles, finest, *options):
    paths = [here / t[0] for t in tiles]
    got, grid, digest = score_codes(habitat, here, "--landcover", *paths, *options)
    again = score_codes(habitat, here, "--landcover", *reversed(paths), *options)[2]
    assert digest == again, f"{name}: the order of tiles matters"
    if finest:
        assert grid.crs == finest.crs, f"{name}: {grid.crs.name}"
        assert np.isclose(grid.transform.a, finest.transform.a, rtol=1e-12)
        x, y = finest.index(grid.transform.c, grid.transform.f)
        assert abs(x - round(x)) + abs(y - round(y)) < 1e-6, f"{name}: off the lattice"
        grid.crs = finest.crs
    for _, _, own, _ in tiles:
        # Every tile lies on the grid; a grid of the user's need not hold them.
        if finest:
            c, r = np.meshgrid(np.linspace(0, own.columns, 20), np.linspace(0, own.rows, 20))
            x, y = own.positions_on(grid, c, r)
            beyond = max(-x.min(), -y.min(), x.max() - grid.columns, y.max() - grid.rows)
            assert beyond < 1, f"{name}: a tile reaches {beyond:.1f} cells beyond the grid"
    expected, certain = laid_over(grid, in_order(tiles))
    assert certain.mean() > 0.9 and (expected > 0).sum() > 1000
    report(f"grids: {name}", (got != expected)[certain].sum(), 0, "cells of another code")
    return grid


def run(habitat, folder, report):
    random = np.random.default_rng(3000)
    here = folder / "grids"
    base = grid_at("EPSG:32652", 128, 43.4, 30, 400, 360)
    same = [
        tile(random, here, "z/a.tif", part(base, 0, 0, 200, 200)),
        tile(random, here, "y/b.tif", part(base, 120, 60, 200, 200), 255),
        tile(random, here, "a/c.tif", part(base, 80, 150, 150, 210)),
        tile(random, here, "b/c.tif", part(base, 60, 170, 150, 180)),
        tile(random, here, "B/B.tif", part(base, 300, 260, 100, 100)),
    ]
    check(habitat, here, report, "one lattice, order by base name", same, base)
    mixed = [
        same[0],
        tile(random, here, "x/d.tif", part(base, 180, 100, 120, 120)),
        tile(random, here, "w/aa.tif", grid_at("EPSG:4326", 128.03, 43.42, 0.0007, 150, 140)),
        tile(random, here, "v/e.tif", grid_at("EPSG:32651", 128.0, 43.41, 47, 90, 90)),
        tile(random, here, "u/b.tif", grid_at("EPSG:3413", 128.02, 43.39, 55, 100, 80)),
        tile(random, here, "t/f.tif", Grid(
            base.crs, Affine(30, 0, base.transform.c + 3010, 0, -30, base.transform.f - 4013), 60, 50)),
        tile(random, here, "s/g.tif", Grid(
            CRS.from_epsg(4284), Affine(0.001, 0, 128.05, 0, -0.001, 43.38), 40, 40)),
    ]
    check(habitat, here, report, "six lattices, five CRSs", mixed, base)
    degrees = [
        tile(random, here, "p/a.tif", grid_at("EPSG:4326", 128, 43.4, 1 / 3600, 300, 250)),
        tile(random, here, "o/b.tif", grid_at("EPSG:32652", 128.02, 43.39, 60, 80, 80)),
    ]
    check(habitat, here, report, "degrees the finest", degrees, degrees[0][2])

    west, south, east, north = base.bounds
    wanted = (west + 777.7, south + 1234.5, west + 777.7 + 41 * 150, south + 1234.5 + 41 * 120)
    own = ("--extent", ",".join(map(repr, map(float, wanted))), "--resolution", "41")
    grid = check(habitat, here, report, "--extent and --resolution", mixed, None, *own)
    assert (grid.columns, grid.rows) == (150, 120), f"{grid}"
    assert np.allclose(grid.bounds, wanted, atol=1e-6), f"{grid.bounds}"
    grid = check(
        habitat, here, report, "--crs, --resolution and --extent", mixed, None, "--crs", "EPSG:4326",
        "--resolution", "0.0005,0.0004", "--extent", "128.0,43.3,128.1,43.4")
    assert (grid.columns, grid.rows) == (200, 250), f"{grid}"
    grid = check(
        habitat, here, report, "--crs alone", mixed, None, "--crs", "EPSG:32651")
    assert grid.crs == CRS.from_epsg(32651)

    # The file's nodata wins over the legend's; without one the legend's counts.
    codes = random.integers(0, 11, (100, 100)).astype("uint8")
    write_raster(here / "n.tif", codes, part(base, 0, 0, 100, 100), nodata=5)
    for options, expected in [
        ((), np.where(codes == 5, 0, codes)), (("--nodata", "landcover=none"), codes),
        (("--nodata", "landcover=7"), np.where(codes == 7, 0, codes)),
    ]:
        got = score_codes(habitat, here, "--landcover", here / "n.tif", *options)[0]
        name = " ".join(options) or "the file's nodata"
        report(f"grids: {name}", (got != expected).sum(), 0, "cells of another code")
