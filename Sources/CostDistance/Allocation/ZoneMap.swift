/// Which core each cell of a grid is nearest to.
package struct ZoneMap: Sendable {
  /// Of the cores, in rising order.
  package let ids: [Int]
  private let grid: PaddedGrid
  /// By cell of the padded grid: 0 = none, 1 = the first core.
  var ranks: [UInt32]

  init(_ grid: PaddedGrid, ids: [Int]) {
    precondition(zip(ids, ids.dropFirst()).allSatisfy(<), "cores come in rising order, each once")
    (self.grid, self.ids) = (grid, ids)
    ranks = Array(repeating: 0, count: grid.count)
  }

  /// The core's number; `nil` where no core is reached from.
  package subscript(cell: GridCell) -> Int? {
    let rank = ranks[grid.index(cell)]
    return rank == 0 ? nil : ids[Int(rank) - 1]
  }

  /// Of a row: 0 = none, 1 = the first of `ids`.
  package func ranks(ofRow row: Int) -> ArraySlice<UInt32> {
    let first = grid.index(row: row, column: 0)
    return ranks[first..<first + grid.columns]
  }

  /// The pairs of cores whose zones touch, at corners included, in rising order.
  package var adjacentPairs: [CorePair] {
    var pairs: Set<CorePair> = []
    // The same pair meets along a whole border.
    var last: (UInt32, UInt32) = (0, 0)
    for row in 0..<grid.rows {
      let first = grid.index(row: row, column: 0)
      for cell in first..<first + grid.columns {
        let rank = ranks[cell]
        guard rank != 0 else { continue }
        for other in [
          ranks[cell + 1], ranks[cell + grid.stride - 1], ranks[cell + grid.stride],
          ranks[cell + grid.stride + 1],
        ] where other != 0 && other != rank && last != (rank, other) {
          last = (rank, other)
          pairs.insert(CorePair(ids[Int(rank) - 1], ids[Int(other) - 1]))
        }
      }
    }
    return pairs.sorted()
  }
}

/// Two cores by their numbers.
package struct CorePair: Hashable, Comparable, Sendable {
  /// The lower number.
  package let first: Int
  package let second: Int

  package init(_ one: Int, _ other: Int) { (first, second) = (min(one, other), max(one, other)) }

  package static func < (one: CorePair, other: CorePair) -> Bool {
    (one.first, one.second) < (other.first, other.second)
  }
}
