"""Elevation and slope of cells by the rules of interface.md §3, each position by PROJ, in float64."""
import numpy as np
from pyproj import Geod, Transformer

from ellipsoid import axes, geographic_base, radians_per_unit


def ground_steps(dem):
    """East and north metres of a step to the next column and to the next row, for every cell."""
    rows, columns = np.arange(dem.rows) + 0.5, np.arange(dem.columns) + 0.5
    if dem.crs.is_geographic:
        a, e2 = axes(dem.crs)
        unit = radians_per_unit(dem.crs)
        latitude = (dem.transform.f + dem.transform.e * rows[:, None]) * unit
        w = np.sqrt(1 - e2 * np.sin(latitude) ** 2)
        east = a / w * np.cos(latitude) * dem.transform.a * unit
        north = a * (1 - e2) / w**3 * dem.transform.e * unit
        zero = np.zeros_like(east)
        return east, zero, zero, north
    # Measured along geodesics at every eighth cell; between them it is linear to far below 1e-6.
    nodes = lambda n: np.append(np.arange(0, n, 8), n - 1) + 0.5 if n > 1 else np.array([0.5])
    c, r = np.meshgrid(nodes(dem.columns), nodes(dem.rows))
    ground = geographic_base(dem.crs)
    a, e2 = axes(ground)
    geod = Geod(a=a, es=e2)
    transformer = Transformer.from_crs(dem.crs, ground, always_xy=True)
    degrees = np.degrees(radians_per_unit(ground))

    def place(dc, dr):
        x, y = transformer.transform(*dem.points(c + dc, r + dr))
        return x * degrees, y * degrees

    def vector(dc, dr):
        azimuth, _, length = geod.inv(*place(0, 0), *place(dc, dr))
        azimuth = np.radians(azimuth)
        return length * np.sin(azimuth), length * np.cos(azimuth)

    found = []
    for dc, dr in [(0.5, 0), (0, 0.5)]:
        (e1, n1), (e2_, n2) = vector(dc, dr), vector(-dc, -dr)
        for values in (e1 - e2_, n1 - n2):
            across = np.array([np.interp(columns, nodes(dem.columns), line) for line in values])
            found.append(np.array(
                [np.interp(rows, nodes(dem.rows), line) for line in across.T]).T)
    ce, cn, re, rn = found
    return ce, cn, re, rn


def extrapolated(z):
    """One cell more on each side, 2·z₀ − z₁, rows first, then columns; NaN where that is undefined."""
    if z.shape[0] > 1:
        north, south = 2 * z[0] - z[1], 2 * z[-1] - z[-2]
    else:
        north = south = np.full(z.shape[1], np.nan)
    z = np.vstack([north, z, south])
    if z.shape[1] > 1:
        west, east = 2 * z[:, 0] - z[:, 1], 2 * z[:, -1] - z[:, -2]
    else:
        west = east = np.full(z.shape[0], np.nan)
    return np.column_stack([west, z, east])


def horn(z, dem):
    """Slope in degrees on the DEM's own grid."""
    p = extrapolated(z)
    at = lambda r, c: (lambda v: np.where(np.isnan(v), z, v))(
        p[1 + r: 1 + r + z.shape[0], 1 + c: 1 + c + z.shape[1]])
    dc = (at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1)) / 8
    dr = (at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1)) / 8
    ce, cn, re, rn = ground_steps(dem)
    # dc = E·ce + N·cn and dr = E·re + N·rn give the gradient (E, N).
    det = ce * rn - cn * re
    east, north = (dc * rn - dr * cn) / det, (dr * ce - dc * re) / det
    return np.where(np.isnan(z), np.nan, np.degrees(np.arctan(np.hypot(east, north))))


def bilinear(values, x, y):
    """At columns x and rows y (cell edges), from valid neighbours that weigh over 1e-6 together."""
    x, y = x - 0.5, y - 0.5
    c, r = np.floor(x), np.floor(y)
    total, weights = np.zeros(x.shape), np.zeros(x.shape)
    rows, columns = values.shape
    for dc, dr, w in [
        (0, 0, (1 - x + c) * (1 - y + r)), (1, 0, (x - c) * (1 - y + r)),
        (0, 1, (1 - x + c) * (y - r)), (1, 1, (x - c) * (y - r)),
    ]:
        cc, rr = c + dc, r + dr
        with np.errstate(invalid="ignore"):
            inside = (cc >= 0) & (rr >= 0) & (cc < columns) & (rr < rows)
        v = np.full(x.shape, np.nan)
        v[inside] = values[rr[inside].astype(int), cc[inside].astype(int)]
        valid = ~np.isnan(v)
        total[valid] += (w * v)[valid]
        weights[valid] += w[valid]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(weights > 1e-6, total / weights, np.nan)


def samples_per_axis(grid, dem):
    """Of the middle cell of the grid as it would be without --extent and --mask."""
    c, r = grid.columns // 2 + 0.5, grid.rows // 2 + 0.5
    x, y = grid.positions_on(
        dem, np.array([c - 0.5, c + 0.5, c, c]), np.array([r, r, r - 0.5, r + 0.5]))
    ratio = max(np.hypot(x[1] - x[0], y[1] - y[0]), np.hypot(x[3] - x[2], y[3] - y[2]))
    return 1 if ratio <= 2 else min(32, int(np.ceil(ratio - 1e-6)))


def sampled(grid, dem, layers, unrestricted=None):
    """Each of `layers` of the DEM for every cell of the grid."""
    n = samples_per_axis(unrestricted or grid, dem)
    sums = [np.zeros((grid.rows, grid.columns)) for _ in layers]
    counts = [np.zeros((grid.rows, grid.columns)) for _ in layers]
    for j in range(n):
        for i in range(n):
            c, r = np.meshgrid(
                np.arange(grid.columns) + (i + 0.5) / n, np.arange(grid.rows) + (j + 0.5) / n)
            x, y = grid.positions_on(dem, c, r)
            for k, layer in enumerate(layers):
                v = bilinear(layer, x, y)
                valid = ~np.isnan(v)
                sums[k][valid] += v[valid]
                counts[k] += valid
    with np.errstate(invalid="ignore", divide="ignore"):
        return [s / k for s, k in zip(sums, counts)], n


def terrain(grid, dems, unrestricted=None):
    """Elevation and slope of every cell from lattices (z, grid), finest first."""
    result, taken = None, []
    for z, dem in dems:
        found, n = sampled(grid, dem, [z, horn(z, dem)], unrestricted)
        taken.append(n)
        result = found if result is None else [
            np.where(np.isnan(a), b, a) for a, b in zip(result, found)]
    return result[0], result[1], taken
