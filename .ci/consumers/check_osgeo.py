"""GDAL's Python module on category names, which GDAL 3.6 reads late."""

import pathlib
import sys

from osgeo import gdal

from checks import check, classes, finish

for argument in sys.argv[1:]:
    folder = pathlib.Path(argument)
    dataset = gdal.Open(str(folder / "leopard_class.tif"))
    band = dataset.GetRasterBand(1)
    # GDAL 3.6 opens the .aux.xml of a GeoTIFF with the first other question to it.
    band.GetDescription()
    names = band.GetCategoryNames()
    check(f"GDAL in Python, {folder.name}: category names once the description was asked for",
          names == [""] + [name for _, name, _ in classes()], names)
finish()
