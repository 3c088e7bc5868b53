import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Overviews of a tile") struct PyramidTests {
  /// The rule in plain words: the code that comes most often of four, nodata only where there is nothing
  /// else, the first from the north-west of equals.
  static func plainMode(_ codes: [UInt8]) -> UInt8 {
    var best: (code: UInt8, count: Int) = (0, 0)
    for code in codes where code != 0 {
      let count = codes.filter { $0 == code }.count
      if count > best.count { best = (code, count) }
    }
    return best.code
  }

  /// The four cells under a cell of the next level, those beyond the rim being the last within.
  static func under<Cell>(_ column: Int, _ row: Int, _ cells: [Cell], _ columns: Int) -> [Cell] {
    let rows = cells.count / columns
    return [(0, 0), (1, 0), (0, 1), (1, 1)].map { dx, dy in
      cells[min(2 * row + dy, rows - 1) * columns + min(2 * column + dx, columns - 1)]
    }
  }

  @Test("codes join to the most frequent", arguments: [(8, 8), (7, 5), (1, 1), (13, 2), (2, 9)])
  func codes(columns: Int, rows: Int) {
    var random = SeededGenerator(seed: UInt64(columns * 100 + rows))
    var level = (0..<columns * rows).map { _ in UInt8.random(in: 0...6, using: &random) }
    let pyramid = Pyramid(codes: level, columns: columns, halvings: 3)
    #expect(pyramid.levels[0].cells == level)
    var width = columns
    for halved in pyramid.levels.dropFirst() {
      #expect(halved.columns == (width + 1) / 2)
      for row in 0..<halved.rows {
        for column in 0..<halved.columns {
          let four = Self.under(column, row, level, width)
          #expect(halved[column, row] == Self.plainMode(four), "of \(four)")
        }
      }
      (level, width) = (halved.cells, halved.columns)
    }
  }

  @Test("amounts join to the mean of those that have a value")
  func amounts() {
    let cells: [Float] = [
      10, 20, -1,  //
      30, -1, -1,
      -1, 4, 6,
    ]
    let pyramid = Pyramid(amounts: cells, columns: 3, halvings: 2)
    // (10 + 20 + 30) ÷ 3; nothing; 4 twice at the southern rim; 6 four times in the corner.
    #expect(pyramid.levels[1].cells == [20, -1, 4, 6])
    #expect(pyramid.levels[2].cells == [10])
  }
}
