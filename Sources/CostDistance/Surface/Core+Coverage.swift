package import RasterCore

extension Core {
  /// The cell that an outline covers the most of, for a core so small or narrow that no cell's centre lies in it; the
  /// first row by row of several.
  ///
  /// - Parameter outline: valid, in columns and rows of the grid; holes run against their shells.
  /// - Returns: `nil` where the outline lies beyond the grid or has no area.
  package static func mostCoveredCell(
    by outline: PolygonShape, columns: Int, rows: Int
  ) -> GridCell? {
    guard let box = outline.extent else { return nil }
    func cells(_ least: Double, _ greatest: Double, _ count: Int) -> Range<Int> {
      let first = max(0, min(Double(count), least.rounded(.down)))
      let end = max(first, min(Double(count), greatest.rounded(.up)))
      return Int(first)..<Int(end)
    }
    var (most, place) = (0.0, GridCell?.none)
    for row in cells(box.minY, box.maxY, rows) {
      let band = outline.rings.map { $0.clipped(\.y, to: row) }
      for column in cells(box.minX, box.maxX, columns) {
        let area = band.reduce(0) { $0 + $1.clipped(\.x, to: column).signedArea }
        if abs(area) > most { (most, place) = (abs(area), GridCell(row: row, column: column)) }
      }
    }
    return place
  }
}

extension [Point] {
  /// The ring within a row or column of cells (Sutherland and Hodgman 1974, *Communications of the ACM* 17(1), 32–42).
  /// Where that parts it, the parts stay joined along the border, which adds no area.
  fileprivate func clipped(_ axis: WritableKeyPath<Point, Double>, to index: Int) -> [Point] {
    let lower = Double(index)
    return clipped(axis, at: lower) { $0 >= lower }.clipped(axis, at: lower + 1) { $0 <= lower + 1 }
  }

  private func clipped(
    _ axis: WritableKeyPath<Point, Double>, at bound: Double, _ isInside: (Double) -> Bool
  ) -> [Point] {
    guard var from = last else { return [] }
    var ring: [Point] = []
    for to in self {
      let (one, other) = (from[keyPath: axis], to[keyPath: axis])
      if isInside(one) != isInside(other) {
        let share = (bound - one) / (other - one)
        var point = Point(
          x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y))
        point[keyPath: axis] = bound
        ring.append(point)
      }
      if isInside(other) { ring.append(to) }
      from = to
    }
    return ring
  }
}
