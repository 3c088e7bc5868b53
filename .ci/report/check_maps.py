"""Checks of the maps: what the pointer reads, against the class raster and the parks, cell by cell."""

import json
import math
import pathlib
import random
import re
import subprocess
import sys

from browser import Browser

# A place in view coordinates of a map's frame is pointed at; the page's answer comes with the place itself.
POINT = """
  const [frame, shares, done] = arguments;
  frame.scrollIntoView({ block: 'center', behavior: 'instant' });
  const picture = frame.querySelector('.map-picture'), readout = frame.parentElement.querySelector('.readout');
  const box = picture.getBoundingClientRect(), answers = [];
  (async () => {
    for (const [x, y] of shares) {
      readout.textContent = '';
      frame.dispatchEvent(new PointerEvent('pointermove', { clientX: box.left + x * box.width,
        clientY: box.top + y * box.height, bubbles: true, pointerId: 7 }));
      for (let i = 0; i < 400 && !readout.textContent; i += 1) await new Promise(r => setTimeout(r, i < 20 ? 0 : 10));
      answers.push(readout.textContent);
    }
    done(answers);
  })();"""


def require(condition, what):
    if not condition:
        sys.exit(f"maps: {what}")


def run(*command, text=None):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, input=text)
    require(done.returncode == 0, f"{command} gave {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def at_places(raster, places):
    """The values of the raster's cells there; 0 beyond it."""
    lines = run("gdallocationinfo", "-valonly", "-wgs84", raster, text="".join(f"{x:.12f} {y:.12f}\n" for x, y in places))
    return [int(line or 0) for line in lines.split("\n")[:len(places)]]


class Parks:
    """The outlines that the run used, in degrees."""

    def __init__(self, folder, work):
        path = work / "outlines.geojson"
        path.unlink(missing_ok=True)
        run("ogr2ogr", "-f", "GeoJSON", "-t_srs", "EPSG:4326", "-lco", "COORDINATE_PRECISION=12", path,
            folder / "parks.gpkg", "parks")
        self.rings = {}
        for feature in json.loads(path.read_text())["features"]:
            shape = feature["geometry"]
            parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            self.rings[feature["properties"]["park"]] = [ring for part in parts for ring in part]

    def side(self, name, x, y):
        """Whether a place is inside, and how far from the outline, in degrees of latitude."""
        shrink = math.cos(math.radians(y))
        inside, nearest = False, math.inf
        for ring in self.rings[name]:
            for (ax, ay), (bx, by) in zip(ring, ring[1:]):
                if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                    inside = not inside
                dx, dy = (bx - ax) * shrink, by - ay
                px, py = (x - ax) * shrink, y - ay
                along = min(1, max(0, (px * dx + py * dy) / (dx * dx + dy * dy))) if dx or dy else 0
                nearest = min(nearest, math.hypot(px - along * dx, py - along * dy))
        return inside, nearest


def parse(answer):
    parts = [part.strip("\u2068\u2069") for part in answer.split(" \u00b7 ")]
    latitude, longitude = re.fullmatch(r"([\d.]+)° ([NS]) ([\d.]+)° ([EW])", parts[-1]).group(1, 3)
    south, west = " S " in parts[-1], parts[-1].endswith("W")
    block = re.fullmatch(r"(.+), (\d+) % of a block of (\d+) × \3 cells", parts[0])
    name, share, side = (block.group(1), int(block.group(2)), int(block.group(3))) if block else (parts[0], 100, 1)
    return name, share, side, parts[1:-1], float(longitude) * (-1 if west else 1), float(latitude) * (-1 if south else 1)


LABELS = """
  const frame = document.querySelector('.map-frame'), own = frame.getBoundingClientRect(), rim = 1.75;
  return Array.from(frame.querySelectorAll('.map-labels text'), e => {
    const b = e.getBoundingClientRect();
    return [e.textContent, b.left - own.left - rim, b.top - own.top - rim, b.right - own.left + rim,
      b.bottom - own.top + rim, b.width];
  }).filter(b => b[5] > 0);"""


def check_labels(browser, path, least):
    """No two labels of a map touch, with scripts and without, at any width, near and far."""
    shown = []
    for scripts in (True, False):
        browser.command("Emulation.setScriptExecutionDisabled", value=not scripts)
        browser.open(path)
        for width in (1400, 1280, 800, 400):
            browser.resize(width)
            for zoom in range(3 if scripts else 1):
                if zoom:
                    browser.script("document.querySelector('.map-tools button').click()")
                if scripts:
                    browser.driver.execute_async_script("setTimeout(arguments[0], 150)")
                labels = browser.script(LABELS)
                shown.append(len(labels))
                for index, one in enumerate(labels):
                    for other in labels[:index]:
                        require(one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2],
                                f"{width} pixels, zoom {zoom}, scripts {scripts}: {one} touches {other}")
            if scripts:
                browser.script("document.querySelectorAll('.map-tools button')[2].click()")
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    require(shown[0] >= least, f"only {shown[0]} labels")
    print(f"{path.parent.name}: labels apart, {shown} of them")


CROSSED = """
  const figure = document.querySelector('figure.map'), picture = figure.querySelector('.map-picture');
  const box = picture.getBoundingClientRect(), view = picture.viewBox.baseVal, crossed = [];
  const labels = Array.from(figure.querySelectorAll('.park-label:not(.hidden)'));
  for (const outline of document.querySelectorAll('.definitions path[id^="outline-"]')) {
    for (let i = 0, n = 6000, length = outline.getTotalLength(); i < n; i += 1) {
      const at = outline.getPointAtLength(length * i / n);
      const x = box.left + (at.x - view.x) / view.width * box.width;
      const y = box.top + (at.y - view.y) / view.height * box.height;
      for (const label of labels) {
        const b = label.getBoundingClientRect();
        if (x > b.left && x < b.right && y > b.top && y < b.bottom) crossed.push(label.textContent);
      }
    }
  }
  return [labels.length, Array.from(new Set(crossed))];"""


def check_clear_names(browser, path, count):
    """Where there is room names cross no outline."""
    for width in (1400, 800):
        browser.resize(width)
        browser.open(path)
        browser.driver.execute_async_script("setTimeout(arguments[0], 300)")
        shown, crossed = browser.script(CROSSED)
        require(shown == count and not crossed, f"{width} pixels: of {shown} names {crossed} cross outlines")
    browser.resize(1400)


# Where nothing but the pictures and the lines over what is outside is drawn, and which of the places are well
# within a park, well outside of all, or well within two.
BARE = """
  const style = document.head.appendChild(document.createElement('style'));
  style.textContent = `.layer-hillshade, .graticule, .park-halo, .park-outline, .map-labels, .map-tools, .crosshair
    { display: none !important; }`;
  const frame = document.querySelector('figure.map .map-frame'), picture = frame.querySelector('.map-picture');
  frame.scrollIntoView({ block: 'center', behavior: 'instant' });
  const box = picture.getBoundingClientRect(), view = picture.viewBox.baseVal, reach = 10;
  const outlines = Array.from(document.querySelectorAll('.definitions path[id^="outline-"]'));
  const parks = (x, y) => outlines.filter(outline => outline.isPointInFill(new DOMPoint(
    view.x + (x - box.left) / box.width * view.width, view.y + (y - box.top) / box.height * view.height))).length;
  const places = [];
  for (let y = Math.max(box.top, 0) + reach; y < Math.min(box.bottom, innerHeight) - reach; y += 2 * reach) {
    for (let x = box.left + reach; x < box.right - reach; x += 2 * reach) {
      const counts = [[0, 0], [-1, -1], [1, -1], [-1, 1], [1, 1]].map(s => parks(x + s[0] * reach, y + s[1] * reach));
      if (counts.every(n => n === counts[0])) places.push([Math.round(x), Math.round(y), counts[0]]);
    }
  }
  return places;"""


def check_outside(browser, path, zooms=(0, 2)):
    """Within parks, of one or of several, colours are the legend's own; outside lines cover about a tenth of them."""
    browser.resize(1280, 1000)
    browser.open(path)
    legend = browser.script("""return ['1', '2', '3', '4', '5'].map(n => document.querySelector('.swatch .class-' + n))
      .filter(Boolean).map(e => getComputedStyle(e).fill.match(/\\d+/g).map(Number))""")
    legend = {tuple(colour) for colour in legend}
    seen = {}
    for zoom in range(max(zooms) + 1):
        if zoom:
            browser.script("document.querySelector('figure.map .map-tools button').click()")
        if zoom not in zooms:
            continue
        browser.driver.execute_async_script("setTimeout(arguments[0], 300)")
        places = browser.script(BARE)
        browser.driver.execute_async_script("setTimeout(arguments[0], 300)")
        image = browser.screenshot()
        for x, y, parks in places:
            dots = [image.getpixel((x + dx, y + dy)) for dx in range(-7, 8) for dy in range(-7, 8)]
            # Smoothed edges of cells lie between two classes: what counts is what is lighter than all.
            white = sum(min(dot) > 205 for dot in dots) / len(dots)
            pure = sum(dot in legend for dot in dots) / len(dots)
            kind = min(parks, 2)
            seen.setdefault(kind, []).append((white, pure))
            require(kind == 0 or white == 0, f"{path.parent.name}, zoom {zoom}: {x} {y} in {parks} parks is lined")
    means = {kind: [sum(values) / len(values) for values in zip(*found)] for kind, found in seen.items()}
    require(0 in means and 0.01 < means[0][0] < 0.16, f"lines outside the parks: {means}")
    require(1 in means and means[0][1] > 0.4 * means[1][1], f"the colours outside are not the legend's: {means}")
    print(f"{path.parent.name}: in one park, in two or in none, places are drawn as such: "
          f"{ {kind: len(found) for kind, found in sorted(seen.items())} }")
    return seen


def check_nodata(browser, path):
    """What has no data has one look, with relief upon it or without: grey lines on a lighter grey."""
    browser.resize(1280, 1000)
    browser.open(path)
    frame = browser.script("return document.querySelector('figure.map .map-frame')")
    side = 40
    shares = [((i % side + 0.5) / side, (i // side + 0.5) / side) for i in range(side * side)]
    answers = browser.driver.execute_async_script(POINT, frame, shares)
    is_empty = [answer.strip("\u2068").startswith("No data") for answer in answers]
    around = (-side - 1, -side, -side + 1, -1, 0, 1, side - 1, side, side + 1)
    inner = [i for i in range(side + 1, side * (side - 1) - 1)
             if 0 < i % side < side - 1 and all(is_empty[i + step] for step in around)]
    browser.script("""const s = document.head.appendChild(document.createElement('style')); s.textContent =
      '.graticule, .outside, .park-halo, .park-outline, .map-labels, .map-tools { display: none !important; }'""")
    browser.driver.execute_async_script("setTimeout(arguments[0], 300)")
    box = browser.script("""const b = arguments[0].querySelector('.map-picture').getBoundingClientRect();
      return [b.left, b.top, b.width, b.height, innerHeight]""", frame)
    image, looks = browser.screenshot(), []
    for i in inner:
        x, y = round(box[0] + shares[i][0] * box[2]), round(box[1] + shares[i][1] * box[3])
        if 8 <= y < box[4] - 8:
            looks.append({image.getpixel((x + dx, y + dy)) for dx in range(-7, 8) for dy in range(-7, 8)})
    require(len(looks) > 3, f"only {len(looks)} places without data")
    for look in looks:
        require(all(len(set(dot)) == 1 and 195 <= dot[0] <= 0xF4 for dot in look) and len(look) > 1,
                f"{path.parent.name}: no data looks like {look}")
    print(f"{path.parent.name}: {len(looks)} places without data, all of one look")


class Raster:
    def __init__(self, path, work):
        self.path, self.work = path, work
        information = json.loads(run("gdalinfo", "-json", path))
        self.size = information["size"]
        self.transform = information["geoTransform"]
        # Of a cell, in degrees of latitude.
        is_geographic = information["coordinateSystem"]["wkt"].startswith("GEOG")
        self.cell = abs(self.transform[1]) / (1 if is_geographic else 111_000)

    def block(self, x, y, side, codes=5):
        """The counts of the codes in the block of cells around a place."""
        found = re.search(r"\((\d+)P,(\d+)L\)", run("gdallocationinfo", "-wgs84", self.path, x, y))
        column, row = (int(number) // side * side for number in found.groups())
        wide, high = min(side, self.size[0] - column), min(side, self.size[1] - row)
        path = self.work / "block.raw"
        run("gdal_translate", "-q", "-of", "ENVI", "-srcwin", column, row, wide, high, self.path, path)
        cells = path.read_bytes()[:wide * high]  # A file of one byte is padded.
        return [cells.count(bytes([code])) for code in range(codes)]


def check(browser, folder, species, work, count, blocks=60, cover=None):
    """Points at `count` places, over the large map near and far, and over those of the parks.

    Where `cover` is given, of ten categories on the same grid, what is said of water is compared with it, too.
    """
    browser.resize(1280)
    browser.open(folder / "report.html")
    gaps = browser.script("""
      const grid = JSON.parse(document.querySelector('figure.map').dataset.map);
      return Array.from(document.querySelectorAll('.inset')).filter(inset => {
        const view = inset.querySelector('.map-picture').viewBox.baseVal;
        const image = document.querySelector(inset.querySelector('.layer-classes use').getAttribute('href'));
        const [x, y, w, h] = ['x', 'y', 'width', 'height'].map(name => Number(image.getAttribute(name)));
        const e = grid.width / grid.cells[0] / 20;
        return x > Math.max(0, view.x) + e || y > Math.max(0, view.y) + e ||
          x + w < Math.min(grid.width, view.x + view.width) - e ||
          y + h < Math.min(grid.height, view.y + view.height) - e;
      }).map(inset => inset.parentElement.previousElementSibling?.textContent || inset.dataset.species)""")
    require(not gaps, f"maps of parks look empty where the raster is not: {gaps}")
    raster, parks = Raster(folder / f"{species}_class.tif", work), Parks(folder, work)
    cover = cover and Raster(cover, work)
    names = browser.script("""return Object.fromEntries(Array.from(document.querySelectorAll(
      'figure.map .classes input'), i => [i.parentElement.textContent.trim(), Number(i.value)]))""")
    names["No data"] = 0
    dice = random.Random(14)
    large = browser.script(f"return document.querySelector('figure.map[data-species=\"{species}\"] .map-frame')")
    insets = browser.script(f"return Array.from(document.querySelectorAll('.inset[data-species=\"{species}\"]'))")
    frames = [(large, zoom) for zoom in (0, 3, 6)] + [(inset, None) for inset in insets[:12]]
    answers = []
    for frame, zoom in frames:
        for _ in range(zoom or 0):
            browser.script("arguments[0].parentElement.querySelector('.map-tools button').click()", frame)
        if zoom is not None:
            browser.driver.execute_async_script("setTimeout(arguments[0], 200)")
        places = [(dice.uniform(0.002, 0.998), dice.uniform(0.002, 0.998)) for _ in range(count // len(frames) + 1)]
        answers += browser.driver.execute_async_script(POINT, frame, places)
    require(all(answers), "the page leaves a question without an answer")
    read = [parse(answer) for answer in answers if "Not on this map" not in answer]
    require(len(read) > 0.8 * len(answers), f"only {len(read)} of {len(answers)} places are on the maps")
    values = at_places(raster.path, [(place[4], place[5]) for place in read])
    wrong, kinds = [], {"cells": 0, "blocks": 0, "boundary": 0, "inside": 0, "water": 0}
    for (name, share, side, others, x, y), value in zip(read, values):
        if side == 1:
            kinds["cells"] += 1
            if names[name] != value:
                wrong.append(f"{x} {y}: the page says {name}, the raster {value}")
        elif kinds["blocks"] < blocks:
            kinds["blocks"] += 1
            counts = raster.block(x, y, side)
            percent = 100 * counts[names[name]] / sum(counts)
            if counts[names[name]] != max(counts) or abs(percent - share) > 1:
                wrong.append(f"{x} {y}: the page says {name} {share} %, the block has {counts}")
        if cover and name == "Not suitable" and (side == 1 or kinds["blocks"] < blocks):
            counts = cover.block(x, y, side, codes=11)
            is_water = (others[0] if others else "") == ("Water bodies" if side == 1 else "mostly water")
            kinds["water"] += is_water
            if is_water != (2 * counts[6] > sum(counts)):
                wrong.append(f"{x} {y}: the page says {others}, the land cover {counts}")
        told = others[-1].split(", ") if others else []
        for park in parks.rings:
            inside, distance = parks.side(park, x, y)
            dot = raster.cell * side
            if f"On the boundary of {park}" in told:
                kinds["boundary"] += 1
                if distance > dot / 2:
                    wrong.append(f"{x} {y}: {distance / dot} dots from the boundary of {park}")
            elif (park in told) != inside:
                wrong.append(f"{x} {y}: the page says {told}, of {park} it is {'in' if inside else 'out'}side")
            else:
                kinds["inside"] += inside
    require(not cover or kinds["water"], "no water is read")
    require(not wrong, f"{len(wrong)} of {len(read)} readings are wrong: {wrong[:6]}")
    size = (folder / "report.html").stat().st_size
    require(size < 15e6, f"the report has {size} bytes")
    print(f"{folder.name}: {len(read)} readings, none wrong: {kinds}; {size / 1e6:.1f} MB")


if __name__ == "__main__":
    # check_maps.py FOLDER SPECIES WORK [COUNT]: of a report that was made.
    folder, species, work = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    browser = Browser(work / "chromium")
    try:
        check(browser, folder, species, work, int((sys.argv[4:] or ["2000"])[0]))
    finally:
        browser.close()
