"""Every km² of the two tables, and the balance, in many CRSs."""
import numpy as np
import shapely
from pyproj import CRS, Transformer

from areas import table
from ellipsoid import cell_areas, geographic_base
from scene import CATEGORIES, grid_at, read_raster, read_table, write_model, write_parks, write_raster

SINUSOIDAL = "+proj=sinu +R=6371007.181 +units=m +type=crs"
ALBERS = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +datum=WGS84 +type=crs"

# name, CRS, longitude, latitude of the corner, cell, columns, rows, CRS of the parks
SCENES = [
    ("UTM 10 m, 43° N", "EPSG:32652", 131, 43.4, 10, 300, 280, "EPSG:4326"),
    ("UTM 300 m, 60° N", "EPSG:32652", 127, 60.5, 300, 250, 200, "EPSG:4326"),
    ("degrees, 1/1200°, 43° N", "EPSG:4326", 131, 43.4, 1 / 1200, 300, 250, "EPSG:4326"),
    ("degrees, 0.05°, 43° N", "EPSG:4326", 128, 46, 0.05, 120, 80, "EPSG:4326"),
    ("degrees, 0.001°, 60° N, UTM parks", "EPSG:4326", 131, 60.2, 0.001, 260, 240, "EPSG:32652"),
    ("equal area (6933), 43° N", "EPSG:6933", 131, 43.4, 100, 260, 220, "EPSG:4326"),
    ("Albers, 60° N", ALBERS, 131, 60.4, 250, 200, 200, "EPSG:4326"),
    ("Web Mercator, 43° N", "EPSG:3857", 131, 43.4, 38, 300, 300, "EPSG:4326"),
    ("Web Mercator, 60° N, its parks", "EPSG:3857", 131, 60.4, 200, 200, 200, "EPSG:3857"),
    ("UTM 29° off its zone", "EPSG:32652", 100, 45, 500, 200, 220, "EPSG:4326"),
    ("UTM 45° off, 60° N", "EPSG:32652", 84, 60.5, 500, 150, 150, "EPSG:4326"),
    ("UTM, parks Pulkovo 1942", "EPSG:32652", 131, 43.4, 30, 300, 280, "EPSG:4284"),
    ("UTM, parks Beijing 1954", "EPSG:32652", 129, 43.4, 30, 200, 200, "EPSG:4214"),
    ("degrees, parks Pulkovo zone 23", "EPSG:4326", 132, 43.4, 0.0005, 260, 240, "EPSG:28423"),
    ("degrees, parks Korean 1985", "EPSG:4326", 128, 38, 1 / 600, 200, 200, "EPSG:4162"),
    ("degrees, parks NAD27", "EPSG:4326", -110, 38, 1 / 600, 200, 200, "EPSG:4267"),
    ("Křovák, south and west", "EPSG:5513", 15, 49.8, 100, 200, 200, "EPSG:5513"),
    ("Pulkovo zone 23, parks WGS 84", "EPSG:28423", 132, 43.4, 50, 200, 220, "EPSG:4326"),
    ("sinusoidal on a sphere", SINUSOIDAL, 131, 43.4, 463.3127, 200, 200, "EPSG:4326"),
    ("polar stereographic, 75° N", "EPSG:3413", 20, 75.5, 500, 200, 200, "EPSG:4326"),
    ("US feet", "EPSG:2225", -122, 41, 300, 260, 240, "EPSG:4269"),
    ("Laborde (Paris), parks WGS 84", "EPSG:29702", 47, -18, 200, 200, 200, "EPSG:4326"),
    ("NTF grads, parks NTF (Paris)", "EPSG:27572", 2.5, 47, 150, 200, 200, "EPSG:4807"),
]


def star(random, x, y, radius, corners):
    turns = np.sort(random.uniform(0, 2 * np.pi, corners))
    radii = radius * random.uniform(0.4, 1, corners)
    return shapely.make_valid(shapely.Polygon(
        np.column_stack([x + radii * np.cos(turns), y + radii * np.sin(turns)])))


def parks_on(grid, crs, random):
    """Parks in columns and rows of a grid, their corners then moved to another CRS."""
    w, h = grid.columns, grid.rows
    size = min(w, h)
    holed = star(random, w * 0.3, h * 0.7, size * 0.25, 50).difference(
        shapely.Point(w * 0.3, h * 0.7).buffer(size * 0.07))
    shapes = {
        "1": star(random, w * 0.45, h * 0.45, size * 0.4, 60),
        "2": star(random, w * 0.6, h * 0.5, size * 0.3, 30),
        "3": shapely.union_all([holed, star(random, w * 0.85, h * 0.85, size * 0.1, 9)]),
        "4": shapely.Polygon([(40.2, 30.3), (40.7, 30.4), (40.4, 30.8)]),
        "5": shapely.Polygon([(40.7, 60.3), (41.4, 60.4), (41.1, 61.6)]),
        "6": shapely.Polygon([(-w * 0.2, h * 0.1), (w * 0.9, -h * 0.3), (w * 0.4, h * 0.2)]),
        "7": shapely.Polygon([(w * 1.02, h * 0.1), (w * 1.2, h * 0.4), (w * 1.1, h * 0.5)]),
        "10": shapely.box(-1, -1, w + 1, h + 1),
    }
    transformer = Transformer.from_crs(grid.crs, crs, always_xy=True)

    def move(points):
        x, y = grid.points(points[:, 0], points[:, 1])
        return np.column_stack((x, y) if grid.crs == crs else transformer.transform(x, y))

    moved = {key: shapely.transform(shape, move) for key, shape in shapes.items()}
    assert all(shape.is_valid for shape in moved.values())
    return moved


def compare(written, expected, cell, cut={}):
    """Largest difference as a share of what is allowed, likewise of the residual; both ≤ 1 to pass.

    `cut`: how many cells the outline of each park cuts, where `balance-off` warns of the wider bound."""
    worst, balance = 0.0, 0.0
    for key, values in expected.items():
        got = written[key]
        for one, other in zip(got[:-1], values, strict=True):
            worst = max(worst, abs(one - other) / max(3e-6 * abs(other), 4e-6))
        assert abs(got[0] - sum(got[1:-1]) - got[-1]) < 1e-5, "the columns do not add up"
        allowed = 1e-5 * abs(got[0]) + 1e-4 * cell + 4e-6
        balance = max(balance, abs(got[-1]) / max(allowed, 1e-4 * cell * cut.get(key, 0)))
    assert list(written) == list(expected), f"rows {list(written)}"
    return worst, balance


def run(habitat, folder, report):
    for number, (name, crs, lon, lat, cell, columns, rows, parks_crs) in enumerate(SCENES):
        random = np.random.default_rng(1000 + number)
        here = folder / f"areas-{number}"
        grid, parks_crs = grid_at(crs, lon, lat, cell, columns, rows), CRS.from_user_input(parks_crs)
        codes = random.integers(0, 11, (rows, columns)).astype("uint8")
        write_raster(here / "cover.tif", codes, grid, nodata=0)
        parks = parks_on(grid, parks_crs, random)
        write_parks(here / "parks.gpkg", parks, parks_crs)
        model = write_model(here / "cover.json", [82, 100, 65, 40, 30, 0, 60, 10, 5, 80])
        out = habitat.score(
            here, "--model", model, "--landcover", here / "cover.tif", "--legend", "ten_categories",
            "--parks", here / "parks.gpkg", "--park-id", "code", "--allow-gaps")
        classes, written_grid = read_raster(out / "cover_class.tif")
        wanted = np.array([0, 4, 4, 3, 2, 2, 1, 3, 1, 1, 4])[codes]
        assert np.array_equal(classes, wanted), f"{name}: the class raster"
        assert written_grid.transform.almost_equals(grid.transform, 1e-9)
        unit = geographic_base(parks_crs).axis_info[0].unit_conversion_factor
        step = 40 / 6.4e6 / unit if parks_crs.is_geographic else 40 / parks_crs.axis_info[0].unit_conversion_factor
        step *= max(1, cell_size(grid) / 2000)
        rows_of_classes, cell_area = table(parks, parks_crs, step, grid, classes, [1, 2, 3, 4])
        rows_of_codes, _ = table(parks, parks_crs, step, grid, codes, list(range(1, 11)))
        _, by_class = read_table(out / "cover_areas.csv", 4)
        header, by_code = read_table(out / "landcover_areas.csv", 3)
        assert header[1:11] == [f"{key}_km2" for key in CATEGORIES]
        worst, balance = compare(by_class, rows_of_classes, cell_area)
        worst_cover, balance_cover = compare(by_code, rows_of_codes, cell_area)
        report(f"areas: {name}", max(worst, worst_cover), 1, "of the allowed difference")
        report(f"balance: {name}", max(balance, balance_cover), 1, "of the allowed residual")
    whole_raster(habitat, folder, report)
    antimeridian(habitat, folder, report)


def antimeridian(habitat, folder, report):
    """A park cut at 180°, its halves at both ends of the range, measures what the whole one does."""
    crs = CRS.from_epsg(4326)
    whole = shapely.Polygon([(179.85, 65.9), (180.1, 66.0), (180.15, 66.15), (179.9, 66.1)])
    east = shapely.intersection(whole, shapely.box(180, 60, 190, 70))
    halves = shapely.MultiPolygon([
        shapely.intersection(whole, shapely.box(170, 60, 180, 70)),
        shapely.transform(east, lambda points: points - [360, 0])])
    for name, grid in [
        ("degrees", grid_at(crs, 179.8, 66.2, 0.002, 200, 200)),
        ("UTM 1", grid_at("EPSG:32601", 179.95, 66.1, 200, 200, 200)),
        ("UTM 60", grid_at("EPSG:32660", 179.7, 66.2, 200, 200, 200)),
    ]:
        here = folder / f"antimeridian {name}"
        codes = np.random.default_rng(88).integers(0, 11, (200, 200)).astype("uint8")
        write_raster(here / "cover.tif", codes, grid, nodata=0)
        write_parks(here / "parks.gpkg", {"1": halves}, crs)
        model = write_model(here / "cover.json", [82, 100, 65, 40, 30, 0, 60, 10, 5, 80])
        out = habitat.score(
            here, "--model", model, "--landcover", here / "cover.tif", "--legend", "ten_categories",
            "--parks", here / "parks.gpkg", "--park-id", "code", "--allow-gaps")
        classes, _ = read_raster(out / "cover_class.tif")
        expected, cell = table({"1": whole}, crs, 1e-4, grid, classes, [1, 2, 3, 4])
        _, written = read_table(out / "cover_areas.csv", 4)
        worst, balance = compare(written, expected, cell)
        report(f"areas: antimeridian, {name}", worst, 1, "of the allowed difference")
        report(f"balance: antimeridian, {name}", balance, 1, "of the allowed residual")


def cell_size(grid):
    """Metres, roughly."""
    if grid.crs.is_geographic:
        return abs(grid.transform.a) * 111_000
    return abs(grid.transform.a) * grid.crs.axis_info[0].unit_conversion_factor


def whole_raster(habitat, folder, report):
    """Without parks: one row, on the ellipsoid of the grid's datum."""
    here = folder / "areas-raster"
    for name, crs, cell in [("UTM", "EPSG:28423", 500), ("degrees", "EPSG:4284", 0.01)]:
        random = np.random.default_rng(77)
        grid = grid_at(crs, 132, 43, cell, 150, 130)
        codes = random.integers(0, 11, (130, 150)).astype("uint8")
        write_raster(here / "cover.tif", codes, grid, nodata=0)
        model = write_model(here / "cover.json", [82, 100, 65, 40, 30, 0, 60, 10, 5, 80])
        out = habitat.score(
            here, "--model", model, "--landcover", here / "cover.tif", "--legend", "ten_categories")
        classes, _ = read_raster(out / "cover_class.tif")
        areas = cell_areas(grid, geographic_base(grid.crs)) / 1e6
        expected = [areas.sum(), *(areas[classes == c].sum() for c in [1, 2, 3, 4, 0]), 0.0]
        _, written = read_table(out / "cover_areas.csv", 4)
        (row,) = written.values()
        worst = max(abs(a - b) / max(1e-5 * b, 4e-6) for a, b in zip(row[:-1], expected))
        report(f"areas: no parks, {name}", worst, 1, "of the allowed difference")
