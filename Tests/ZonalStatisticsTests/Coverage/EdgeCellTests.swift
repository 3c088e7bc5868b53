import TestSupport
import Testing

@testable import ZonalStatistics

@Suite("Contributions of edges put together") struct EdgeCellTests {
  @Test("each cell is there once, in order, with the sum of its own", arguments: UInt64(0)..<10)
  func sums(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Rows that are passed a thousand times and rows that are passed twice.
    let cells = (0..<3000).map { _ in
      EdgeCell(
        row: Bool.random(using: &random) ? 7 : Int32.random(in: 0..<900, using: &random),
        column: Int32.random(in: 3..<200, using: &random),
        cover: Int64.random(in: .min ... .max, using: &random),
        area: Int64.random(in: -9...9, using: &random))
    }
    var sums: [SIMD2<Int32>: (Int64, Int64)] = [:]
    for cell in cells {
      let place = SIMD2(cell.row, cell.column)
      let sum = sums[place, default: (0, 0)]
      sums[place] = (sum.0 &+ cell.cover, sum.1 &+ cell.area)
    }
    let gathered = cells.gathered()
    #expect(gathered.count == sums.count)
    for (cell, next) in zip(gathered, gathered.dropFirst()) {
      #expect((cell.row, cell.column) < (next.row, next.column))
    }
    for cell in gathered {
      let sum = sums[SIMD2(cell.row, cell.column)]
      #expect(sum?.0 == cell.cover && sum?.1 == cell.area)
    }
  }
}
