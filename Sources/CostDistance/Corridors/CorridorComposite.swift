/// All corridors of a network in one raster: the least value of any, and whose it is.
///
/// A link counts in its own corridor only, so that each is cut at its own threshold. Of several links of the same
/// value, as it is written, the first counts: in whatever order corridors are added, the outcome is the same.
package struct CorridorComposite: Sendable {
  package let columns: Int
  package let rows: Int
  private var values: [Float]
  /// 0 = none, 1 = the first link.
  private var links: [UInt16]

  /// The most links that can be told apart.
  package static let mostLinks = Int(UInt16.max)

  package init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    values = Array(repeating: .infinity, count: columns * rows)
    links = Array(repeating: 0, count: columns * rows)
  }

  /// - Parameter link: from 0 to below `mostLinks`, each once.
  package mutating func add(_ corridor: Corridor, link: Int) {
    precondition((0..<Self.mostLinks).contains(link))
    let number = UInt16(link + 1)
    for run in corridor.runs {
      var index = run.row * columns + run.columns.lowerBound
      for value in corridor.values(of: run) {
        if value < values[index] || value == values[index] && number < links[index] {
          (values[index], links[index]) = (value, number)
        }
        index += 1
      }
    }
  }

  /// `nil` outside of all corridors.
  package subscript(cell: GridCell) -> (value: Float, link: Int)? {
    let index = cell.row * columns + cell.column
    return links[index] == 0 ? nil : (values[index], Int(links[index]) - 1)
  }

  /// Of a row, infinite outside of all corridors.
  package func values(ofRow row: Int) -> ArraySlice<Float> {
    values[row * columns..<(row + 1) * columns]
  }

  /// Of a row: 0 = none, 1 = the first link.
  package func links(ofRow row: Int) -> ArraySlice<UInt16> {
    links[row * columns..<(row + 1) * columns]
  }
}
