"""Checks a habitat program on products and formats: check.py HABITAT FOLDER"""
import csv
import io
import json
import os
import pathlib
import resource
import subprocess
import sys

import samples

HABITAT, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared" / "data"
KEYS = (
    "forest_broadleaf forest_mixed forest_conifer shrub meadow water bare cultivated rice built"
).split()
failures = 0


def expect(passed, name, note=""):
    global failures
    failures += not passed
    print("%s %s%s" % ("ok  " if passed else "FAIL", name, " (%s)" % note if note else ""), flush=True)


def habitat(*words, code=0):
    result = subprocess.run(
        [HABITAT, *map(str, words)], cwd=FOLDER, capture_output=True, text=True, timeout=120)
    expect(
        result.returncode == code, "exit code of " + " ".join(map(str, words))[:70],
        "" if result.returncode == code else "%d: %s" % (result.returncode, result.stderr[-400:]))
    return result


def check(path, *words, code):
    return json.loads(habitat("check", "--landcover", path, "--format", "json", *words, code=code).stdout)


def score(path, legend, *words):
    result = habitat(
        "score", "--model", "cover.json", "--landcover", path, "--legend", legend, "--format", "csv",
        "--out", "out", "--overwrite", *words)
    return list(csv.DictReader(io.StringIO(result.stdout))), result.stderr


def write_model():
    scores = {key: 10 * (index + 1) for index, key in enumerate(KEYS)}
    (FOLDER / "cover.json").write_text(json.dumps({
        "species": "cover", "title": "Cover", "version": "1",
        "layers": {"landCover": {"weight": 1, "scores": scores}},
        "classes": {"minimum": 30, "medium": 60, "maximum": 80}}))


def container(path, layer, codes, legend, driver):
    """A container is refused with the layer's name first; the layer itself is counted and scored."""
    found = check(path.name, code=3)
    errors = [error for error in found["errors"] if error["slug"] == "subdataset-missing"]
    expect(len(errors) == 1, path.name + " is refused as a container")
    name = errors[0]["fix"].split("as the path: ")[1].split(", ")[0]
    expect(name.endswith(layer), layer + " is named first", name)
    expect(found["land_cover"]["products"][0]["legend"] == legend, legend + " is proposed for the file")
    found = check(name, code=4)
    expect(found["inputs"][0]["driver"] == driver, driver + " reads it")
    expect([code["code"] for code in found["land_cover"]["codes"]] == sorted(codes), "its codes are counted")
    cells = found["inputs"][0]["columns"] * found["inputs"][0]["rows"]
    share = [code["cells"] / cells for code in found["land_cover"]["codes"]]
    expect(max(abs(s - 1 / len(codes)) for s in share) < 1e-9, "each code has its stripes")
    proposal = found["land_cover"]["products"][0]
    expect(proposal["legend"] == legend and "file name" in proposal["evidence"], legend + " is proposed")
    rows, messages = score(name, legend)
    parts = ["not_suitable_km2", "minimum_km2", "medium_km2", "maximum_km2", "nodata_km2"]
    total = sum(float(rows[0][part]) for part in parts)
    area = float(rows[0]["park_km2"])
    expect(abs(total / area - 1) < 1e-5, "its balance closes", "%.0f km²" % area)
    expect("HDF5-DIAG" not in messages, "no library talks between the lines")
    return area, name


def containers():
    area, name = container(samples.mcd12q1(FOLDER), "LC_Type1", samples.IGBP, "modis_igbp", "HDF4Image")
    # A tile of the sinusoidal grid: ten degrees of the sphere's equator square.
    side = 1111.950519667
    expect(abs(area / side ** 2 - 1) < 1e-6, "a tile of MCD12Q1 has its area")
    other = check(name.replace("LC_Type1", "LC_Type2"), code=4)["land_cover"]["products"]
    expect(not any("file name" in p["evidence"] for p in other), "LC_Type2 is not taken for IGBP by name")
    area, name = container(
        samples.mcd12c1(FOLDER), "Majority_Land_Cover_Type_1",
        [0, 1, 4, 5, 8, 10, 12, 13, 15, 16], "mcd12c1_igbp", "HDF4Image")
    expect(abs(area / 510065621.7 - 1) < 1e-6, "MCD12C1 measures the Earth")
    container(
        samples.c3s(FOLDER), "lccs_class", samples.LCCS, "esa_cci_lc", "netCDF")


OSM = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="by hand">
%s
<way id="101" version="1"><nd ref="10"/><nd ref="13"/><tag k="highway" v="primary"/></way>
<way id="102" version="1"><nd ref="20"/><nd ref="21"/><nd ref="22"/><nd ref="23"/><nd ref="20"/>
  <tag k="landuse" v="residential"/></way>
<way id="103" version="1"><nd ref="30"/><nd ref="31"/><nd ref="32"/><nd ref="33"/><nd ref="30"/>
  <tag k="natural" v="water"/></way>
<way id="104" version="1"><nd ref="10"/><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="10"/></way>
<relation id="201" version="1"><member type="way" ref="104" role="outer"/><tag k="type" v="boundary"/>
  <tag k="boundary" v="protected_area"/><tag k="name" v="Заповедник"/></relation>
</osm>
"""


def extracts():
    """An extract as XML and as PBF gives the same results."""
    nodes = ""
    for first, west, south, side in ((10, 131.02, 43.36, 0.08), (20, 131.13, 43.36, 0.02), (30, 131.05, 43.4, 0.03)):
        for corner, (x, y) in enumerate(((0, 0), (side, 0), (side, side), (0, side))):
            nodes += '<node id="%d" version="1" lat="%.4f" lon="%.4f"/>\n' % (first + corner, south + y, west + x)
    (FOLDER / "area.osm").write_text(OSM % nodes)
    subprocess.run(
        ["osmium", "cat", "area.osm", "-o", "area.osm.pbf", "--overwrite"], cwd=FOLDER, check=True,
        capture_output=True)
    tables = []
    name = 'NETCDF:"%s":lccs_class' % next(FOLDER.glob("*.nc")).name
    model = json.loads((FOLDER / "cover.json").read_text())
    model["species"] = "near"
    for layer in ("roads", "settlements"):
        model["layers"][layer] = {"weight": 1, "unit": "m", "curve": [[0, 5], [3000, 100]]}
    (FOLDER / "near.json").write_text(json.dumps(model))
    for file in ("area.osm", "area.osm.pbf"):
        result = habitat(
            "score", "--model", "near.json", "--landcover", name, "--legend", "esa_cci_lc", "--roads", file,
            "--settlements", file, "--water", file, "--parks", file, "--format", "csv", "--out", "out",
            "--overwrite")
        tables.append(result.stdout)
    expect(tables[0] == tables[1] and "Заповедник" in tables[0], "PBF and XML give the same table")


def zipped_heights():
    import struct
    import zipfile

    row = struct.pack(">1201h", *([250] * 1201))
    with zipfile.ZipFile(FOLDER / "N43E131.SRTMGL3.hgt.zip", "w") as archive:
        archive.writestr("N43E131.hgt", row * 600 + struct.pack(">1201h", *([-32768] * 1201)) + row * 600)
    name = 'NETCDF:"%s":lccs_class' % next(FOLDER.glob("*.nc")).name
    found = check(name, "--dem", "N43E131.SRTMGL3.hgt.zip", code=4)["elevation"]
    expect(
        found["minimum_m"] == found["maximum_m"] == 250 and found["void_cells"] == 1201,
        "a zipped .hgt is placed by its name")
    expect(found["land_cover_share"] == 1, "and lies under the land cover")
    expect([product["title"] for product in found["products"]] == ["SRTM"], "and is told as SRTM")


def published():
    """Whole tiles against areas that others computed, within 1e-6, and under 500 MB."""
    cases = {
        "worldcover-n00e006-2021": ["ESA_WorldCover_10m_2021_v200_N00E006_Map.tif"],
        "ecoscape-california": ["terrain_CA.tif"],
    }
    for folder, files in cases.items():
        path = SHARED / folder / "expected_class_areas.json"
        if not path.exists():
            print("     %s is absent: skipped" % folder)
            continue
        expected = json.loads(path.read_text())
        expected = expected.get("classes", expected)
        for file in files:
            found = check(SHARED / folder / file, code=4)["land_cover"]
            areas = {code["code"]: code for code in found["codes"]}
            worst = 0
            for code, value in expected.items():
                if not code.isdigit() or int(code) not in areas:
                    continue
                # Both figures have six decimals.
                off = abs(areas[int(code)]["km2"] - value["km2"]) - 1e-6
                worst = max(worst, off / value["km2"])
            counted = sum(code.isdigit() and int(code) in areas for code in expected)
            expect(
                worst < 1e-6 and counted >= len(areas), "%s: km² of %d codes" % (file, counted),
                "worst %.1e beyond the last decimal" % worst)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    expect(peak < 500, "memory stays under 500 MB", "%.0f MB" % peak)


def box_of(path):
    """West, south, east, north and CRS of a raster as gdalinfo tells them; `None` where it has none."""
    told = subprocess.run(["gdalinfo", "-json", str(path)], capture_output=True, text=True)
    if told.returncode:
        return None
    told = json.loads(told.stdout)
    crs, grid = told.get("coordinateSystem", {}).get("wkt"), told.get("geoTransform")
    if not crs or not grid:
        return None
    columns, rows = told["size"]
    corners = [(x, y) for x in (0, columns) for y in (0, rows)]
    xs = [grid[0] + grid[1] * x + grid[2] * y for x, y in corners]
    ys = [grid[3] + grid[4] * x + grid[5] * y for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys), crs


def awkward():
    """Every awkward raster as land cover and as DEM: scored whole or refused with a name, within 10 s."""
    folder = SHARED / "nasty-rasters"
    if not folder.exists():
        print("     nasty-rasters is absent: skipped")
        return
    (FOLDER / "any.txt").write_text("1=1; DEFAULT=5")
    for path in sorted(folder.iterdir()):
        if path.name in ("README.md", "manifest.csv", "red.tif.ovr"):
            continue
        west, south, east, north, crs = box_of(path) or (9, 44, 10, 45, "EPSG:4326")
        subprocess.run(
            ["gdal_create", "-q", "-of", "GTiff", "-outsize", "40", "40", "-bands", "1", "-burn", "1", "-ot",
             "Byte", "-a_srs", crs, "-a_ullr", str(west), str(north), str(east), str(south),
             str(FOLDER / "over.tif")], check=True, capture_output=True)
        runs = {
            "land cover": ["--model", "cover.json", "--landcover", path, "--legend", "any.txt"],
            "DEM": ["--species", "tiger", "--landcover", "over.tif", "--legend", "ten_categories", "--dem", path],
        }
        for role, words in runs.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            result = subprocess.run(
                [HABITAT, "score", "--format", "csv", "--out", "out", "--overwrite", *map(str, words)],
                cwd=FOLDER, capture_output=True, text=True, timeout=120)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            problem = None
            if result.returncode == 0:
                row = next(csv.DictReader(io.StringIO(result.stdout)))
                parts = [float(row[key]) for key in row if key.endswith("_km2")]
                if not all(abs(part) < 1e12 for part in parts) or not sum(parts[1:6]) > 0:
                    problem = "a table of nothing: %s" % row
            elif result.returncode != 3 or "error[" not in result.stderr:
                problem = "exit code %d: %s" % (result.returncode, result.stderr[-200:])
            # Processor time: the machine may have other work.
            if seconds > 10:
                problem = "%.0f s" % seconds
            expect(not problem, "%s as %s" % (path.name, role), problem or "")


os.chdir(FOLDER)
write_model()
containers()
extracts()
zipped_heights()
awkward()
published()
print("all checks passed" if not failures else "%d checks failed" % failures)
sys.exit(1 if failures else 0)
