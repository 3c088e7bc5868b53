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
  private static let (sunEast, sunNorth, sunUp) = (Float(-0.5), Float(0.5), Float(0.5).squareRoot())

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
    func line(_ row: Int) -> [Float] {
      var line = [Float](repeating: .nan, count: columns + 2)
      guard 0..<rows ~= row else { return line }
      for column in 0..<columns where !isWater[row * columns + column] {
        line[column + 1] = heights.cells[row * columns + column]
      }
      return line
    }
    let level = Self.shade(east: 0, north: 0)
    var (above, middle, below) = (line(-1), line(-1), line(0))
    for row in 0..<rows {
      (above, middle, below) = (middle, below, line(row + 1))
      let scale = SIMD2<Float>(exaggeration / (8 * steps[row]))
      let cells = row * columns..<(row + 1) * columns
      unsafe shades.withUnsafeMutableBufferPointer { shades in
        guard let shades = unsafe shades.baseAddress.map({ unsafe $0 + cells.lowerBound }) else {
          return
        }
        unsafe Self.fill(shades, above, middle, below, scale)
      }
      for cell in cells where isWater[cell] && !heights.cells[cell].isNaN { shades[cell] = level }
    }
    return shades
  }

  /// Shades the cells of a row, 0 where there is no height. Without a branch, so that the compiler makes vectors of it.
  ///
  /// - Parameters:
  ///   - scale: from Horn's sums to metres of ascent to a metre.
  private static func fill(
    _ shades: UnsafeMutablePointer<UInt8>, _ above: [Float], _ middle: [Float], _ below: [Float],
    _ scale: SIMD2<Float>
  ) {
    let (alongScale, upScale) = (scale.x, scale.y)
    unsafe above.withUnsafeBufferPointer { above in
      unsafe middle.withUnsafeBufferPointer { middle in
        unsafe below.withUnsafeBufferPointer { below in
          guard let north = above.baseAddress, let here = middle.baseAddress,
            let south = below.baseAddress
          else { return }
          for column in 0..<middle.count - 2 {
            let centre = unsafe here[column &+ 1]
            @inline(__always) func known(_ row: UnsafePointer<Float>, _ step: Int) -> Float {
              let height = unsafe row[column &+ step]
              return height == height ? height : centre
            }
            let (northWest, northEast) = unsafe (known(north, 0), known(north, 2))
            let (southWest, southEast) = unsafe (known(south, 0), known(south, 2))
            // Neighbours are subtracted first, which is exact.
            let east =
              unsafe (northEast - northWest) + 2 * (known(here, 2) - known(here, 0))
              + (southEast - southWest)
            let up =
              unsafe (northWest - southWest) + 2 * (known(north, 1) - known(south, 1))
              + (northEast - southEast)
            let shade = Self.bits(east: east * alongScale, north: up * upScale)
            unsafe shades[column] = UInt8(truncatingIfNeeded: centre == centre ? shade : 0)
          }
        }
      }
    }
  }

  /// - Parameters: metres of ascent to a metre eastwards and northwards.
  static func shade(east: Float, north: Float) -> UInt8 {
    UInt8(truncatingIfNeeded: bits(east: east, north: north))
  }

  /// A number whose last eight bits are the shade: where the last bit of a `Float` counts ones, adding rounds.
  @inline(__always) private static func bits(east: Float, north: Float) -> UInt32 {
    let light =
      (sunUp - east * sunEast - north * sunNorth)
      / (1 + east * east + north * north).squareRoot()
    return (8_388_608 + 1 + 254 * (light > 0 ? light : 0)).bitPattern
  }
}
