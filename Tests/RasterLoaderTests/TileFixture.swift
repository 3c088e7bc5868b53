import GeoIO
import RasterCore
import RasterLoader
import TestSupport

extension Raster where Cell: RasterCell {
  /// Writes the raster and inspects it as a tile.
  func tile(
    _ name: String, in folder: TemporaryFolder, on grid: Grid, typeName: String? = nil,
    nodata: Double? = nil, options: [String] = []
  ) throws -> RasterTile {
    try write(
      to: folder.path(name), on: grid, typeName: typeName, nodata: nodata, options: options)
    return try RasterTile.inspect(folder.path(name))
  }
}

extension RasterTile {
  static func inspect(
    _ path: String, as layer: String = "landcover", _ corrections: Corrections = .init()
  ) throws -> RasterTile {
    try RasterTile(
      inspecting: path, layer: layer, corrections,
      unknownDatum: CoordinateReferenceSystem(userInput: "EPSG:4326"))
  }
}
