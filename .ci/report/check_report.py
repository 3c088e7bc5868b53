"""Checks of the report: numbers, tables, maps, languages, widths, print and names that mean harm."""

import base64
import json
import math
import pathlib
import re
import shutil
import subprocess
import sys
import time

import check_maps
from browser import Browser
from language import foreign_texts, names_of

NASTY = ["<script>window.harm=1</script>", "=1+1", "\"' onmouseover=\"window.harm=2", "a\nb", "\u202egnorw",
         "</title><img src=x onerror=window.harm=3>", "{landscape} ${1} &amp;", "Заповедник 东北虎豹国家公园"]
WIDTHS = [1400, 800, 400]


def require(condition, what):
    if not condition:
        sys.exit(f"report: {what}")


def run(*command, code=0):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    require(done.returncode == code, f"{command} gave {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def lookup(document, path):
    for step in re.findall(r"[^.\[\]]+", path):
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document


def check_numbers(browser, folder):
    """Every number that is shown is that of the JSON, read here with other means than the program's."""
    figures = browser.script("""
      return Array.from(document.querySelectorAll('data'), e => [e.textContent, e.dataset.from, e.dataset.of,
        e.dataset.less, e.dataset.lessOf])""")
    russian = browser.script("return document.documentElement.lang") == "ru"
    documents = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    compared = 0
    for text, origin, whole, less, less_whole in figures:
        names = [name for name in (origin, whole, less, less_whole) if name]
        if any(name.split("#")[0] not in documents for name in names):
            continue  # The published tables are no file of the run.
        value, of, minus, minus_of = (
            sum(float(lookup(documents[part.split("#")[0]], part.split("#")[1])) for part in name.split(" "))
            if name else None for name in (origin, whole, less, less_whole))

        def part(number, total):
            return number if total is None else (100 * number / total if total else 0)

        expected = part(value, of) - (part(minus, minus_of) if minus is not None else 0)
        plain = text.replace("\u2212", "-")
        plain = (plain.replace("\u00a0", "").replace(",", ".") if russian else plain.replace(",", ""))
        decimals = len(plain.lstrip("<").partition(".")[2])
        if plain.startswith("<"):
            require(float(plain[1:]) == 10 ** -decimals and 0 < expected <= 0.5 * 10 ** -decimals + 1e-9,
                    f"{origin} shows {text}, the JSON has {expected}")
            compared += 1
            continue
        require(expected <= 0 or whole or minus is not None or float(plain) != 0, f"{origin} shows {text} for {expected}")
        require(abs(float(plain) - expected) <= 0.5 * 10 ** -decimals + 1e-9 * max(1, abs(expected)),
                f"{origin} shows {text}, the JSON has {expected}")
        compared += 1
    require(compared > 400, f"only {compared} numbers")
    return compared


def check_sorting(browser):
    names = "return Array.from(arguments[0].tBodies[0].rows, r => r.cells[0].textContent)"
    table = browser.script("return document.querySelector('table.sortable')")
    browser.show(table)
    heads = browser.script("return arguments[0].tHead.querySelectorAll('th')", table)
    values = "return Array.from(arguments[0].tBodies[0].rows, r => Number(r.cells[1].querySelector('data').value))"
    before = browser.script("return arguments[0].tFoot.textContent", table)
    heads[1].find_element("css selector", "button").click()
    require(heads[1].get_attribute("aria-sort") == "descending", "the column does not say how it is sorted")
    require(browser.script(values, table) == sorted(browser.script(values, table), reverse=True), "not sorted")
    browser.script("arguments[0].querySelector('button').focus()", heads[1])
    browser.key("Enter")
    require(heads[1].get_attribute("aria-sort") == "ascending", "the keyboard does not sort")
    require(browser.script(values, table) == sorted(browser.script(values, table)), "not sorted by the keyboard")
    heads[0].find_element("css selector", "button").click()
    require(browser.script(names, table) == sorted(browser.script(names, table)), "names are not sorted")
    require(heads[1].get_attribute("aria-sort") is None, "two columns say that they are sorted")
    require(browser.script("return arguments[0].tFoot.textContent", table) == before, "the total has moved")


def settle(browser):
    browser.driver.execute_async_script("setTimeout(() => requestAnimationFrame(arguments[0]), 60)")


def check_map(browser):
    browser.show(browser.script("return document.querySelector('.map-frame')"))
    box = browser.script("""const b = document.querySelector('.map-picture').getBoundingClientRect();
      return [b.left, b.top, b.width, b.height]""")
    left, top, width, height = box
    view = lambda: [float(n) for n in browser.script(
        "return document.querySelector('.map-picture').getAttribute('viewBox')").split()]
    readout = lambda: browser.script("return document.querySelector('.readout').textContent")
    centre = (left + width / 2, top + height / 2)

    first = view()
    browser.script("document.querySelector('.map-frame').focus()")
    browser.mouse("mouseWheel", *centre, deltaX=0, deltaY=-400)
    settle(browser)
    near = view()
    require(near[2] < 0.7 * first[2], "the wheel does not zoom")
    browser.mouse("mousePressed", *centre, button="left", clickCount=1)
    browser.mouse("mouseMoved", centre[0] + 80, centre[1] + 40, button="left")
    browser.mouse("mouseReleased", centre[0] + 80, centre[1] + 40, button="left", clickCount=1)
    moved = view()
    require(abs(moved[0] - near[0] + 80 * near[2] / width) < 2, "the map does not follow the pointer")
    browser.key("Home")
    require(view() == first, "Home does not bring the first view back")
    for key, index, sign in [("ArrowRight", 0, 1), ("ArrowUp", 1, -1)]:
        old = view()
        browser.key(key)
        require(sign * (view()[index] - old[index]) > 0, f"{key} does not move the map")
    browser.key("Home")
    settle(browser)
    park = browser.script("return document.querySelector('.map-labels .park-label').textContent")
    label = browser.script("""const b = document.querySelector('.map-labels .park-label').getBoundingClientRect();
      return [b.left + b.width / 2, b.top + b.height / 2]""")
    browser.mouse("mouseMoved", *label)
    settle(browser)
    require(park in readout(), f"the pointer is in {park}, the page says {readout()}")
    browser.touch("touchStart", (centre[0] - 30, centre[1]), (centre[0] + 30, centre[1]))
    browser.touch("touchMove", (centre[0] - 90, centre[1]), (centre[0] + 90, centre[1]))
    browser.touch("touchEnd")
    settle(browser)
    require(view()[2] < 0.7 * first[2], "two fingers do not zoom")
    browser.script("document.querySelectorAll('.map-tools button')[2].click()")
    require(view() == first, "the button does not bring the first view back")
    scale = browser.script("return document.querySelector('.scale-bar text').textContent")
    bar = browser.script("return parseFloat(document.querySelector('.scale-bar').getAttribute('width'))")
    require(re.fullmatch(r"\d+ km", scale) and 5 < bar < 31, f"the scale says {scale} for {bar} %")


def check_hiding(browser):
    colour = """const c = document.querySelector('.swatch .class-4');
      return getComputedStyle(c).fill.match(/\\d+/g).map(Number)"""
    count = """const [href, colour, done] = arguments; const image = new Image();
      image.onload = () => { const c = document.createElement('canvas'); c.width = image.naturalWidth;
        c.height = image.naturalHeight; const x = c.getContext('2d'); x.drawImage(image, 0, 0);
        const d = x.getImageData(0, 0, c.width, c.height).data; let n = 0;
        for (let i = 0; i < d.length; i += 4)
          if (d[i + 3] && d[i] === colour[0] && d[i + 1] === colour[1] && d[i + 2] === colour[2]) n += 1;
        done(n); };
      image.src = href;"""
    href = "return (document.querySelector('figure.map .layer-classes image') || \
      document.getElementById('picture-' + document.querySelector('figure.map').dataset.species)).getAttribute('href')"
    cells = lambda: browser.driver.execute_async_script(count, browser.script(href), browser.script(colour))
    all_cells = cells()
    require(all_cells > 0, "the map has no land of the best class")
    box = browser.script("return document.querySelector('figure.map .classes input[value=\"4\"]')")
    browser.script("arguments[0].click()", box)
    time.sleep(0.4)
    require(cells() == 0, "the class is not hidden")
    browser.script("arguments[0].click()", box)
    time.sleep(0.4)
    require(cells() == all_cells, "the class does not come back")


def check_accessibility(browser):
    nodes = browser.command("Accessibility.getFullAXTree")["nodes"]
    roles = {}
    for node in nodes:
        if node.get("ignored"):
            continue
        role = node.get("role", {}).get("value")
        roles.setdefault(role, []).append(node.get("name", {}).get("value", ""))
    for role in ["button", "checkbox", "radio", "link", "image", "table", "heading", "columnheader", "rowheader",
                 "navigation", "group", "region"]:
        require(roles.get(role), f"nothing has the role {role}")
        require(all(roles[role]), f"some {role} has no name: {roles[role][:9]}")
    require(len(roles.get("main", [])) == 1, "there is not one main landmark")
    require(browser.script("return document.querySelectorAll('h1').length") == 1, "there is not one h1")


def check_print(browser, path, sections):
    pdf = browser.command("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"]
    path.write_bytes(base64.b64decode(pdf))
    information = run("pdfinfo", path)
    pages = int(re.search(r"Pages:\s+(\d+)", information).group(1))
    require(pages >= sections, f"{pages} pages for {sections} sections")
    require("A4" in information, "the pages are not A4")
    for page in range(1, pages + 1):
        lines = run("pdftotext", "-layout", "-f", page, "-l", page, path, "-").split("\n")
        require(sum(bool(line.strip()) for line in lines) > 4, f"page {page} is nearly empty: {lines}")
    return pages


def check_page(browser, path, language):
    start = time.monotonic()
    browser.open(path)
    seconds = time.monotonic() - start
    require(browser.script("return document.documentElement.lang") == language, f"the page is not in {language}")
    for width in WIDTHS:
        browser.resize(width)
        settle(browser)
        wide = browser.script("return document.scrollingElement.scrollWidth")
        require(wide <= width, f"{language}: {wide} pixels wide in a window of {width}")
    browser.resize(1400)
    return seconds


def check_language(browser, language, folder):
    """Nothing of the page's own is in another language; and the check sees what is."""
    found = foreign_texts(browser, language, names_of(folder))
    require(not found, f"{language}: not in the page's language: {found}")
    browser.script("document.querySelector('main').insertAdjacentHTML('afterbegin', arguments[0])",
                   "<p id=alien>Не данные 无数据 No data</p>")
    words = {word for word, _ in foreign_texts(browser, language, names_of(folder))}
    require(words == {"en": {"Не", "данные", "无数据"}, "ru": {"No", "data", "无数据"},
                      "zh": {"No", "data", "Не", "данные"}}[language], f"of three languages {words} is noticed")
    browser.script("document.getElementById('alien').remove()")


def check_tables(browser, language):
    """At any width a table fits or scrolls in its own box, and no word of it is broken into lines."""
    broken = """
      const found = [];
      for (const table of document.querySelectorAll('table')) {
        let box = table.parentElement;
        while (box && getComputedStyle(box).overflowX !== 'auto') box = box.parentElement;
        if (!box && table.getBoundingClientRect().right > innerWidth) found.push(['no box', table.className]);
        const walker = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const node = walker.currentNode;
          if (node.parentElement.closest('code, bdi, .path, .digest')) continue;
          for (const match of node.data.matchAll(/[\\p{Script=Latin}\\p{Script=Cyrillic}\\d]+/gu)) {
            const range = document.createRange();
            range.setStart(node, match.index);
            range.setEnd(node, match.index + match[0].length);
            if (new Set(Array.from(range.getClientRects(), r => Math.round(r.top))).size > 1)
              found.push([match[0], table.className]);
          }
        }
      }
      return found;"""
    for width in WIDTHS:
        browser.resize(width)
        settle(browser)
        found = browser.script(broken)
        require(not found, f"{language}, {width} pixels: {found[:9]}")
        # What is read first, and what is compared, shows all its columns.
        whole = ["glance", "published"] if width > 600 else ["glance"]
        cut = browser.script("""return arguments[0].filter(name => Array.from(document.querySelectorAll('table.' + name),
          t => t.parentElement).some(box => box.scrollWidth > box.clientWidth + 1))""", whole)
        require(not cut, f"{language}, {width} pixels: {cut} is cut")
    browser.resize(1400)


def check_quiet(browser, what):
    urls = browser.requests()
    require(all(url.startswith(("file:", "data:")) for url in urls), f"{what} asks for {urls}")
    complaints = browser.complaints()
    require(not complaints, f"{what} complains: {complaints}")


def check_without_scripts(browser, path):
    figures = browser.script("return document.querySelectorAll('data').length")
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(path)
    shot = browser.screenshot()
    require(len(shot.getcolors(1 << 24)) > 1000, "without scripts there is no map")
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    require(browser.script("return document.querySelectorAll('data').length") == figures, "numbers need scripts")


def check_nasty_names(browser, binary, work):
    box = lambda i: [[[130 + 0.2 * i, 43], [130.2 + 0.2 * i, 43], [130.2 + 0.2 * i, 43.4], [130 + 0.2 * i, 43.4],
                      [130 + 0.2 * i, 43]]]
    (work / "nasty.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"id": f"{i}\"<&>", "name": name},
         "geometry": {"type": "Polygon", "coordinates": box(i)}} for i, name in enumerate(NASTY)]}))
    out = work / "nasty"
    run(binary, "score", "--species", "leopard", "--landscape", "primorye-modis-2019", "--parks",
        work / "nasty.geojson", "--park-id", "id", "--park-name", "name", "--out", out, "--quiet")
    run(binary, "report", out)
    run(binary, "report", out, "--check")
    browser.open(out / "report.html")
    browser.script("document.querySelectorAll('.park-label').forEach(l => l.dispatchEvent(new Event('mouseover')))")
    settle(browser)
    require(browser.script("return window.harm") is None, "a name has run as a script")
    require(browser.script("return document.scripts.length") == 1, "a name has become a script")
    require(browser.script("return document.querySelectorAll('main img').length") == 0, "a name became a picture")
    shown = browser.script("return Array.from(document.querySelectorAll('table.areas tbody th'), h => h.textContent)")
    plain = [name.replace("\n", "\u240a").replace("\u202e", "\u2039U+202E\u203a") for name in NASTY]
    require(shown == plain, f"names are shown as {shown}")
    check_quiet(browser, "the page with nasty names")


def check_blocks(browser, binary, work):
    """A raster of more cells than a map has dots: blocks, and parks that are drawn more finely."""
    side, cell = 5000, 0.0005
    cells = bytearray(side * side)
    for row in range(side):
        # Stripes and squares of a few cells, so that blocks have several categories.
        line = bytes(1 + (column // 3 + row // 5 + (column * row) // 7919) % 10 for column in range(side))
        cells[row * side:(row + 1) * side] = line
    (work / "cover.bil").write_bytes(cells)
    (work / "cover.hdr").write_text(f"nrows {side}\nncols {side}\nnbands 1\nnbits 8\nlayout bil\nulxmap "
                                    f"{130 + cell / 2}\nulymap {45 - cell / 2}\nxdim {cell}\nydim {cell}\n")
    run("gdal_translate", "-q", "-a_srs", "EPSG:4326", "-co", "COMPRESS=DEFLATE", work / "cover.bil", work / "cover.tif")
    blob = lambda x, y, radius: [[[x + radius * (1 + 0.2 * math.sin(7 * a)) * math.cos(a),
                                   y + radius * (1 + 0.2 * math.sin(7 * a)) * math.sin(a)]
                                  for a in (2 * math.pi * i / 300 for i in range(301))]]
    (work / "blobs.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"id": str(i), "name": name},
         "geometry": {"type": "Polygon", "coordinates": blob(*place)}}
        for i, (name, place) in enumerate({"North": (130.6, 44.5, 0.12), "South": (132.0, 43.0, 0.3),
                                           "Beside": (130.84, 44.5, 0.12)}.items())]}))
    scores = ["forest_broadleaf", "forest_mixed", "forest_conifer", "shrub", "meadow", "water", "bare", "cultivated",
              "rice", "built"]
    (work / "cover.json").write_text(json.dumps({
        "species": "cover", "title": "Cover", "version": "1.0.0", "combine": {"rule": "weightedMean", "cap": None},
        "layers": {"landCover": {"weight": 1, "scores": {name: 10 * i * (name != "water") for i, name in enumerate(scores)}}},
        "classes": {"minimum": 30, "medium": 60, "maximum": 80},
        "resistance": {"transform": "negativeExponential", "c": 4, "max": 100}}))
    out = work / "blocks"
    run(binary, "score", "--model", work / "cover.json", "--landcover", work / "cover.tif", "--legend", "ten_categories",
        "--parks", work / "blobs.geojson", "--park-id", "id", "--park-name", "name", "--out", out, "--quiet")
    run(binary, "report", out, "--pdf")
    run(binary, "report", out, "--check")
    check_maps.check(browser, out, "cover", work, 2000, cover=work / "cover.tif")
    pages = int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", out / "report.pdf")).group(1))
    require(pages == 4, f"{pages} printed pages of all parks and three more")
    text = [run("pdftotext", "-f", page, "-l", page, out / "report.pdf", "-") for page in (2, 3)]
    require("Beside" in text[0] and "South" not in text[0], "the page of a park does not name its neighbour alone")
    require("Beside" not in text[1] and "North" not in text[1], "the page of a park names one that is far")
    # Of one park the basemap has the cells, and its own map shows a little more than the one of all.
    alone = work / "alone"
    run("ogr2ogr", "-where", "name='North'", work / "north.geojson", work / "blobs.geojson")
    run(binary, "score", "--model", work / "cover.json", "--landcover", work / "cover.tif", "--legend", "ten_categories",
        "--parks", work / "north.geojson", "--park-id", "id", "--park-name", "name", "--out", alone, "--quiet")
    run(binary, "report", alone)
    run(binary, "report", alone, "--check")
    cover = json.loads(run("gdalinfo", "-json", alone / "basemap/landcover.tif"))
    require(abs(cover["geoTransform"][1] - cell) < 1e-9, "the basemap of a small park does not have its cells")
    check_maps.check(browser, alone, "cover", work, 600, cover=work / "cover.tif")


def check_crowd(browser, binary, work):
    """As many parks as a province has districts, with long names: none touches another."""
    box = lambda x, y: [[[x, y], [x + 0.4, y], [x + 0.4, y + 0.3], [x, y + 0.3], [x, y]]]
    (work / "crowd.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"id": str(i), "name": f"Дальнереченский район {i}"},
         "geometry": {"type": "Polygon", "coordinates": box(131 + 0.45 * (i % 6), 43.2 + 0.35 * (i // 6))}}
        for i in range(34)]}))
    out = work / "crowd"
    run(binary, "score", "--species", "leopard", "--landscape", "primorye-modis-2019", "--parks",
        work / "crowd.geojson", "--park-id", "id", "--park-name", "name", "--out", out, "--quiet")
    run(binary, "report", out)
    check_maps.check_labels(browser, out / "report.html", 15)
    browser.open(out / "report.html")
    pages = check_print(browser, work / "crowd.pdf", 1)
    rows = 0
    for page in range(1, pages + 1):
        text = run("pdftotext", "-layout", "-f", page, "-l", page, work / "crowd.pdf", "-")
        found = re.findall(r"^ *Дальнереченский район(?: \d+)?(?: +[\d.,<]+){5}", text, re.MULTILINE)
        head = re.search(r"area +Not suitable", text)
        require(not found or head, f"page {page} has rows below a head without names: {text[:400]}")
        rows += len(found)
    require(rows >= 34, f"only {rows} rows of the printed table are found")


def check_overlap(browser, binary, work):
    """Land of two parks is drawn as land of a park."""
    box = lambda x, y: [[[x, y], [x + 2, y], [x + 2, y + 1.5], [x, y + 1.5], [x, y]]]
    (work / "overlap.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"id": name, "name": name},
         "geometry": {"type": "Polygon", "coordinates": box(*place)}}
        for name, place in {"West": (131, 43.5), "East": (132, 44), "North": (132.2, 44.4)}.items()]}))
    out = work / "overlap"
    run(binary, "score", "--species", "leopard", "--landscape", "primorye-modis-2019", "--parks",
        work / "overlap.geojson", "--park-id", "id", "--park-name", "name", "--out", out, "--quiet")
    run(binary, "report", out)
    seen = check_maps.check_outside(browser, out / "report.html")
    require(len(seen.get(2, [])) > 20, "the parks do not overlap")
    # Its lake and its sea have heights.
    out = work / "nodata"
    run(binary, "score", "--species", "leopard", "--landscape", "primorye-modis-2019", "--nodata", "landcover=0",
        "--out", out, "--quiet")
    run(binary, "report", out)
    check_maps.check_nodata(browser, out / "report.html")


def main():
    binary, work = sys.argv[1], pathlib.Path(sys.argv[2])
    out = work / "run"
    run(binary, "score", "--species", "all", "--out", out, "--quiet")
    run(binary, "report", out)
    size = (out / "report.html").stat().st_size
    require(size < 5e6, f"the report has {size} bytes")
    first = (out / "report.html").read_bytes()
    shutil.move(out, work / "moved")
    out = work / "moved"
    run(binary, "report", out)
    require((out / "report.html").read_bytes() == first, "made elsewhere the report has other bytes")
    browser = Browser(work / "chromium")
    try:
        for language in ["ru", "zh", "en"]:
            run(binary, "report", out, "--language", language)
            run(binary, "report", out, "--check")
            seconds = check_page(browser, out / "report.html", language)
            count = check_numbers(browser, out)
            check_accessibility(browser)
            check_language(browser, language, out)
            check_tables(browser, language)
            print(f"{language}: opens in {seconds:.2f} s, {count} numbers equal the JSON, fits {WIDTHS}")
        check_sorting(browser)
        check_map(browser)
        check_maps.check_clear_names(browser, out / "report.html", 2)
        check_maps.check(browser, out, "leopard", work, 2000)
        check_hiding(browser)
        check_quiet(browser, "the report")
        sections = browser.script("return document.querySelectorAll('main > section').length")
        pages = check_print(browser, work / "report.pdf", sections)
        check_without_scripts(browser, out / "report.html")
        html = (out / "report.html").read_text()
        (out / "report.html").write_text(re.sub(r"(<data [^>]*>)3,705<", r"\g<1>3,706<", html, count=1))
        require("3,706" in run(binary, "report", out, "--check", code=4), "the check misses a changed number")
        check_nasty_names(browser, binary, work)
        check_blocks(browser, binary, work)
        check_crowd(browser, binary, work)
        check_overlap(browser, binary, work)
    finally:
        browser.close()
    print(f"the report: {size / 1e6:.1f} MB, {pages} pages of A4; sorts, pans, zooms, hides; nothing is asked for")


if __name__ == "__main__":
    main()
