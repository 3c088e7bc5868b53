extension Grid {
  /// Columns and rows of places spread evenly over the grid, its rim included: `steps` + 1 along each axis,
  /// row by row.
  ///
  /// - Parameter spacing: of the lines of this lattice that are taken, every one, or every so many-th: the
  ///   rim and lines across where it divides `steps`.
  public func places(steps: Int, onLinesEvery spacing: Int = 1) -> [Point] {
    (0...steps).flatMap { row in
      (0...steps).compactMap { column in
        guard row.isMultiple(of: spacing) || column.isMultiple(of: spacing) else { return nil }
        return Point(
          x: Double(columns * column) / Double(steps), y: Double(rows * row) / Double(steps))
      }
    }
  }

  /// The same places of a part, counted from the corner of its whole.
  public func placesOnWhole(steps: Int) -> [Point] {
    let (column, row) = (Double(place.column), Double(place.row))
    return places(steps: steps).map { Point(x: $0.x + column, y: $0.y + row) }
  }
}
