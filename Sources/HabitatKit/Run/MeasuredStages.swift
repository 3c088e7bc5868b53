package import RasterCore
package import RasterLoader
import RunFolder

/// Stages of a run that no caller needs alone, for the benchmark to time.
package enum MeasuredStages {
  /// The overviews of a tile of classes.
  ///
  /// - Returns: the number of their cells.
  package static func overviews(of tile: [UInt8], columns: Int, grid: Grid) -> Int {
    let pyramid = Pyramid(codes: tile, columns: columns, halvings: Strip.halvings(of: grid))
    return pyramid.levels.dropFirst().reduce(0) { $0 + $1.cells.count }
  }

  /// Reads the parks and measures their coverage of the grid and their areas.
  ///
  /// - Returns: the sum of their areas in m².
  /// - Throws: `.input`.
  package static func parks(
    of layer: Landscape.VectorLayer, on grid: Grid
  ) throws(HabitatError) -> Double {
    let collection = try ParkCollection(reading: layer)
    let zones = try ParkZones(collection.parks, crs: collection.crs, on: grid)
    return zones.areas.reduce(0, +)
  }

  /// The digests of files, one after another.
  ///
  /// - Returns: the number of their bytes.
  /// - Throws: `.input`.
  package static func digests(of paths: [String]) throws(HabitatError) -> Int {
    var bytes = 0
    for path in paths { bytes += try InputFile(layer: "input", path: path).record().bytes }
    return bytes
  }
}
