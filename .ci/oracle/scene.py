"""Grids, files of a scene, and a run of the program on them."""
import csv
import dataclasses
import json
import pathlib
import subprocess

import numpy as np
import pyogrio.raw
import rasterio
import shapely
from pyproj import CRS, Transformer
from rasterio.transform import Affine


@dataclasses.dataclass
class Grid:
    crs: CRS
    transform: Affine
    columns: int
    rows: int

    @property
    def bounds(self):
        t = self.transform
        x, y = sorted([t.c, t.c + t.a * self.columns]), sorted([t.f, t.f + t.e * self.rows])
        return x[0], y[0], x[1], y[1]

    def points(self, columns, rows):
        t = self.transform
        return t.c + t.a * columns, t.f + t.e * rows

    def index(self, x, y):
        t = self.transform
        return (x - t.c) / t.a, (y - t.f) / t.e

    def positions_on(self, other, columns, rows):
        """Columns and rows of `other` for columns and rows here, each by PROJ."""
        x, y = self.points(columns, rows)
        if self.crs != other.crs:
            x, y = Transformer.from_crs(self.crs, other.crs, always_xy=True).transform(x, y)
        return other.index(np.asarray(x), np.asarray(y))


def grid_at(crs, longitude, latitude, cell, columns, rows):
    """A grid of square cells, its corner near a place (WGS 84)."""
    crs = CRS.from_user_input(crs)
    x, y = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(longitude, latitude)
    x, y = (np.floor(v / cell) * cell for v in (x, y))
    return Grid(crs, Affine(cell, 0, x, 0, -cell, y), columns, rows)


def write_raster(path, values, grid, nodata=None, **profile):
    path.parent.mkdir(parents=True, exist_ok=True)
    scale, offset = profile.pop("scale", None), profile.pop("offset", None)
    with rasterio.open(
        path, "w", driver="GTiff", width=values.shape[1], height=values.shape[0], count=1,
        dtype=values.dtype, crs=grid.crs.to_wkt(), transform=grid.transform, nodata=nodata,
        **profile,
    ) as file:
        file.write(values, 1)
        if scale is not None:
            file.scales, file.offsets = (scale,), (offset,)


def read_raster(path):
    with rasterio.open(path) as file:
        grid = Grid(CRS.from_wkt(file.crs.to_wkt()), file.transform, file.width, file.height)
        return file.read(1), grid


def write_parks(path, parks, crs):
    shapes = np.array([shapely.to_wkb(shape) for shape in parks.values()], dtype=object)
    ids = np.array(list(parks), dtype=object)
    pyogrio.raw.write(
        path, geometry=shapes, field_data=[ids], fields=["code"], geometry_type="Unknown",
        crs=crs.to_wkt(), driver="GPKG", layer="parks")


class Habitat:
    def __init__(self, binary):
        self.binary = str(binary)

    def model(self, species):
        text = subprocess.run(
            [self.binary, "species", "show", species], check=True, capture_output=True, text=True)
        return json.loads(text.stdout)

    def score(self, folder, *options):
        """The folder of the results."""
        out = pathlib.Path(folder) / "out"
        command = [self.binary, "score", "--out", out, "--overwrite", "--quiet", "--format", "csv"]
        done = subprocess.run(
            [str(word) for word in [*command, *options]], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"exit code {done.returncode}: {done.stderr.strip()}")
        return out


def read_table(path, first):
    """Rows by park id; the numbers from column `first` on."""
    with open(path, newline="") as file:
        header, *lines = csv.reader(file)
    kind, key = header.index("kind"), header.index("park_id")
    rows = {"Total" if line[kind] == "total" else line[key]: line for line in lines}
    return header[first:], {name: [float(v) for v in line[first:]] for name, line in rows.items()}


CATEGORIES = (
    "forest_broadleaf forest_mixed forest_conifer shrub meadow water bare cultivated rice built"
).split()


def write_model(path, scores, elevation=None):
    """A model of land cover alone, or of elevation alone: 0 m → 0 … `elevation` m → 100."""
    model = {
        "species": path.stem, "title": path.stem, "version": "1.0.0",
        "combine": {"rule": "weightedMean", "cap": None},
        "layers": {"landCover": {
            "weight": 0 if elevation else 1, "scores": dict(zip(CATEGORIES, scores))}},
        "classes": {"minimum": 30, "medium": 60, "maximum": 80},
        "resistance": {"transform": "negativeExponential", "c": 4, "max": 100, "overrides": {}},
        "sources": [],
    }
    if elevation:
        model["layers"]["elevation"] = {
            "weight": 1, "unit": "m", "curve": [[0, 0], [elevation, 100]]}
    path.write_text(json.dumps(model))
    return path
