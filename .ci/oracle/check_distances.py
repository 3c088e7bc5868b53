"""Distances to settlements and roads against scipy's transform, GDAL's proximity and geodesics."""
import csv
import json
import shutil
import subprocess

import numpy as np
from pyproj import Geod, Transformer
from scipy import ndimage

from scene import CATEGORIES, grid_at, read_raster, write_raster

FARTHEST = 4000.0


def distances(habitat, here, layer, *options):
    """Metres as the program has them, by way of a score that is linear in them."""
    model = {
        "species": "far", "title": "far", "version": "1",
        "combine": {"rule": "weightedMean", "cap": None},
        "layers": {
            "landCover": {"weight": 0, "scores": {key: 50 for key in CATEGORIES}},
            layer: {"weight": 1, "unit": "m", "curve": [[0, 0], [FARTHEST, 100]]},
        },
        "classes": {"minimum": 30, "medium": 60, "maximum": 80},
    }
    (here / "far.json").write_text(json.dumps(model))
    out = habitat.score(
        here, "--model", here / "far.json", "--landcover", here / "lc.tif", "--legend", "ten_categories",
        "--layers", "score", *options)
    return read_raster(out / "far_score.tif")[0].astype(float) * FARTHEST / 100


def excess(found, expected, cell):
    """How far beyond the contract's bound, in metres: 0.75 of a cell and half a percent."""
    expected = np.minimum(expected, FARTHEST)
    return float((np.abs(found - expected) - 0.75 * cell - 0.005 * expected).max())


def patches(habitat, here, report, random):
    here.mkdir()
    cell, grid = 30.0, grid_at("EPSG:32652", 131.0, 43.3, 30.0, 260, 240)
    codes = np.full((grid.rows, grid.columns), 3, "uint8")
    codes[random.random(codes.shape) < 0.02] = 10
    for _ in range(5):
        row, column = random.integers(10, 220), random.integers(10, 240)
        codes[row:row + 9, column:column + 8] = 10
    write_raster(here / "lc.tif", codes, grid, nodata=0)
    found = distances(habitat, here, "settlements", "--settlements", "derive")
    # 0.05 km² are 56 cells of 900 m²; UTM is true to 0.04 % and no patch here has 54…57.
    labels, count = ndimage.label(codes == 10, np.ones((3, 3)))
    sizes = ndimage.sum_labels(codes == 10, labels, range(count + 1))
    assert not ((sizes > 53) & (sizes < 58)).any()
    large = (sizes >= 56)[labels]
    assert 3 < large.sum() < codes.size / 4
    expected = ndimage.distance_transform_edt(~large) * cell
    report("patches against scipy's transform", excess(found, expected, cell), 0, "m")
    tool = shutil.which("gdal_proximity.py")
    if not tool:
        return
    write_raster(here / "large.tif", large.astype("uint8"), grid)
    subprocess.run(
        [tool, "-q", "-values", "1", "-distunits", "GEO", "-ot", "Float32", here / "large.tif",
         here / "near.tif"], check=True, capture_output=True)
    report(
        "patches against gdal_proximity", excess(found, read_raster(here / "near.tif")[0], cell), 0, "m")


def places(habitat, here, report, random, crs, cell, metres):
    here.mkdir()
    grid = grid_at(crs, 131.0, 43.3, cell, 90, 80)
    write_raster(here / "lc.tif", np.full((grid.rows, grid.columns), 3, "uint8"), grid, nodata=0)
    x, y = grid.points(random.uniform(-15, 105, 30), random.uniform(-15, 95, 30))
    longitude, latitude = Transformer.from_crs(grid.crs, "EPSG:4326", always_xy=True).transform(x, y)
    with open(here / "villages.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "WKT"])
        writer.writerows([1, f"POINT ({a} {b})"] for a, b in zip(longitude, latitude))
    found = distances(
        habitat, here, "settlements", "--settlements", here / "villages.csv", "--assume-crs",
        "settlements=EPSG:4326")
    c, r = np.meshgrid(np.arange(grid.columns) + 0.5, np.arange(grid.rows) + 0.5)
    lon, lat = Transformer.from_crs(grid.crs, "EPSG:4326", always_xy=True).transform(*grid.points(c, r))
    geod, expected = Geod(ellps="WGS84"), np.full(lon.shape, np.inf)
    for a, b in zip(longitude, latitude):
        _, _, length = geod.inv(lon, lat, np.full(lon.shape, a), np.full(lat.shape, b))
        expected = np.minimum(expected, length)
    report(f"places in {crs} against geodesics", excess(found, expected, metres), 0, "m")


def run(habitat, folder, report):
    random = np.random.default_rng(20)
    patches(habitat, folder / "patches", report, random)
    places(habitat, folder / "degrees", report, random, "EPSG:4326", 0.001, 111)
    places(habitat, folder / "mercator", report, random, "EPSG:3857", 150, 110)
