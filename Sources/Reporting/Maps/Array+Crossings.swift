import RasterCore

extension [Point] {
  /// Where a line meets an upright edge, one place a piece, in its order.
  func crossings(ofX edge: Double) -> [Point] { crossings(of: edge, \.x) }

  /// Where a line meets a level edge.
  func crossings(ofY edge: Double) -> [Point] { crossings(of: edge, \.y) }

  private func crossings(of edge: Double, _ axis: KeyPath<Point, Double>) -> [Point] {
    zip(self, dropFirst()).compactMap { a, b in
      let (from, to) = (a[keyPath: axis], b[keyPath: axis])
      guard from != to, (from - edge) * (to - edge) <= 0 else { return nil }
      let share = (edge - from) / (to - from)
      return Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
    }
  }
}
