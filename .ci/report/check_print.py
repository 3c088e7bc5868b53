"""Checks of the printed maps, report.pdf: places, layers, figures, text and pictures, read by GDAL and poppler."""

import json
import pathlib
import shutil
import subprocess
import sys
import time

from PIL import Image

LANGUAGES = {
    "en": ["Habitat suitability", "Maximum suitable", "No data", "50 km"],
    "ru": ["Пригодность местообитаний", "Нет данных", "50 км"],
    "zh": ["生境适宜性", "无数据", "50 km"],
}
LAYERS = 4  # suitability, relief, parks, names


def require(condition, what):
    if not condition:
        sys.exit(f"report.pdf: {what}")


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    require(done.returncode == 0, f"{command} gave {done.returncode}: {done.stdout}{done.stderr}")
    return done


def check_places(path, species, folder):
    """Each page lies where the class raster lies, and has its layers."""
    whole = json.loads(run("gdalinfo", "-json", "-mdd", "LAYERS", path).stdout)
    pages = [value for key, value in whole["metadata"]["SUBDATASETS"].items() if key.endswith("_NAME")]
    require(len(pages) == len(species), f"{len(pages)} pages for {len(species)} species")
    layers = whole["metadata"]["LAYERS"]
    require(len(layers) == (1 + LAYERS) * len(species), f"the layers are {layers}")
    for page, name in zip(pages, species):
        information = json.loads(run("gdalinfo", "-json", page).stdout)
        raster = json.loads(run("gdalinfo", "-json", folder / f"{name}_class.tif").stdout)
        # PDF has no authority's code for every CRS: what counts is that it is the same one.
        require(information["coordinateSystem"]["wkt"].split('"')[1]
                == raster["coordinateSystem"]["wkt"].split('"')[1], "another CRS")
        neatline = information["metadata"][""]["NEATLINE"].strip("POLYGON ()").split(",")
        corners = [tuple(map(float, corner.split())) for corner in neatline]
        west, north = raster["cornerCoordinates"]["upperLeft"]
        east, south = raster["cornerCoordinates"]["lowerRight"]
        slack = 1e-6 * (east - west)
        require(all(west - slack <= x <= east + slack and south - slack <= y <= north + slack for x, y in corners),
                f"the frame {corners} is not within the raster")


def check_parks(path, species, folder):
    """The outlines have the figures of the table."""
    for page, name in enumerate(species, start=1):
        table = json.loads((folder / f"{name}_areas.json").read_text())
        outlines = pathlib.Path(path).with_suffix(f".{page}.geojson")
        run("ogr2ogr", "-f", "GeoJSON", outlines, f"PDF:{page}:{path}", f"{name}_parks")
        features = json.loads(outlines.read_text())["features"]
        require(len(features) >= len(table["parks"]), f"{len(features)} outlines")
        drawn = {(str(f["properties"]["park_id"]), round(float(f["properties"]["maximum_km2"]), 3)) for f in features}
        for park in table["parks"]:
            require((park["park_id"], round(park["maximum_km2"], 3)) in drawn, f"{name}: {park['park']} is not {drawn}")


def check_text(path, species, words, parks):
    text = run("pdftotext", "-layout", path, "-").stdout
    # Names are broken into lines where they would cross an outline.
    flowing = " ".join(run("pdftotext", path, "-").stdout.split())
    for word in words + ["CRS" if "No data" in words else "EPSG"] + parks:
        count = max(text.count(word), flowing.count(word))
        require(count >= len(species), f"“{word}” stands {count} times on {len(species)} pages")


def check_pictures(path, work):
    """The pages show the four classes, and a reader has nothing to complain of."""
    done = run("pdftoppm", "-r", "60", "-png", path, work / "printed")
    require(not done.stderr.strip(), f"poppler says: {done.stderr}")
    for picture in sorted(work.glob("printed*.png")):
        image = Image.open(picture).convert("RGB")
        colours = image.getcolors(image.width * image.height)
        ink = sum(count for count, colour in colours if min(colour) < 235)
        require(ink > 0.2 * image.width * image.height, f"{picture.name} is nearly blank")
        picture.unlink()


def main(binary, work):
    work = pathlib.Path(work)
    folder, twin = work / "prints", work / "prints-twin"
    run(binary, "score", "--species", "leopard,tiger", "--landscape", "primorye-modis-2019", "--out", folder, "--quiet")
    species = ["leopard", "tiger"]
    parks = [row["park"] for row in json.loads((folder / "leopard_areas.json").read_text())["parks"]]
    # Long names are broken into lines.
    parks = [park for park in parks if len(park) < 22]
    shutil.copytree(folder, twin)
    path = folder / "report.pdf"
    for language, words in LANGUAGES.items():
        run(binary, "report", folder, "--pdf", "--language", language)
        time.sleep(1.1)
        run(binary, "report", twin, "--pdf", "--language", language)
        require(path.read_bytes() == (twin / "report.pdf").read_bytes(), "two prints differ")
        require("CreationDate" not in run("pdfinfo", path).stdout, "the file says when it was made")
        check_places(path, species, folder)
        check_parks(path, species, folder)
        check_text(path, species, words, parks)
        check_pictures(path, work)
        print(f"report.pdf in {language}: {path.stat().st_size} bytes, {len(species)} pages")
    run(binary, "verify", folder)


main(*sys.argv[1:])
