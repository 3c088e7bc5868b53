"""Areas on an ellipsoid, by the integral of y dλ where y is the authalic ordinate (m² per radian)."""
import numpy as np
import shapely
from pyproj import CRS, Transformer


def geographic_base(crs):
    """A derived one, such as that of a rotated pole, stands on its base."""
    base = crs if crs.is_geographic else crs.geodetic_crs
    return base.source_crs if base.is_derived else base


def axes(crs):
    """Semi-major axis and squared eccentricity."""
    ellipsoid = crs.ellipsoid
    inverse = ellipsoid.inverse_flattening
    f = 1 / inverse if inverse else 0.0
    return ellipsoid.semi_major_metre, f * (2 - f)


def radians_per_unit(geographic):
    return geographic.axis_info[0].unit_conversion_factor


def ordinate(latitude, crs):
    """species-models.md §7: area between the equator and a latitude, per radian of longitude."""
    a, e2 = axes(crs)
    s = np.sin(latitude)
    if e2 == 0:
        return a * a * s
    e = np.sqrt(e2)
    return a * a * (1 - e2) / 2 * (s / (1 - e2 * s * s) + np.log((1 + e * s) / (1 - e * s)) / (2 * e))


def to_radians(x, y, source, ground):
    """Longitude and latitude on `ground`'s datum, in radians."""
    if source != ground:
        x, y = Transformer.from_crs(source, ground, always_xy=True).transform(x, y)
    unit = radians_per_unit(ground)
    return np.asarray(x) * unit, np.asarray(y) * unit


def strips(longitude, latitude, ground):
    """∫ y dλ along each step of polylines (last axis)."""
    y = ordinate(latitude, ground)
    step = np.diff(longitude)
    step -= 2 * np.pi * np.round(step / (2 * np.pi))
    return (y[..., :-1] + y[..., 1:]) / 2 * step


def polygon_area(shape, source, ground, step):
    """m² of a shape whose edges are straight in `source`; `step` is the length edges are cut to."""
    total = 0.0
    for polygon in shapely.get_parts(shape):
        if polygon.geom_type != "Polygon":
            continue
        for index, ring in enumerate([polygon.exterior, *polygon.interiors]):
            x, y = shapely.get_coordinates(shapely.segmentize(ring, step)).T
            area = abs(strips(*to_radians(x, y, source, ground), ground).sum())
            total += area if index == 0 else -area
    return total


def cell_areas(grid, ground, cuts=6):
    """m² of every cell. Closed form on the ground's own datum, else from outlines cut into pieces."""
    t = grid.transform
    if grid.crs == ground:
        unit = radians_per_unit(ground)
        y = ordinate((t.f + t.e * np.arange(grid.rows + 1)) * unit, ground)
        return np.repeat(np.abs(np.diff(y))[:, None] * abs(t.a) * unit, grid.columns, axis=1)
    columns, rows = np.arange(grid.columns + 1), np.arange(grid.rows + 1)
    fine = lambda n: np.arange(n * cuts + 1) / cuts
    c, r = np.meshgrid(fine(grid.columns), rows)
    along = strips(*to_radians(t.c + t.a * c, t.f + t.e * r, grid.crs, ground), ground)
    along = along.reshape(grid.rows + 1, grid.columns, cuts).sum(2)
    r, c = np.meshgrid(fine(grid.rows), columns)
    down = strips(*to_radians(t.c + t.a * c, t.f + t.e * r, grid.crs, ground), ground)
    down = down.reshape(grid.columns + 1, grid.rows, cuts).sum(2).T
    return np.abs(along[:-1] + down[:, 1:] - along[1:] - down[:, :-1])
