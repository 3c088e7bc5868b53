"""Small files in the formats in which land cover is distributed, with the names, layers and metadata that the
products have. Every raster holds the codes of `CODES` in vertical stripes."""
import pathlib

import numpy

#: IGBP classes, and two hundred columns of them.
IGBP = [1, 2, 4, 5, 8, 9, 10, 12, 13, 17]
LCCS = [10, 30, 60, 70, 90, 100, 120, 130, 190, 210]


def stripes(codes, rows=60, columns=80, kind="uint8"):
    picks = numpy.array(codes, dtype=kind)[numpy.arange(columns) * len(codes) // columns]
    return numpy.repeat(picks[None, :], rows, axis=0)


def struct_metadata(grid, columns, rows, upper_left, lower_right, projection, fields):
    """What the HDF-EOS library writes about a grid, in its object description language."""
    listed = "".join(
        '\t\t\tOBJECT=DataField_%d\n\t\t\t\tDataFieldName="%s"\n\t\t\t\tDataType=DFNT_UINT8\n'
        '\t\t\t\tDimList=("YDim","XDim")\n\t\t\tEND_OBJECT=DataField_%d\n' % (i, name, i)
        for i, name in enumerate(fields, 1))
    return (
        "GROUP=SwathStructure\nEND_GROUP=SwathStructure\nGROUP=GridStructure\n\tGROUP=GRID_1\n"
        '\t\tGridName="%s"\n\t\tXDim=%d\n\t\tYDim=%d\n\t\tUpperLeftPointMtrs=(%f,%f)\n'
        "\t\tLowerRightMtrs=(%f,%f)\n\t\t%s\n\t\tGROUP=Dimension\n\t\tEND_GROUP=Dimension\n"
        "\t\tGROUP=DataField\n%s\t\tEND_GROUP=DataField\n\t\tGROUP=MergedFields\n"
        "\t\tEND_GROUP=MergedFields\n\tEND_GROUP=GRID_1\nEND_GROUP=GridStructure\n"
        "GROUP=PointStructure\nEND_GROUP=PointStructure\nEND\n" % (
            grid, columns, rows, *upper_left, *lower_right, projection, listed))


def hdf_eos(path, grid, layers, upper_left, lower_right, projection):
    """An HDF4 file with one HDF-EOS grid of bytes."""
    import pyhdf.HDF
    import pyhdf.SD
    import pyhdf.V  # noqa: F401 (adds vgstart)
    import pyhdf.VS  # noqa: F401

    rows, columns = next(iter(layers.values())).shape
    file = pyhdf.SD.SD(str(path), pyhdf.SD.SDC.WRITE | pyhdf.SD.SDC.CREATE)
    file.attr("HDFEOSVersion").set(pyhdf.SD.SDC.CHAR, "HDFEOS_V2.19")
    text = struct_metadata(
        grid, columns, rows, upper_left, lower_right, projection, list(layers))
    file.attr("StructMetadata.0").set(pyhdf.SD.SDC.CHAR, text.ljust(32000, "\0"))
    references = []
    for name, cells in layers.items():
        data = file.create(name, pyhdf.SD.SDC.UINT8, (rows, columns))
        data.dim(0).setname("YDim:" + grid)
        data.dim(1).setname("XDim:" + grid)
        data.attr("long_name").set(pyhdf.SD.SDC.CHAR, name)
        data.attr("_FillValue").set(pyhdf.SD.SDC.UINT8, 255)
        data[:] = cells
        references.append(data.ref())
        data.endaccess()
    file.end()
    # The library looks for the fields through groups of groups.
    whole = pyhdf.HDF.HDF(str(path), pyhdf.HDF.HC.WRITE)
    groups = whole.vgstart()
    fields = groups.create("Data Fields")
    fields._class = "GRID Vgroup"
    for reference in references:
        fields.add(pyhdf.HDF.HC.DFTAG_NDG, reference)
    attributes = groups.create("Grid Attributes")
    attributes._class = "GRID Vgroup"
    outer = groups.create(grid)
    outer._class = "GRID"
    outer.insert(fields)
    outer.insert(attributes)
    for group in (fields, attributes, outer):
        group.detach()
    groups.end()
    whole.close()


def mcd12q1(folder):
    """Tile h26v04 of MCD12Q1 at 30 times its cell size: Primorye lies in it."""
    path = folder / "MCD12Q1.A2019001.h26v04.061.2022169160720.hdf"
    side = 1111950.519667
    left, top = -20015109.354 + 26 * side, 10007554.677 - 4 * side
    layers = {"LC_Type1": stripes(IGBP), "LC_Type2": stripes([0, 1, 4, 5, 8, 10, 12, 13])}
    for name in ("LC_Type3", "LC_Prop1", "QC", "LW"):
        layers[name] = stripes([1, 2, 3])
    hdf_eos(
        path, "MCD12Q1", layers, (left, top), (left + side, top - side),
        "Projection=GCTP_SNSOID\n\t\tProjParams=(6371007.181000,0,0,0,0,0,0,0,0,0,0,0,0)\n"
        "\t\tSphereCode=-1\n\t\tGridOrigin=HDFE_GD_UL")
    return path


def mcd12c1(folder):
    """The global grid of MCD12C1 at 4.5° instead of 0.05°."""
    path = folder / "MCD12C1.A2019001.061.2022170020638.hdf"
    layers = {
        "Majority_Land_Cover_Type_1": stripes([0, 1, 4, 5, 8, 10, 12, 13, 15, 16], 40, 80),
        "Majority_Land_Cover_Type_1_Assessment": stripes(list(range(0, 100, 10)), 40, 80),
        "Majority_Land_Cover_Type_2": stripes([0, 1, 4], 40, 80),
    }
    # Degrees in GCTP's packed form: dddmmmsss.ss.
    hdf_eos(
        path, "MOD12C1", layers, (-180000000.0, 90000000.0), (180000000.0, -90000000.0),
        "Projection=GCTP_GEO\n\t\tGridOrigin=HDFE_GD_UL")
    return path


def c3s(folder):
    """The NetCDF of C3S land cover: classes, flags, bounds and a CRS."""
    import netCDF4

    path = folder / "C3S-LC-L4-LCCS-Map-300m-P1Y-2020-v2.1.1.nc"
    file = netCDF4.Dataset(path, "w")
    file.title = "Land Cover Map of C3S"
    file.id = path.stem
    rows, columns, step = 60, 80, 1 / 360
    for name, size in (("time", 1), ("lat", rows), ("lon", columns)):
        file.createDimension(name, size)
    time = file.createVariable("time", "f8", ("time",))
    time.units, time.standard_name = "days since 1970-01-01 00:00:00", "time"
    time[:] = 18262
    for name, first, size, sign in (("lat", 43.5, rows, -1), ("lon", 131.0, columns, 1)):
        axis = file.createVariable(name, "f8", (name,))
        axis.standard_name = {"lat": "latitude", "lon": "longitude"}[name]
        axis.units = {"lat": "degrees_north", "lon": "degrees_east"}[name]
        axis[:] = first + sign * step * (numpy.arange(size) + 0.5)
    crs = file.createVariable("crs", "i4")
    crs.wkt = (
        'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]')
    crs.grid_mapping_name = "latitude_longitude"
    for name, kind in (
        ("lccs_class", "u1"), ("processed_flag", "i1"), ("current_pixel_state", "i1"),
        ("observation_count", "u2"), ("change_count", "u1"),
    ):
        layer = file.createVariable(name, kind, ("time", "lat", "lon"), fill_value=0)
        layer.grid_mapping = "crs"
        if name == "lccs_class":
            layer.long_name = "Land cover class defined in LCCS"
            layer.flag_meanings = "no_data cropland_rainfed"
            layer.valid_min, layer.valid_max = numpy.uint8(1), numpy.uint8(220)
        layer[0] = stripes(LCCS if name == "lccs_class" else [1, 2], kind=kind)
    file.close()
    return path


if __name__ == "__main__":
    import sys

    for make in (mcd12q1, mcd12c1, c3s):
        print(make(pathlib.Path(sys.argv[1])))
