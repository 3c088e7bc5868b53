import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import RasterLoader

/// The oracle of the kernel is one sample after another from its valid neighbours.
@Suite("Bilinear values along a line")
struct BilinearKernelTests {
  static let window = Window(column: 1000, row: 2000, columns: 40, rows: 30)

  /// Heights of a random block in metres to the centimetre; one cell in `voids` has none.
  static func block(seed: UInt64, voids: Double) -> ElevationBlock {
    var random = SeededGenerator(seed: seed)
    var heights = PaddedHeights()
    heights.clear(for: window)
    for cell in 0..<(window.columns + 2) * (window.rows + 2) {
      if Double.random(in: 0..<1, using: &random) < voids { continue }
      heights.cells[cell] = Float(Int.random(in: -5000...250_000, using: &random)) / 100
    }
    var block = ElevationBlock()
    block.fill(window, heights: heights, metric: nil)
    return block
  }

  /// Lines within the block, across its edges and beside it; some bent, some through cell centres.
  static func line(_ random: inout SeededGenerator) -> PositionLine {
    func number(_ range: ClosedRange<Double>) -> Double {
      let value = Double.random(in: range, using: &random)
      return Bool.random(using: &random) ? value : (2 * value).rounded() / 2
    }
    return PositionLine(
      constant: SIMD2(number(995...1040), number(1995...2032)),
      linear: SIMD2(number(-1...1), number(-1...1)),
      square: Bool.random(using: &random) ? .zero : SIMD2(number(-0.01...0.01), 0.001))
  }

  @Test("a line is sampled like its places one by one, to the last bit", arguments: UInt64(0)..<20)
  func lines(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let block = Self.block(seed: seed, voids: seed % 2 == 0 ? 0 : 0.03)
    var (compared, differing) = (0, 0)
    for _ in 0..<300 {
      let line = Self.line(&random)
      let first = Int.random(in: 0..<64, using: &random)
      let numbers = first..<Int.random(in: first + 1...64, using: &random)
      var heights = [Float](repeating: 0, count: numbers.count)
      var slopes = heights
      block.withSampler { sampler in
        unsafe heights.withUnsafeMutableBufferPointer { heights in
          unsafe slopes.withUnsafeMutableBufferPointer { slopes in
            unsafe sampler.fill(
              numbers, of: line, heights: heights.baseAddress!, slopes: slopes.baseAddress!)
          }
        }
        for number in numbers {
          let (place, column, row) = line.place(of: number)
          let value = sampler.value(at: SIMD2<Double>(place), from: (column, row))
          let height = heights[number - numbers.lowerBound]
          compared += height.isNaN ? 0 : 1
          differing +=
            height.bitPattern == value.x.bitPattern || value.x.isNaN && height.isNaN ? 0 : 1
          differing += slopes[number - numbers.lowerBound].isNaN == value.y.isNaN ? 0 : 1
        }
      }
    }
    #expect(differing == 0)
    #expect(compared > 1000)
  }

  @Test("the places of a line are the positions it is made of, to 3e-5 cells")
  func places() {
    var random = SeededGenerator(seed: 9)
    var worst = 0.0
    for _ in 0..<2000 {
      func random2(_ size: Double) -> SIMD2<Double> {
        SIMD2(.random(in: -size...size, using: &random), .random(in: -size...size, using: &random))
      }
      let (constant, linear, square) = (random2(1e6), random2(15), random2(0.01))
      let line = PositionLine(constant: constant, linear: linear, square: square)
      for number in 0..<64 {
        let exact = constant + Double(number) * (linear + Double(number) * square)
        let (place, column, row) = line.place(of: number)
        let position = SIMD2<Double>(place) + SIMD2(Double(column), Double(row)) + 0.5
        worst = max(worst, abs(position.x - exact.x), abs(position.y - exact.y))
        #expect(column >= line.column && row >= line.row)
      }
    }
    #expect(worst < 3e-5)
  }

  /// The DEM's own grid is copied; the same cells in a grid of another name are sampled.
  @Test("a DEM on the grid gives its cells and their slopes as sampling them does")
  func coincidence() throws {
    try TemporaryFolder.with { folder in
      let dem = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 100, columns: 40, rows: 35)
      try TerrainSamplerTests.hills(dem, seed: 4, voids: 0).write(
        to: folder.path("dem.tif"), on: dem, nodata: -32768)
      let tile = try TerrainSamplerTests.tile(folder.path("dem.tif"))
      // Four cells further east and two further north, reaching beyond the DEM on two sides.
      let grid = try Grid.northUp(
        "EPSG:32652", west: 640_400, north: 4_800_200, step: 100, columns: 40, rows: 35)
      let field = try PositionField(from: grid, to: dem)
      #expect(field.coincidence?.columns == 4 && field.coincidence?.rows == -2)
      // A millimetre off there is no coincidence, and shares are 1e-5 of a cell.
      let near = try Grid.northUp(
        "EPSG:32652", west: 640_400.0015, north: 4_800_200, step: 100, columns: 40, rows: 35)
      #expect(try PositionField(from: near, to: dem).coincidence == nil)
      let copied = try TerrainSamplerTests.sample(
        ElevationSource([tile], sampledOn: grid), grid.window)
      let sampled = try TerrainSamplerTests.sample(
        ElevationSource([tile], sampledOn: near), grid.window)
      let tolerances = (height: 0.02, slope: 0.005)  // 1.5e-5 of steps of up to 700 m and 90°
      #expect(
        TerrainSamplerTests.difference(copied.elevation, sampled.elevation.map(Double.init))
          < tolerances.height)
      #expect(
        TerrainSamplerTests.difference(copied.slope, sampled.slope.map(Double.init))
          < tolerances.slope)
      #expect(copied.elevation.prefix(80).allSatisfy { $0.isNaN })
    }
  }
}
