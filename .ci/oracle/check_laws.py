"""A hundred seeded landscapes, each drawn at random whole: CRSs of every kind, nodata, tiles over one another, heights,
parks with holes and parts, over one another, beyond the raster. Every cell and every km² against the oracle."""
import json

import numpy as np
import shapely
from pyproj import CRS, Transformer
from rasterio.transform import Affine

from areas import cut_cells, table
from ellipsoid import geographic_base
from scene import CATEGORIES, Grid, grid_at, read_raster, read_table, write_parks, write_raster
from scoring import evaluate_near
from terrain import terrain
from check_areas import compare, star
from check_scores import SPECIES, dem_over, heights

LANDSCAPES = 100
ROTATED = CRS.from_wkt("""GEOGCRS["rotated pole", BASEGEOGCRS["WGS 84",
  DATUM["World Geodetic System 1984", ELLIPSOID["WGS 84",6378137,298.257223563]]],
  DERIVINGCONVERSION["Pole rotation (netCDF CF convention)",
    METHOD["Pole rotation (netCDF CF convention)"],
    PARAMETER["Grid north pole latitude (netCDF CF convention)",35,ANGLEUNIT["degree",0.0174532925199433]],
    PARAMETER["Grid north pole longitude (netCDF CF convention)",-50,ANGLEUNIT["degree",0.0174532925199433]],
    PARAMETER["North pole grid longitude (netCDF CF convention)",0,ANGLEUNIT["degree",0.0174532925199433]]],
  CS[ellipsoidal,2], AXIS["longitude",east,ORDER[1]], AXIS["latitude",north,ORDER[2]],
  ANGLEUNIT["degree",0.0174532925199433]]""")

# CRS of the land cover, the longitudes and latitudes where it is at home, and CRSs of parks and heights there.
PLACES = [
    ("EPSG:4326", (128, 136), (40, 60), ["EPSG:4326", "EPSG:32652", "EPSG:3857", "EPSG:4284"]),
    ("EPSG:4326", (-170, 170), (-75, 75), ["EPSG:4326", "EPSG:3857"]),
    ("EPSG:32652", (127, 131), (38, 62), ["EPSG:4326", "EPSG:32651", "EPSG:28422", "EPSG:32652"]),
    ("EPSG:28423", (132, 138), (42, 60), ["EPSG:28423", "EPSG:4284", "EPSG:4326"]),
    ("+proj=sinu +R=6371007.181 +units=m +type=crs", (100, 135), (35, 60), ["EPSG:4326"]),
    ("EPSG:3413", (0, 140), (66, 84), ["EPSG:4326", "EPSG:3413", "EPSG:3857"]),
    ("EPSG:3031", (0, 140), (-84, -66), ["EPSG:4326", "EPSG:3031"]),
    ("EPSG:3857", (100, 140), (35, 70), ["EPSG:4326", "EPSG:3857"]),
    ("EPSG:6933", (100, 140), (35, 60), ["EPSG:4326"]),
    ("EPSG:4162", (127.5, 129), (36, 38), ["EPSG:4162", "EPSG:4326"]),  # Bessel: a strongly different ellipsoid
    ("EPSG:27572", (1, 4), (45, 48), ["EPSG:4807", "EPSG:4275"]),  # grads, from Paris
    ("EPSG:2225", (-122.5, -121), (39.5, 41.5), ["EPSG:4269", "EPSG:2226"]),  # US feet
    ("EPSG:5513", (14, 20), (48.5, 50.5), ["EPSG:5513", "EPSG:5514", "EPSG:4156"]),  # left-handed: south, west
    ("EPSG:2052", (26.2, 27.8), (-33, -24), ["EPSG:4148", "EPSG:2052"]),  # west, south
    (ROTATED, (90, 140), (20, 50), [ROTATED, "EPSG:4326"]),
]


class Landscape:
    """The files of one landscape, and what they hold."""

    def __init__(self, seed, folder):
        self.random = random = np.random.default_rng(9000 + seed)
        self.folder = folder
        crs, longitudes, latitudes, others = PLACES[seed % len(PLACES)]
        crs = CRS.from_user_input(crs)
        metres = float(np.exp(random.uniform(np.log(15), np.log(1500))))
        cell = metres / (111_000 if crs.is_geographic else crs.axis_info[0].unit_conversion_factor)
        columns, rows = (int(n) for n in random.integers(50, 140, 2))
        # Not square: cells of a map in degrees often are not.
        stretch = random.choice([1, 1, 0.7, 1.6])
        square = grid_at(crs, random.uniform(*longitudes), random.uniform(*latitudes), cell, columns, rows)
        t = square.transform
        self.grid = Grid(crs, Affine(t.a, 0, t.c, 0, t.e * stretch, t.f), columns, rows)
        self.crs_of_others = [CRS.from_user_input(other) for other in others]
        self.options = ["--legend", "ten_categories", "--allow-gaps"]
        self.land_cover()
        self.dems = self.heights() if random.uniform() < 0.7 else []
        self.outlines()

    def land_cover(self):
        """One to four tiles of one lattice; the last base name lies on top, its nodata hides nothing."""
        random, grid = self.random, self.grid
        count = int(random.integers(1, 5))
        boxes = [(0, 0, grid.columns, grid.rows)]
        for _ in range(count - 1):
            c, r = (int(random.integers(0, n - 12)) for n in (grid.columns, grid.rows))
            boxes.append((c, r, int(random.integers(c + 8, grid.columns)), int(random.integers(r + 8, grid.rows))))
        if count > 1:
            # The first tile leaves a strip that only others may cover: gaps within the grid.
            boxes[0] = (0, 0, grid.columns - int(random.integers(0, 9)), grid.rows - int(random.integers(0, 9)))
        names = [f"{'zyxw'[i]}/{chr(97 + i)}.tif" for i in range(count)]
        codes = np.zeros((grid.rows, grid.columns), "uint8")
        for name, (west, north, east, south) in zip(names, boxes):
            tile = self.patchwork(south - north, east - west)
            tile[random.uniform(size=tile.shape) < random.choice([0, 0.02, 0.3])] = 0
            nodata = int(random.choice([0, 255]))
            stored = np.where(tile == 0, nodata, tile).astype("uint8")
            part = Grid(grid.crs, grid.transform * Affine.translation(west, north), east - west, south - north)
            write_raster(self.folder / name, stored, part, nodata=nodata, **self.layout())
            codes[north:south, west:east] = np.where(tile > 0, tile, codes[north:south, west:east])
        # The grid is the box of the tiles.
        self.grid = Grid(
            grid.crs, grid.transform, max(b[2] for b in boxes), max(b[3] for b in boxes))
        self.codes = codes[: self.grid.rows, : self.grid.columns]
        random.shuffle(names)
        self.options += ["--landcover", *(self.folder / name for name in names)]

    def patchwork(self, rows, columns):
        """Patches of a few cells, as land cover has them, or noise."""
        size = int(self.random.choice([1, 3, 9]))
        coarse = self.random.integers(1, 11, (rows // size + 1, columns // size + 1))
        return np.kron(coarse, np.ones((size, size), int))[:rows, :columns]

    def layout(self):
        return [
            {}, {"compress": "deflate", "tiled": True, "blockxsize": 64, "blockysize": 32},
            {"compress": "lzw", "predictor": 2}, {"compress": "zstd", "tiled": True, "blockxsize": 16, "blockysize": 16},
        ][int(self.random.integers(4))]

    def heights(self):
        random = self.random
        crs = self.crs_of_others[int(random.integers(len(self.crs_of_others)))]
        own = abs(self.grid.transform.a) * (111_000 if self.grid.crs.is_geographic else unit(self.grid.crs))
        cell = own * float(random.choice([0.11, 0.4, 1, 2.7])) / (111_000 if crs.is_geographic else unit(crs))
        dem = dem_over(self.grid, crs, cell, int(random.choice([6, 6, -3])))
        if dem.columns * dem.rows > 4e6 or min(dem.columns, dem.rows) < 8:
            return []
        z = np.round(heights(random, dem.rows, dem.columns)).astype("int16")
        z[random.uniform(size=z.shape) < 0.003] = -32768
        z[5: 5 + int(random.integers(1, 30)), 4:30] = -32768
        scale, offset = [(None, None), (0.5, -20.0)][int(random.integers(2))]
        write_raster(
            self.folder / "dem.tif", z, dem, nodata=-32768, scale=scale, offset=offset, **self.layout())
        self.options += ["--dem", self.folder / "dem.tif"]
        metres = z * (scale or 1) + (offset or 0)
        return [(np.where(z == -32768, np.nan, metres), dem)]

    def outlines(self):
        """One to six parks, drawn in cells of the grid, so that they meet it whatever its CRS."""
        random, w, h = self.random, self.grid.columns, self.grid.rows
        self.parks_crs = self.crs_of_others[int(random.integers(len(self.crs_of_others)))]
        shapes = {}
        for number in range(int(random.integers(1, 7))):
            size = min(w, h) * float(random.choice([0.02, 0.1, 0.3, 0.5]))
            shape = star(random, random.uniform(-0.1, 1.1) * w, random.uniform(-0.1, 1.1) * h, size,
                         int(random.integers(3, 60)))
            if random.uniform() < 0.4:
                shape = shape.difference(shape.centroid.buffer(size * 0.2))
            if random.uniform() < 0.4:
                shape = shape.union(star(random, random.uniform(0, w), random.uniform(0, h), size / 2, 7))
            shapes[str(number + 1)] = shape
        shapes["middle"] = star(random, w / 2, h / 2, min(w, h) / 5, 12)
        transformer = Transformer.from_crs(self.grid.crs, self.parks_crs, always_xy=True)

        def move(points):
            x, y = self.grid.points(points[:, 0], points[:, 1])
            same = self.grid.crs == self.parks_crs
            return np.column_stack((x, y) if same else transformer.transform(x, y))

        self.parks = {key: shapely.transform(shape, move) for key, shape in shapes.items()}
        self.parks = {key: shape for key, shape in self.parks.items() if shape.is_valid and not shape.is_empty}
        write_parks(self.folder / "parks.gpkg", self.parks, self.parks_crs)
        self.options += ["--parks", self.folder / "parks.gpkg", "--park-id", "code"]

    @property
    def name(self):
        return f"{self.grid.crs.name}, parks {self.parks_crs.name}"


def unit(crs):
    return crs.axis_info[0].unit_conversion_factor


def cell_metres(grid):
    return abs(grid.transform.a) * (111_000 if grid.crs.is_geographic else unit(grid.crs))


def cutting_step(landscape):
    """Edges are cut to a tenth of a cell at most, in units of the parks' CRS."""
    ground = geographic_base(landscape.parks_crs).axis_info[0].unit_conversion_factor
    step = max(40.0, cell_metres(landscape.grid) / 10)
    return step / 6.4e6 / ground if landscape.parks_crs.is_geographic else step / unit(landscape.parks_crs)


def examine(habitat, landscape):
    """Shares of what is allowed: of km², of the balance; cells of another class far from a bound, cells of other nodata."""
    random, grid, codes = landscape.random, landscape.grid, landscape.codes
    species = SPECIES[int(random.integers(3))] if landscape.dems else "cover"
    if landscape.dems:
        model, chosen = habitat.model(species), ["--species", species]
    else:
        model = habitat.model("leopard")
        model = {**model, "species": "cover", "layers": {"landCover": {**model["layers"]["landCover"], "weight": 1}}}
        (landscape.folder / "cover.json").write_text(json.dumps(model))
        chosen = ["--model", landscape.folder / "cover.json"]
    out = habitat.score(
        landscape.folder, *chosen, *landscape.options, "--threads", int(random.integers(1, 4)))
    classes, written = read_raster(out / f"{species}_class.tif")
    assert classes.shape == codes.shape, f"{classes.shape} against {codes.shape}"
    corners = np.array([0, grid.columns, 0, grid.columns]), np.array([0, 0, grid.rows, grid.rows])
    x, y = written.positions_on(grid, *corners)
    assert max(np.abs(x - corners[0]).max(), np.abs(y - corners[1]).max()) < 1e-3, "the raster lies elsewhere"

    values = {}
    if landscape.dems:
        values["elevation"], values["slope"], _ = terrain(grid, landscape.dems)
    expected = evaluate_near(model, codes, values)
    near = np.min([np.abs(expected["score"] - bound) for bound in expected["bounds"]], axis=0) <= 0.01
    spread = expected["high"] - expected["low"] > 0.01
    other = ((classes != expected["class"]) & ~near & ~spread & (classes > 0)).sum()
    masks = ((classes == 0) != (expected["class"] == 0)).sum()

    step = cutting_step(landscape)
    by_class, cell = table(landscape.parks, landscape.parks_crs, step, grid, classes, [1, 2, 3, 4])
    by_code, _ = table(landscape.parks, landscape.parks_crs, step, grid, codes, list(range(1, 11)))
    _, found = read_table(out / f"{species}_areas.csv", 4)
    _, found_codes = read_table(out / "landcover_areas.csv", 3)
    warned = {w["slug"] for w in json.loads((out / "manifest.json").read_text())["warnings"]}
    slack = cut_cells(landscape.parks, landscape.parks_crs, step, grid) if "balance-off" in warned else {}
    worst, balance = compare(found, by_class, cell, slack)
    worst_codes, balance_codes = compare(found_codes, by_code, cell, slack)
    return max(worst, worst_codes), max(balance, balance_codes), other, masks


def run(habitat, folder, report):
    worst, balance, other, masks = 0.0, 0.0, 0, 0
    for seed in range(LANDSCAPES):
        landscape = Landscape(seed, folder / f"law-{seed}")
        try:
            found = examine(habitat, landscape)
        except (AssertionError, RuntimeError, ValueError) as error:
            report(f"laws: landscape {seed} ({landscape.name}): {error}", 1, 0, "failures")
            continue
        bad = found[0] > 1 or found[1] > 1 or found[2] or found[3]
        if bad:
            print(f"     landscape {seed} ({landscape.name}): km² {found[0]:.3g}, balance {found[1]:.3g}, "
                  f"{found[2]} classes, {found[3]} nodata", flush=True)
        worst, balance = max(worst, found[0]), max(balance, found[1])
        other, masks = other + found[2], masks + found[3]
    report(f"laws: km² of {LANDSCAPES} landscapes", worst, 1, "of the allowed difference")
    report(f"laws: balance of {LANDSCAPES} landscapes", balance, 1, "of the allowed residual")
    report("laws: cells of another class, off the bounds", other, 0, "cells")
    report("laws: cells of other nodata", masks, 0, "cells")
