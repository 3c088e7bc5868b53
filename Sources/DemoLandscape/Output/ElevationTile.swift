import RasterCore

/// One degree of heights at 3 arc-seconds, named for its south-west corner.
struct ElevationTile: Sendable {
  static let nodata: Int16 = -32_768

  let longitude: Int
  let latitude: Int

  static var all: [ElevationTile] {
    Frame.tileLatitudes.reversed().flatMap { latitude in
      Frame.tileLongitudes.map { ElevationTile(longitude: $0, latitude: latitude) }
    }
  }

  var name: String { "N\(latitude)E\(longitude).tif" }

  /// Whole metres, row by row from the north-west; nodata where the frame is far.
  func cells(of terrain: Terrain) -> [Int16] {
    let count = Frame.cellsPerDegree
    let margin = Frame.elevationMargin
    return parallelPieces(count) { row in
      let parallel = TransverseMercator.Parallel(
        latitude: Double(latitude + 1) - (Double(row) + 0.5) / Double(count))
      return (0..<count).map { column in
        let point = parallel.point(
          longitude: Double(longitude) + (Double(column) + 0.5) / Double(count))
        guard point.x > Frame.minX - margin, point.x < Frame.maxX + margin,
          point.y > Frame.minY - margin, point.y < Frame.maxY + margin
        else { return Self.nodata }
        return Int16(terrain.height(at: point).rounded())
      }
    }
  }
}
