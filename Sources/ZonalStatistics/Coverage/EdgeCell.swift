/// What the edges of a zone contribute to one cell, in units of 2⁻⁵² of a cell.
struct EdgeCell {
  var row: Int32
  var column: Int32
  /// Signed height of the edges in this cell: what each cell further right gains.
  var cover: Int64
  /// Signed area right of those edges within this cell.
  var area: Int64
}

extension [EdgeCell] {
  /// By row, then by column, each cell once with the sum of its contributions.
  ///
  /// The sums wrap: only the result has to fit, not what many rings add on the way to it.
  ///
  /// - Complexity: O(*n*) in rows whose cells are passed more often than they are many; else a row of *k*
  ///   takes O(*k* log *k*), which is few.
  func gathered() -> [EdgeCell] {
    guard var first = self.first?.row else { return [] }
    var last = first
    for cell in self { (first, last) = (Swift.min(first, cell.row), Swift.max(last, cell.row)) }
    var starts = [Int](repeating: 0, count: Int(last - first) + 2)
    for cell in self { starts[Int(cell.row - first) + 1] += 1 }
    for row in 1..<starts.count { starts[row] += starts[row - 1] }
    var (sorted, free) = (self, starts)
    for cell in self {
      sorted[free[Int(cell.row - first)]] = cell
      free[Int(cell.row - first)] += 1
    }
    var (sums, count) = ([EdgeCell?](), 0)
    for row in 0..<starts.count - 1 {
      // What is gathered stands before what is not yet.
      count = sorted.gatherRow(starts[row]..<starts[row + 1], to: count, &sums)
    }
    sorted.removeLast(sorted.count - count)
    return sorted
  }

  /// Moves the gathered cells of one row to `count` and those after.
  ///
  /// - Parameter sums: room that is left empty, for the next row.
  /// - Returns: the number of gathered cells, this row's among them.
  private mutating func gatherRow(
    _ range: Range<Int>, to count: Int, _ sums: inout [EdgeCell?]
  ) -> Int {
    guard var west = self[range].first?.column else { return count }
    var east = west
    for cell in self[range] {
      (west, east) = (Swift.min(west, cell.column), Swift.max(east, cell.column))
    }
    var count = count
    if Int(east - west) < range.count {
      while sums.count <= Int(east - west) { sums.append(nil) }
      for cell in self[range] {
        let place = Int(cell.column - west)
        if sums[place] == nil { sums[place] = cell } else { sums[place]!.add(cell) }
      }
      for place in 0...Int(east - west) {
        guard let sum = sums[place] else { continue }
        self[count] = sum
        sums[place] = nil
        count += 1
      }
      return count
    }
    self[range].sort { $0.column < $1.column }
    let start = count
    for index in range {
      if count > start, self[count - 1].column == self[index].column {
        self[count - 1].add(self[index])
      } else {
        self[count] = self[index]
        count += 1
      }
    }
    return count
  }
}

extension EdgeCell {
  fileprivate mutating func add(_ other: EdgeCell) {
    cover &+= other.cover
    area &+= other.area
  }
}
