/// The barriers of all links of a network in one raster.
package struct BarrierComposite: Sendable {
  package enum Across: Sendable {
    /// Of all links the one that gains the most.
    case greatest
    /// Gains of all links, added up.
    case sum
  }

  package let columns: Int
  package let rows: Int
  private let across: Across
  private var scores: [Float]
  /// The greatest of one link: whose a cell's window and link are.
  private var greatest: [Float]
  private var windows: [UInt8]
  /// 0 = none, 1 = the first link.
  private var links: [UInt16]

  package init(columns: Int, rows: Int, across: Across) {
    (self.columns, self.rows, self.across) = (columns, rows, across)
    scores = Array(repeating: 0, count: columns * rows)
    greatest = across == .sum ? scores : []
    windows = Array(repeating: 0, count: columns * rows)
    links = Array(repeating: 0, count: columns * rows)
  }

  /// Takes a row of a link's barriers; those that gain nothing are left out.
  ///
  /// Links come in rising order, so that sums are the same and of links that gain alike the first one counts.
  package mutating func add(_ barriers: [Barrier?], row: Int, link: Int) {
    precondition(barriers.count == columns && link < CorridorComposite.mostLinks)
    for (column, barrier) in barriers.enumerated() {
      guard let barrier, barrier.score > 0 else { continue }
      let index = row * columns + column
      let score = Float(barrier.score)
      precondition(links[index] < link + 1, "links come in rising order, each once")
      if score > (across == .sum ? greatest[index] : scores[index]) {
        (windows[index], links[index]) = (UInt8(barrier.window), UInt16(link + 1))
        if across == .sum { greatest[index] = score } else { scores[index] = score }
      }
      if across == .sum { scores[index] += score }
    }
  }

  /// `nil` where no link gains. `window`, `link` and `greatest` are those of the link that gains the most; `score` is
  /// the sum where sums were asked for.
  package subscript(
    cell: GridCell
  ) -> (score: Float, greatest: Float, window: Int, link: Int)? {
    let index = cell.row * columns + cell.column
    guard links[index] > 0 else { return nil }
    return (
      scores[index], across == .sum ? greatest[index] : scores[index], Int(windows[index]),
      Int(links[index]) - 1
    )
  }

  /// Of a row; 0 where no link gains.
  package func scores(ofRow row: Int) -> ArraySlice<Float> {
    scores[row * columns..<(row + 1) * columns]
  }

  /// The cells of the highest scores, highest first; of several that are alike the first row by row.
  package func top(_ count: Int) -> [GridCell] {
    let order = { [scores] (one: Int, other: Int) in
      (scores[other], one) < (scores[one], other)
    }
    var top: [Int] = []
    for index in scores.indices where scores[index] > 0 {
      if top.count == count, let last = top.last, !order(index, last) { continue }
      var place = top.count
      while place > 0, order(index, top[place - 1]) { place -= 1 }
      top.insert(index, at: place)
      if top.count > count { top.removeLast() }
    }
    return top.map { GridCell(row: $0 / columns, column: $0 % columns) }
  }
}
