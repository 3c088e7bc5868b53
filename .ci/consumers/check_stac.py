"""STAC items against the core schema that pystac brings along, and against the files that they describe."""

import hashlib
import json
import pathlib
import sys

import pystac
import pystac.validation
import rasterio

from checks import check, classes, finish


def schema_errors(document):
    """Extension schemas are only on the network: their fields are compared with the files instead."""
    try:
        pystac.Item.from_dict({**document, "stac_extensions": []}).validate()
        return None
    except pystac.errors.STACValidationError as error:
        return error


def check_item(path):
    name = f"STAC, {path.parent.name}/{path.name}"
    document = json.loads(path.read_text(encoding="utf-8"))
    error = schema_errors(document)
    check(f"{name}: valid as {document['stac_version']}", error is None and document["stac_version"] == "1.1.0", error)
    asset = document["assets"]["data"]
    file = path.parent / asset["href"]
    content = file.read_bytes()
    check(f"{name}: size and SHA-256 (as multihash) are the file's",
          (asset["file:size"], asset["file:checksum"])
          == (len(content), "1220" + hashlib.sha256(content).hexdigest()))
    properties = document["properties"]
    with rasterio.open(file) as raster:
        check(f"{name}: grid, type and nodata are the file's",
              (properties["proj:shape"], properties["proj:transform"], asset["bands"][0]["data_type"],
               asset["bands"][0]["nodata"], properties.get("proj:code"))
              == (list(raster.shape), list(raster.transform)[:6], raster.dtypes[0], raster.nodata,
                  raster.crs.to_string()), properties)
        values = raster.read(1, masked=True)
    statistics = asset["bands"][0]["statistics"]
    check(f"{name}: statistics are those of numpy",
          abs(statistics["mean"] - values.mean(dtype=float)) < 1e-9 * max(1, abs(statistics["mean"]))
          and abs(statistics["stddev"] - values.astype(float).std()) < 1e-9 * max(1, statistics["stddev"])
          and (statistics["minimum"], statistics["maximum"]) == (values.min(), values.max()), statistics)
    if path.stem == "leopard_class":
        described = [(c["value"], c["description"], f"#{c['color_hint']}".lower())
                     for c in asset["bands"][0]["classification:classes"] if not c.get("nodata")]
        check(f"{name}: the four classes", described == classes(), described)


for argument in sys.argv[1:]:
    folder = pathlib.Path(argument)
    rasters = sorted(folder.glob("leopard_*.tif"))
    missing = [raster.name for raster in rasters if not raster.with_suffix(".json").exists()]
    check(f"STAC, {folder.name}: an item for each of {len(rasters)} rasters", len(rasters) == 4 and not missing, missing)
    for raster in rasters:
        if raster.name not in missing:
            check_item(raster.with_suffix(".json"))
    broken = json.loads((folder / "leopard_class.json").read_text(encoding="utf-8"))
    broken["properties"]["start_datetime"] = "yesterday"
    del broken["geometry"]
    check(f"STAC, {folder.name}: the schema refuses an item without a geometry", schema_errors(broken) is not None)
finish()
