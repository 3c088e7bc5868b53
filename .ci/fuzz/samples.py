"""Small sound inputs of every kind the program reads, and how each is given to it."""
import csv
import dataclasses
import json
import pathlib
import struct
import zlib

import numpy as np
import pyogrio.raw
import rasterio
import rasterio.shutil
import shapely
from rasterio.transform import Affine

COLUMNS, ROWS = 120, 100
PLACE = Affine(0.01, 0, 130, 0, -0.01, 44)
KEYS = (
    "forest_broadleaf forest_mixed forest_conifer shrub meadow water bare cultivated rice built"
).split()


@dataclasses.dataclass
class Kind:
    """One kind of input: the file to damage and the options that make the program read it."""
    name: str
    file: str
    options: list
    # Only the bytes of compressed blocks are hit, each of which holds a check sum: such damage must be seen.
    is_checked: bool = False
    command: str = "score"


def cover():
    draw = np.random.default_rng(1)
    column, row = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))
    return (1 + (column // 7 + row // 5 + draw.integers(0, 2, column.shape)) % 10).astype("uint8")


def heights():
    column, row = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))
    return (200 + 3 * column + 2 * row + 40 * np.sin(column / 5)).astype("int16")


def raster(path, values, nodata, **profile):
    profile = {"driver": "GTiff", "crs": "EPSG:4326", "transform": PLACE, **profile}
    with rasterio.open(
        path, "w", width=COLUMNS, height=ROWS, count=1, dtype=values.dtype, nodata=nodata, **profile,
    ) as file:
        file.write(values, 1)


TILED = {"tiled": True, "blockxsize": 64, "blockysize": 32}


def rasters(folder):
    codes, metres = cover(), heights()
    forms = {
        "deflate.tif": {"compress": "deflate"}, "plain.tif": {}, "lzw.tif": {"compress": "lzw", "predictor": 2, **TILED},
        "zstd.tif": {"compress": "zstd", **TILED}, "big.tif": {"compress": "deflate", "bigtiff": "yes", **TILED},
        "picture.png": {"driver": "PNG", "worldfile": "yes"},
        "cover.img": {"driver": "HFA"}, "worldfile.tif": {"compress": "deflate", "tfw": "yes", "profile": "baseline"},
    }
    for name, form in forms.items():
        raster(folder / name, codes, 0, **form)
    copies = {
        "cog.tif": {"driver": "COG", "compress": "deflate", "blocksize": 128}, "cover.vrt": {"driver": "VRT"},
        "cover.asc": {"driver": "AAIGrid"},
        "cover.nc": {"driver": "netCDF", "format": "NC4", "compress": "deflate"},
    }
    for name, form in copies.items():
        rasterio.shutil.copy(folder / "plain.tif", folder / name, **form)
    (folder / "worldfile.tif.aux.xml").unlink()  # it would take the world file's place
    raster(folder / "dem.tif", metres, -32768, compress="deflate", predictor=2, **TILED)
    raster(folder / "float.tif", metres.astype("float32"), -9999, compress="deflate", predictor=3, **TILED)
    column, row = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))
    raster(folder / "mask.tif", ((column - 60) ** 2 + (row - 50) ** 2 < 300).astype("uint8"), 255, compress="deflate", **TILED)
    raster(folder / "leaf.tif", (column // 20).astype("uint8") % 6, 255, compress="deflate")
    aside = folder / "aside.tif.aux.xml"
    raster(folder / "aside.tif", codes, 0, compress="deflate")
    aside.write_text(
        '<PAMDataset>\n  <Metadata><MDI key="AREA_OR_POINT">Area</MDI></Metadata>\n'
        '  <PAMRasterBand band="1">\n    <Description>land cover</Description>\n'
        '    <NoDataValue>0</NoDataValue>\n  </PAMRasterBand>\n</PAMDataset>\n')


def outlines():
    ring = np.array([[130.2, 43.4], [130.8, 43.4], [130.7, 43.8], [130.2, 43.7], [130.2, 43.4]])
    hole = np.array([[130.4, 43.5], [130.5, 43.5], [130.45, 43.6], [130.4, 43.5]])
    shapes = [shapely.Polygon(ring + [0.1 * n, 0], [hole + [0.1 * n, 0]]) for n in (1, 2, 3)]
    shapes[2] = shapely.MultiPolygon([shapes[2], shapely.box(130.05, 43.1, 130.15, 43.2)])
    return shapes


VECTORS = {
    "parks.geojson": "GeoJSON", "parks.gpkg": "GPKG", "parks.shp": "ESRI Shapefile", "parks.fgb": "FlatGeobuf",
    "parks.kml": "KML", "parks.gml": "GML", "parks.tab": "MapInfo File", "parks.sqlite": "SQLite",
}


def vectors(folder):
    shapes = np.array([shapely.to_wkb(shape) for shape in outlines()], dtype=object)
    fields = [np.array([1, 2, 3], "int32"), np.array(["Park 1", "Парк 2", "公园 3"], dtype=object)]
    for name, driver in VECTORS.items():
        options = {"encoding": "UTF-8"} if driver in ("ESRI Shapefile", "MapInfo File") else {}
        pyogrio.raw.write(
            folder / name, geometry=shapes, field_data=fields, fields=["code", "name"], layer="parks",
            geometry_type="Unknown" if driver in ("KML", "GML", "SQLite") else "MultiPolygon" if "shp" not in name else "Polygon",
            crs="EPSG:4326", driver=driver, **options)
    with open(folder / "parks.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["WKT", "code", "name"])
        writer.writerows([shape.wkt, n + 1, f"Park {n + 1}"] for n, shape in enumerate(outlines()))
    lines = np.array([shapely.to_wkb(shapely.LineString([(130 + n / 9, 43.05), (130.3 + n / 9, 43.95)])) for n in range(5)], dtype=object)
    pyogrio.raw.write(
        folder / "roads.gpkg", geometry=lines, field_data=[np.arange(5)], fields=["n"], geometry_type="LineString",
        crs="EPSG:4326", driver="GPKG", layer="roads")
    places = np.array([shapely.to_wkb(shapely.Point(130.1 + n / 8, 43.5)) for n in range(6)], dtype=object)
    pyogrio.raw.write(
        folder / "villages.geojson", geometry=places, field_data=[np.arange(6)], fields=["n"], geometry_type="Point",
        crs="EPSG:4326", driver="GeoJSON")


def nodes_and_ways():
    nodes = [(n + 1, 130 + (n % 12) / 13, 43.05 + (n // 12) / 11) for n in range(96)]
    ways = [(w + 1, list(range(12 * w + 1, 12 * w + 13)), "primary") for w in range(8)]
    return nodes, ways


def osm_xml(path):
    nodes, ways = nodes_and_ways()
    text = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6" generator="samples">']
    text += [f'  <node id="{i}" version="1" lat="{lat:.7f}" lon="{lon:.7f}"/>' for i, lon, lat in nodes]
    for i, refs, kind in ways:
        text += [f'  <way id="{i}" version="1">', *(f'    <nd ref="{ref}"/>' for ref in refs),
                 f'    <tag k="highway" v="{kind}"/>', "  </way>"]
    path.write_text("\n".join([*text, "</osm>", ""]))


def varint(number):
    out = bytearray()
    while True:
        out.append(number & 127 | (128 if number > 127 else 0))
        number >>= 7
        if not number:
            return bytes(out)


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def zigzag(numbers):
    last, out = 0, b""
    for number in numbers:
        step, last = number - last, number
        out += varint(step << 1 if step >= 0 else (-step << 1) - 1)
    return out


def osm_pbf(path):
    """By the format's description: a header block, dense nodes, ways; each blob packed by zlib."""
    def blob(kind, data):
        body = field(2, len(data)) + field(3, zlib.compress(data))
        head = field(1, kind) + field(3, len(body))
        return struct.pack(">I", len(head)) + head + body

    nodes, ways = nodes_and_ways()
    strings = b"".join(field(1, word) for word in (b"", b"highway", b"primary"))
    dense = field(1, zigzag([i for i, _, _ in nodes]))
    dense += field(8, zigzag([round(lat * 1e7) for _, _, lat in nodes]))
    dense += field(9, zigzag([round(lon * 1e7) for _, lon, _ in nodes]))
    lines = b"".join(
        field(3, field(1, i) + field(2, varint(1)) + field(3, varint(2)) + field(8, zigzag(refs))) for i, refs, _ in ways)
    header = field(4, b"OsmSchema-V0.6") + field(4, b"DenseNodes") + field(5, b"Sort.Type_then_ID")
    path.write_bytes(
        blob(b"OSMHeader", header) + blob(b"OSMData", field(1, strings) + field(2, field(2, dense)))
        + blob(b"OSMData", field(1, strings) + field(2, lines)))


def texts(folder):
    rows = ["code,label,category_id,category,note"] + [f"{n + 1},{key},{n + 1},{key}," for n, key in enumerate(KEYS)]
    (folder / "legend.csv").write_text("\n".join(rows) + "\n")
    (folder / "legend.txt").write_text(";".join(f"{n}={n}" for n in range(1, 11)) + ";NO_DATA=0;DEFAULT=0")
    (folder / "legend.rules").write_text("".join(f"{n} = {n} {KEYS[n - 1]}\n" for n in range(1, 11)) + "* = NULL\n")
    model = {
        "species": "cat", "title": "A cat", "version": "1",
        "layers": {
            "landCover": {"weight": 0.4, "scores": {key: 8 * i + 10 for i, key in enumerate(KEYS)}},
            "elevation": {"weight": 0.2, "unit": "m", "curve": [[0, 10], [400, 90], [900, 20]]},
            "slope": {"weight": 0.1, "unit": "deg", "curve": [[0, 20], [20, 100], [60, 0]]},
            "roads": {"weight": 0.2, "unit": "m", "curve": [[0, 5], [6000, 100]], "optional": True},
            "settlements": {"weight": 0.1, "unit": "m", "curve": [[0, 5], [9000, 100]], "optional": True},
        },
        "classes": {"minimum": 30, "medium": 60, "maximum": 80},
    }
    (folder / "model.json").write_text(json.dumps(model, indent=1))
    landscape = {
        "name": "Fuzz", "landCover": {"tiles": ["plain.tif"], "legend": "legend.csv"},
        "elevation": {"tiles": ["dem.tif"]},
        "parks": {"path": "parks.gpkg", "layer": "parks", "id": "code", "name": "name"},
    }
    (folder / "landscape.json").write_text(json.dumps(landscape, indent=1))


def make(folder):
    folder = pathlib.Path(folder)
    rasters(folder)
    vectors(folder)
    osm_xml(folder / "roads.osm")
    osm_pbf(folder / "roads.osm.pbf")
    texts(folder)


def kinds():
    own = ["--landscape", "landscape.json"]
    land = lambda name: [*own, "--landcover", name, "--legend", "legend.csv"]
    parks = lambda name: [
        *own, "--parks", name, "--park-id", "code", *(["--assume-crs", "parks=EPSG:4326"] if name.endswith("csv") else [])]
    found = [Kind(name, name, land(name)) for name in (
        "deflate.tif", "plain.tif", "lzw.tif", "zstd.tif", "big.tif", "cog.tif", "cover.vrt", "cover.img",
        "cover.nc", "cover.asc")]
    found += [
        Kind("picture.png", "picture.png", [*land("picture.png"), "--assume-crs", "landcover=EPSG:4326"]),
        Kind("world file", "worldfile.tfw", [*land("worldfile.tif"), "--assume-crs", "landcover=EPSG:4326"]),
        Kind("side file", "aside.tif.aux.xml", land("aside.tif")),
        Kind("heights", "dem.tif", own),
        Kind("water mask", "mask.tif", [*own, "--water", "mask.tif"]),
        Kind("forest type", "leaf.tif", [*own, "--forest-type", "leaf.tif"]),
    ]
    checked = {
        "deflate.tif": land("deflate.tif"), "big.tif": land("big.tif"), "cog.tif": land("cog.tif"),
        "dem.tif": own, "float.tif": [*own, "--dem", "float.tif"], "mask.tif": [*own, "--water", "mask.tif"],
    }
    found += [Kind(f"blocks of {name}", name, options, is_checked=True) for name, options in checked.items()]
    found += [Kind(name, name, parks(name)) for name in [*VECTORS, "parks.csv"]]
    found += [Kind(f"shapefile {end}", f"parks.{end}", parks("parks.shp")) for end in ("shx", "dbf", "prj", "cpg")]
    found += [Kind(f"MapInfo {end}", f"parks.{end}", parks("parks.tab")) for end in ("map", "dat", "id")]
    found += [
        Kind("roads", "roads.gpkg", [*own, "--roads", "roads.gpkg"]),
        Kind("OSM XML", "roads.osm", [*own, "--roads", "roads.osm"]),
        Kind("OSM PBF", "roads.osm.pbf", [*own, "--roads", "roads.osm.pbf"]),
        Kind("blocks of OSM PBF", "roads.osm.pbf", [*own, "--roads", "roads.osm.pbf"], is_checked=True),
        Kind("villages", "villages.geojson", [*own, "--settlements", "villages.geojson"]),
        Kind("legend as CSV", "legend.csv", own),
        Kind("legend as mapping", "legend.txt", [*own, "--legend", "legend.txt", "--landcover", "plain.tif"]),
        Kind("legend as rules", "legend.rules", [*own, "--legend", "legend.rules", "--landcover", "plain.tif"]),
        Kind("model", "model.json", own),
        Kind("landscape", "landscape.json", own),
        Kind("record", "done/manifest.json", ["done"], command="report"),
        Kind("class raster", "done/cat_class.tif", ["done"], command="report"),
        Kind("table", "done/cat_areas.json", ["done"], command="report"),
        Kind("record, verified", "done/manifest.json", ["done"], command="verify"),
    ]
    return found


def block_bytes(path):
    """The first and last byte (exclusive) of the compressed blocks of a TIFF, or of the last blob of a PBF."""
    if path.suffix == ".pbf":
        data = path.read_bytes()
        return data.index(b"\x78\x9c", data.rindex(b"OSMData")) + 2, len(data)
    with rasterio.open(path) as file:
        band, (height, width) = file.tags, file.block_shapes[0]
        places = []
        for row in range(-(-file.height // height)):
            for column in range(-(-file.width // width)):
                offset, size = (
                    file.get_tag_item(f"BLOCK_{what}_{column}_{row}", "TIFF", bidx=1) for what in ("OFFSET", "SIZE"))
                if offset:
                    places.append((int(offset), int(offset) + int(size)))
    return max(places, key=lambda place: place[1] - place[0])
