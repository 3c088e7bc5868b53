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
    for row in 0..<rows {
      let scale = exaggeration / (8 * steps[row])
      for column in 0..<columns {
        let centre = heights[column, row]
        guard !centre.isNaN else { continue }
        guard !isWater[row * columns + column] else {
          shades[row * columns + column] = Self.shade(east: 0, north: 0)
          continue
        }
        func height(_ right: Int, _ down: Int) -> Double {
          let (c, r) = (column + right, row + down)
          guard (0..<columns).contains(c), (0..<rows).contains(r) else { return Double(centre) }
          let height = heights[c, r]
          return Double(height.isNaN || isWater[r * columns + c] ? centre : height)
        }
        let east =
          height(1, -1) + 2 * height(1, 0) + height(1, 1)
          - (height(-1, -1) + 2 * height(-1, 0) + height(-1, 1))
        let north =
          height(-1, -1) + 2 * height(0, -1) + height(1, -1)
          - (height(-1, 1) + 2 * height(0, 1) + height(1, 1))
        shades[row * columns + column] = Self.shade(east: east * scale.x, north: north * scale.y)
      }
    }
    return shades
  }

  /// - Parameters: metres of ascent to a metre eastwards and northwards.
  static func shade(east: Double, north: Double) -> UInt8 {
    let normal = SIMD3(-east, -north, 1)
    let light = (normal * sun).sum() / (normal * normal).sum().squareRoot()
    return UInt8((1 + 254 * max(0, light)).rounded())
  }
}
