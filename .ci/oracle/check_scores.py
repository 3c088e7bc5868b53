"""Every cell's class, score, resistance and limiting layer, for DEMs on many grids."""
import json
import pathlib

import numpy as np
from pyproj import CRS, Transformer
from rasterio.transform import Affine

from scene import Grid, grid_at, read_raster, write_model, write_raster
from scoring import evaluate_near, resistance, rounded
from terrain import terrain

SPECIES = ["leopard", "tiger", "snow-leopard"]


def heights(random, rows, columns, top=1800.0):
    """Ridges of many sizes, 0 to about `top` metres, and rough from cell to cell."""
    z = random.uniform(0, top / 40, (rows, columns))
    r, c = np.mgrid[:rows, :columns]
    for size in (rows / 1.3, rows / 4, 40, 15):
        a, b, p = random.uniform(-1, 1, 3)
        z += size / rows * np.cos((a * r + b * c) * 2 * np.pi / size + 6 * p)
        z += top / 12 * (1 + np.cos((b * r - a * c) * 2 * np.pi / size + p))
    return z.clip(-20, None)


def dem_over(grid, crs, cell, margin=6):
    """A grid of `crs` over all of another one; `margin` in cells, negative leaves a rim bare."""
    crs = CRS.from_user_input(crs)
    c, r = np.meshgrid(np.linspace(0, grid.columns, 41), np.linspace(0, grid.rows, 41))
    x, y = Transformer.from_crs(grid.crs, crs, always_xy=True).transform(*grid.points(c, r))
    west, north = (x.min() // cell - margin) * cell, (y.max() // cell + 1 + margin) * cell
    columns = int((x.max() - west) / cell) + 1 + margin
    rows = int((north - y.min()) / cell) + 1 + margin
    return Grid(crs, Affine(cell, 0, west, 0, -cell, north), columns, rows)


SECOND = 1 / 3600
UTM = "EPSG:32652"
UTM_10 = (UTM, 131, 43.4, 10, 420, 400)
UTM_30 = (UTM, 131, 43.4, 30, 300, 300)
# name, land cover, DEM CRS and cell, margin, samples per axis
SCENES = [
    ("10 m, DEM 1″", UTM_10, "EPSG:4326", SECOND, 6, 1),
    ("30 m, DEM 3″", UTM_30, "EPSG:4326", 3 * SECOND, 6, 1),
    ("60 m, DEM 1″", (UTM, 131, 43.4, 60, 150, 140), "EPSG:4326", SECOND, 6, 3),
    ("DEM on the same grid", UTM_30, UTM, 30, 0, 1),
    ("DEM 30″, much coarser", UTM_30, "EPSG:4326", 30 * SECOND, 6, 1),
    ("1 km, DEM 30 m, 32 samples", (UTM, 131, 43.4, 1000, 24, 22), UTM, 30, 4, 32),
    ("DEM of another UTM zone", UTM_30, "EPSG:32650", 25, 6, 1),
    ("DEM polar stereographic", UTM_30, "EPSG:3413", 30, 6, 1),
    ("DEM Web Mercator, 90 m on 1″", (UTM, 131, 43.4, 90, 100, 90), "EPSG:3857", 38, 6, 4),
    ("degrees, DEM UTM", ("EPSG:4326", 131, 43.4, 1 / 1200, 200, 200), UTM, 30, 6, None),
    ("DEM smaller than the land", UTM_30, "EPSG:4326", 3 * SECOND, -5, 1),
    ("60 m, DEM 1″ smaller", (UTM, 131, 43.4, 60, 120, 100), "EPSG:4326", SECOND, -9, 3),
    ("DEM Pulkovo zone 22", UTM_30, "EPSG:28422", 40, 6, 1),
    ("DEM in US feet", ("EPSG:2225", -122, 41, 90, 200, 200), "EPSG:2226", 100, 6, 1),
    ("degrees at 60° N, DEM 3″", ("EPSG:4326", 131, 60.4, 0.002, 120, 110), "EPSG:4326",
     3 * SECOND, 6, 3),
    ("UTM 29° off its zone", (UTM, 100, 45, 100, 150, 150), "EPSG:4326", 3 * SECOND, 6, None),
]


class Tally:
    """Differences of all runs together."""

    def __init__(self):
        self.cells = self.other_class = self.far = self.masks = 0
        self.score = self.resistance = 0.0
        self.limiting = 0

    def add(self, out, model, codes, values):
        expected, species = evaluate_near(model, codes, values), model["species"]
        got = {k: read_raster(out / f"{species}_{k}.tif")[0].astype(float)
               for k in ("class", "score", "resistance", "limiting")}
        both = (got["score"] >= 0) & (expected["score"] >= 0)
        masks = ((got["score"] < 0) != (expected["score"] < 0)).sum()
        differs = got["class"] != expected["class"]
        near = np.min([np.abs(expected["score"] - b) for b in expected["bounds"]], axis=0)
        beyond = np.maximum(expected["low"] - got["score"], got["score"] - expected["high"])
        score = np.maximum(beyond, 0)[both].max(initial=0)
        own = resistance(model, codes, np.where(got["score"] < 0, -1, rounded(got["score"])))
        friction = np.abs(got["resistance"] / own - 1).max()
        limiting = ((got["limiting"] != expected["limiting"]) & expected["clear"] & both).sum()
        self.cells += differs.size
        self.other_class += differs.sum()
        self.far += (differs & (near > 0.01)).sum()
        self.masks += masks
        self.limiting += limiting
        self.score, self.resistance = max(self.score, score), max(self.resistance, friction)
        return score, differs.sum(), masks, limiting

    def report(self, report, name):
        report(f"{name}: cells in another class", self.other_class / self.cells, 1e-5, "of all")
        report(f"{name}: those over 0.01 from a threshold", self.far, 0, "cells")
        report(f"{name}: nodata of one side only", self.masks, 0, "cells")
        report(f"{name}: scores beyond 2 mm and 2e-5°", self.score, 5e-4, "points")
        report(f"{name}: largest difference of a resistance", self.resistance, 1e-6, "of it")
        report(f"{name}: another limiting layer", self.limiting, 0, "cells")


def compare(habitat, here, grid, codes, dems, tally, *options):
    """Runs all species on files already written."""
    elevation, slope, samples = terrain(grid, dems)
    out = habitat.score(
        here, "--species", "all", "--landcover", here / "cover.tif", "--legend", "ten_categories",
        "--layers", "class,score,resistance,limiting", "--allow-gaps", *options)
    found = []
    for species in SPECIES:
        values = {"elevation": elevation, "slope": slope}
        found.append(tally.add(out, habitat.model(species), codes, values))
    return samples, found


def run(habitat, folder, report):
    tally = Tally()
    for number, (name, place, crs, cell, margin, wanted) in enumerate(SCENES):
        random = np.random.default_rng(2000 + number)
        here = folder / f"scores-{number}"
        grid = grid_at(*place)
        codes = random.integers(0, 11, (grid.rows, grid.columns)).astype("uint8")
        write_raster(here / "cover.tif", codes, grid, nodata=0)
        dem = dem_over(grid, crs, cell, margin) if margin or crs != UTM else grid
        z = heights(random, dem.rows, dem.columns).astype("float32")
        z[random.uniform(size=z.shape) < 0.002] = -9999
        write_raster(here / "dem.tif", z, dem, nodata=-9999)
        z = np.where(z == -9999, np.nan, z.astype(float))
        samples, found = compare(
            habitat, here, grid, codes, [(z, dem)], tally, "--dem", here / "dem.tif")
        assert wanted is None or samples == [wanted], f"{name}: the scene makes {samples} samples"
        note(name, samples, found)
    lattices(habitat, folder, tally)
    tally.report(report, "scores")
    rules(habitat, folder, report)
    elevations(habitat, folder, report)


def note(name, samples, found):
    worst = np.array(found, float).max(0)
    print(f"     {name}: n {samples}, score off by {worst[0]:.2g}, {worst[1]:.0f} classes, "
          f"{worst[2]:.0f} nodata, {worst[3]:.0f} limiting", flush=True)


def lattices(habitat, folder, tally):
    """Fine tiles with voids that overlap, over a coarser lattice of another CRS with voids of its own."""
    random = np.random.default_rng(2100)
    here = folder / "lattices"
    grid = grid_at(UTM, 131, 43.4, 30, 300, 300)
    codes = random.integers(0, 11, (300, 300)).astype("uint8")
    write_raster(here / "cover.tif", codes, grid, nodata=0)
    fine = dem_over(grid, "EPSG:4326", SECOND, -4)
    merged = np.full((fine.rows, fine.columns), np.nan)
    # In order of their base names; the folders sort the other way.
    tiles = [("z/a.tif", 0, 0, 0.6, 0.7), ("y/b.tif", 0.4, 0.3, 0.8, 1.0), ("x/c.tif", 0.5, 0, 0.9, 0.5)]
    for name, west, north, east, south in tiles:
        w, e = (int(v * fine.columns) for v in (west, east))
        n, s = (int(v * fine.rows) for v in (north, south))
        z = np.round(heights(random, s - n, e - w) / 0.1).astype("int16")
        z[random.uniform(size=z.shape) < 0.05] = -32768
        z[20:40, 10:60] = -32768
        part = Grid(fine.crs, fine.transform * Affine.translation(w, n), e - w, s - n)
        write_raster(here / name, z, part, nodata=-32768, scale=0.1, offset=-7.0)
        z = np.where(z == -32768, np.nan, z * 0.1 - 7.0)
        merged[n:s, w:e] = np.where(np.isnan(z), merged[n:s, w:e], z)
    coarse = dem_over(grid, "EPSG:32650", 90, -3)
    low = heights(random, coarse.rows, coarse.columns).astype("float32")
    low[10:20, 10:30] = np.nan
    write_raster(here / "coarse.tif", low, coarse)
    # The box of the tiles is a lattice's extent.
    columns = np.flatnonzero(~np.isnan(merged).all(0))
    last = max(int(t[3] * fine.columns) for t in tiles)
    box = merged[:, :last]
    fine = Grid(fine.crs, fine.transform, last, fine.rows)
    samples, found = compare(
        habitat, here, grid, codes, [(box, fine), (low.astype(float), coarse)], tally,
        "--dem", here / "x/c.tif", here / "coarse.tif", here / "z/a.tif", here / "y/b.tif")
    note("DEM tiles on two lattices", samples, found)


def rules(habitat, folder, report):
    """The other rules of combination, without and with the cap."""
    random = np.random.default_rng(2200)
    here = folder / "rules"
    grid = grid_at(UTM, 131, 43.4, 30, 150, 150)
    codes = random.integers(0, 11, (150, 150)).astype("uint8")
    write_raster(here / "cover.tif", codes, grid, nodata=0)
    dem = dem_over(grid, "EPSG:4326", 2 * SECOND, -3)
    z = heights(random, dem.rows, dem.columns).astype("float32")
    write_raster(here / "dem.tif", z, dem)
    elevation, slope, _ = terrain(grid, [(z.astype(float), dem)])
    tally, model = Tally(), habitat.model("leopard")
    model["layers"]["landCover"]["scores"]["water"] = 45
    for rule in ("weightedGeometricMean", "weightedMean", "minimum", "product"):
        for cap in ("landCover", None):
            model["combine"] = {"rule": rule, "cap": cap}
            model["species"] = "own"
            (here / "own.json").write_text(json.dumps(model))
            out = habitat.score(
                here, "--model", here / "own.json", "--landcover", here / "cover.tif", "--legend",
                "ten_categories", "--dem", here / "dem.tif", "--allow-gaps",
                "--layers", "class,score,resistance,limiting")
            values = {"elevation": elevation, "slope": slope}
            note(f"{rule}, cap {cap}", [1], [tally.add(out, model, codes, values)])
    tally.report(report, "rules")


def elevations(habitat, folder, report):
    """Heights themselves, read back from a score that is elevation alone, on real data where there are any."""
    data = pathlib.Path(__file__).resolve().parents[3] / "shared/data/madagascar-pair"
    if not data.exists():
        print("     shared/data/madagascar-pair is missing: skipped")
        return
    here = folder / "madagascar"
    here.mkdir()
    for cover in ("madCover.tif", "madLANDSAT.tif"):
        _, grid = read_raster(data / cover)
        # The land cover's grid only: any codes do.
        write_raster(here / "cover.tif", np.ones((grid.rows, grid.columns), "uint8"), grid, nodata=0)
        model = write_model(here / "height.json", [50] * 10, elevation=5000)
        out = habitat.score(
            here, "--model", model, "--landcover", here / "cover.tif", "--legend", "ten_categories",
            "--dem", data / "madElev.tif", "--layers", "score", "--allow-gaps")
        z, dem = read_raster(data / "madElev.tif")
        # Newer GDALs take the grads of this file's keys for degrees.
        dem.crs = CRS.from_epsg(29701)
        z = np.where(z == 65535, np.nan, z.astype(float))
        expected, _, samples = terrain(grid, [(z, dem)])
        got = read_raster(out / "height_score.tif")[0].astype(float)
        got = np.where(got < 0, np.nan, got * 50)
        both = ~np.isnan(got) & ~np.isnan(expected)
        assert both.sum() > 1000
        report(f"Madagascar, {cover}: nodata of one side only, n {samples}",
               (np.isnan(got) != np.isnan(expected)).sum(), 0, "cells")
        # 4 decimals of a score are 2.5 mm; 0.001 of a DEM cell of this relief is more.
        chosen = np.random.default_rng(3).choice(np.flatnonzero(both), 1000, replace=False)
        worst = np.abs(got - expected).ravel()[chosen].max()
        report(f"Madagascar, {cover}: 1000 elevations, {np.nanmin(got):.0f} to {np.nanmax(got):.0f} m",
               worst, 0.01, "m")
