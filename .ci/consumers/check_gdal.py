"""GDAL's programs: names, colours, attribute table and statistics of a class raster, and the tables beside it."""

import json
import pathlib
import subprocess
import sys

from checks import check, classes, finish


def output(*command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout


def rgb(colour):
    return [int(colour[i:i + 2], 16) for i in (1, 3, 5)]


def check_folder(folder):
    name = f"GDAL, {folder.name}"
    raster = folder / "leopard_class.tif"
    # -hist and -stats would write; what is told here has to be in the files already.
    document = json.loads(output("gdalinfo", "-json", raster))
    band = document["bands"][0]
    named = [name for _, name, _ in classes()]
    check(f"{name}: categories", band.get("categories", [])[1:] == named, band.get("categories"))
    entries = band.get("colorTable", {}).get("entries", [])
    check(f"{name}: colour table", [entry[:3] for entry in entries[1:5]] == [rgb(c) for _, _, c in classes()]
          and entries[0][3] == 0, entries[:5])
    check(f"{name}: nodata 0, Byte", (band["type"], band.get("noDataValue")) == ("Byte", 0))
    fields = [field["name"] for field in document.get("rat", {}).get("fieldDefn", [])]
    rows = [dict(zip(fields, row["f"])) for row in document.get("rat", {}).get("row", [])]
    check(f"{name}: attribute table",
          [(r["Value"], r["Class"], [r["Red"], r["Green"], r["Blue"]]) for r in rows]
          == [(value, label, rgb(colour)) for value, label, colour in classes()], rows)

    # Statistics against the counts, which QGIS and terra count for themselves.
    cells = sum(r["Count"] for r in rows)
    mean = sum(r["Value"] * r["Count"] for r in rows) / cells
    deviation = (sum(r["Count"] * (r["Value"] - mean) ** 2 for r in rows) / cells) ** 0.5
    stated = {key: float(value) for key, value in band["metadata"].get("", {}).items() if key[:10] == "STATISTICS"}
    expected = {"STATISTICS_MINIMUM": 1, "STATISTICS_MAXIMUM": 4, "STATISTICS_MEAN": mean, "STATISTICS_STDDEV": deviation}
    check(f"{name}: statistics follow from the counts", all(abs(stated.get(key, -1) - value) < 1e-9
          for key, value in expected.items()), f"{stated}, not {expected}")

    table = json.loads(output("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", f"{raster}.vat.dbf"))["features"]
    same = [tuple(feature["properties"][key] for key in ("Value", "Count", "Class", "Area_km2")) for feature in table]
    check(f"{name}: OGR reads the .vat.dbf, which is the attribute table",
          same == [(r["Value"], int(r["Count"]), r["Class"], round(r["Area_km2"], 6)) for r in rows], same)
    layers = json.loads(output("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", folder / "parks.gpkg", "layer_styles"))
    styles = [f["properties"] for f in layers["features"]]
    check(f"{name}: parks.gpkg holds one style, the default",
          [(s["f_table_name"], bool(s["useAsDefault"])) for s in styles] == [("parks", True)], styles)


print(f"         {output('gdalinfo', '--version').strip()}")
for argument in sys.argv[1:]:
    check_folder(pathlib.Path(argument))
finish()
