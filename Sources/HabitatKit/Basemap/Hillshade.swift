import Foundation
import RasterCore

/// Relief under a sun in the north-west, 45° high, as cartographers draw it.
///
/// Source: Horn (1981), *Proceedings of the IEEE* 69(1), 14–47: his gradient over eight neighbours and the
/// cosine law; stored as `gdaldem hillshade` does, 1 for shadow to 255 for full light, 0 for no height.
struct Hillshade {
  /// Heights are multiplied by this.
  let exaggeration: Double

  /// Wide cells smooth hills away: their heights are raised so that relief stays visible.
  ///
  /// - Parameter cell: metres along a side.
  init(cell: Double) {
    // Slopes fade with about the third root of the cell; 30 m is what maps of whole mountains use.
    exaggeration = min(max(pow(cell / 30, 1.0 / 3), 1), 20)
  }

  /// Towards the sun: east, north, up.
  private static let sun = SIMD3(-0.5, 0.5, 0.5.squareRoot())

  /// - Parameters:
  ///   - heights: metres, NaN where there is none; a missing neighbour counts as the cell itself.
  ///   - isWater: cells that are level, whatever their heights: those of many models are of the sea's floor.
  ///   - steps: by row, metres from one cell to its eastern and to its southern neighbour.
  func shades(
    of heights: Raster<Float>, isWater: [Bool], steps: [SIMD2<Double>]
  ) -> [UInt8] {
    let (columns, rows) = (heights.columns, heights.rows)
    var shades = [UInt8](repeating: 0, count: columns * rows)
    /// A row that counts for its neighbours, with a missing cell at either end.
    func line(_ row: Int) -> [Double] {
      var line = [Double](repeating: .nan, count: columns + 2)
      guard 0..<rows ~= row else { return line }
      for column in 0..<columns where !isWater[row * columns + column] {
        line[column + 1] = Double(heights.cells[row * columns + column])
      }
      return line
    }
    let level = Self.shade(east: 0, north: 0)
    var (above, middle, below) = (line(-1), line(-1), line(0))
    for row in 0..<rows {
      (above, middle, below) = (middle, below, line(row + 1))
      let scale = exaggeration / (8 * steps[row])
      let (north, here, south) = (above.span, middle.span, below.span)
      for column in 0..<columns {
        let index = row * columns + column
        let centre = here[column + 1]
        guard !centre.isNaN else {
          if isWater[index], !heights.cells[index].isNaN { shades[index] = level }
          continue
        }
        func known(_ height: Double) -> Double { height.isNaN ? centre : height }
        let (northWest, northEast) = (known(north[column]), known(north[column + 2]))
        let (southWest, southEast) = (known(south[column]), known(south[column + 2]))
        let east =
          northEast + 2 * known(here[column + 2]) + southEast
          - (northWest + 2 * known(here[column]) + southWest)
        let up =
          northWest + 2 * known(north[column + 1]) + northEast
          - (southWest + 2 * known(south[column + 1]) + southEast)
        shades[index] = Self.shade(east: east * scale.x, north: up * scale.y)
      }
    }
    return shades
  }

  /// - Parameters: metres of ascent to a metre eastwards and northwards.
  static func shade(east: Double, north: Double) -> UInt8 {
    let normal = SIMD3(-east, -north, 1)
    let light = (normal * sun).sum() / (normal * normal).sum().squareRoot()
    // Truncated a half further on, so rounded.
    return UInt8(1.5 + 254 * max(0, light))
  }
}
