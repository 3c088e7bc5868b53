import RasterCore
