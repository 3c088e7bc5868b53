"""The table of km² per park: exact planar shares of cells times the cells' areas on the ellipsoid."""
import numpy as np
import shapely
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource
from pyproj import Transformer

from ellipsoid import cell_areas, geographic_base, polygon_area


def placed(shape, source, target, step):
    """A shape in another CRS, its edges cut so finely that chords follow their curves."""
    if source == target:
        return shape
    shape = shapely.segmentize(shape, step)
    transformer = Transformer.from_crs(source, target, always_xy=True)
    return shapely.transform(shape, lambda xy: np.column_stack(transformer.transform(*xy.T)))


def shares(shape, grid):
    """Indices of the cells that a shape of the grid's CRS touches, and the share of each inside it."""
    west, south, east, north = grid.bounds
    cells = np.arange(grid.rows * grid.columns, dtype="int32").reshape(grid.rows, grid.columns)
    source = NumPyRasterSource(cells, west, south, east, north)
    feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)}
    found = exact_extract(source, [feature], ["values", "coverage"])[0]["properties"]
    index, share = found["values"], found["coverage"]
    if index is None or len(index) == 0:
        return np.array([], int), np.array([], float)
    return np.asarray(index, int), np.asarray(share, float)


def cut_cells(parks, parks_crs, step, grid):
    """How many cells the outline of each park cuts, and of their union."""
    rows = {**parks, "Total": shapely.union_all(list(parks.values()))}
    found = {}
    for park_id, shape in rows.items():
        share = shares(placed(shape, parks_crs, grid.crs, step), grid)[1]
        found[park_id] = int(((share > 0) & (share < 1)).sum())
    return found


def balance(shape, parks_crs, step, grid, codes, classes, areas):
    """park, one value per code of `classes`, nodata (code 0), outside; km²."""
    ground = geographic_base(parks_crs)
    on_grid = placed(shape, parks_crs, grid.crs, step)
    beyond = shapely.difference(on_grid, shapely.box(*grid.bounds))
    index, share = shares(on_grid, grid)
    found = np.bincount(codes.ravel()[index], share * areas.ravel()[index], minlength=max(classes) + 1)
    grid_step = abs(grid.transform.a) / 8
    outside = polygon_area(beyond, grid.crs, ground, grid_step) if not beyond.is_empty else 0.0
    park = polygon_area(shape, parks_crs, ground, step)
    return [v / 1e6 for v in [park, *(found[c] for c in classes), found[0], outside]]


def table(parks, parks_crs, step, grid, codes, classes):
    """Rows by park id, then the union of all."""
    areas = cell_areas(grid, geographic_base(parks_crs))
    row = lambda shape: balance(shape, parks_crs, step, grid, codes, classes, areas)
    rows = {park_id: row(shape) for park_id, shape in parks.items()}
    rows["Total"] = row(shapely.union_all(list(parks.values())))
    return rows, areas.max() / 1e6
