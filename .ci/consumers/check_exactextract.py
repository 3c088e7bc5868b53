"""km² per park and class by exactextract, on an equal-area plane. Tolerance: 1e-8 of the park and 4e-6 km²."""

import csv
import pathlib
import sys

import geopandas
import pandas
import rasterio
from exactextract import exact_extract

from checks import check, classes, finish

KEYS = ["not_suitable_km2", "minimum_km2", "medium_km2", "maximum_km2"]


def areas(raster, parks):
    """{park_id: {class: km²}}; nodata cells are not counted."""
    cell = abs(raster.transform.a * raster.transform.e) / 1e6
    found = exact_extract(raster, parks, ["unique", "frac", "count"], include_cols=["park_id"], output="pandas")
    return {row["park_id"]: dict(zip(map(int, row["unique"]), row["frac"] * row["count"] * cell))
            for _, row in found.iterrows()}


folder = pathlib.Path(sys.argv[1])
parks = geopandas.read_file(folder / "parks.gpkg", layer="parks")
whole = geopandas.GeoDataFrame({"park_id": [""]}, geometry=[parks.union_all()], crs=parks.crs)
parks = pandas.concat([parks, whole])
for species in ("leopard", "tiger", "snow-leopard"):
    with rasterio.open(folder / f"{species}_class.tif") as raster:
        found = areas(raster, parks)
    with open(folder / f"{species}_areas.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    worst, wrong = 0, []
    for row in rows:
        for (value, _, _), key in zip(classes(), KEYS):
            off = abs(float(row[key]) - found[row["park_id"]].get(value, 0))
            worst = max(worst, off)
            if off > 1e-8 * float(row["park_km2"]) + 4e-6:
                wrong.append((row["park"], key, row[key], found[row["park_id"]].get(value, 0)))
    check(f"exactextract: {4 * len(rows)} areas of {species}, at most {worst * 1e6:.2g} m² off",
          len(rows) == 3 and not wrong, wrong)
finish()
