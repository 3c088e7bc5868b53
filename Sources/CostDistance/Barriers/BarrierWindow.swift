import RasterCore

/// A round place, restored at once, that is moved over the land: the ring of its outermost cells.
///
/// The ring has the cells whose centres lie further than the radius less one cell and no further than the radius from
/// that of the place (McRae et al. 2012, *PLoS ONE* 7(12): e52604).
package struct BarrierWindow: Hashable, Sendable {
  /// In the unit of the steps.
  package let radius: Double

  /// - Precondition: `radius` > 0.
  package init(radius: Double) {
    precondition(radius > 0 && radius.isFinite)
    self.radius = radius
  }

  /// The cells of a row that belong to the ring, by how far west and east of its middle they lie.
  struct Span: Hashable {
    let row: Int
    let columns: ClosedRange<Int>
  }

  /// The ring around a cell of `row`, as far as there are rows. Where cells are not square a ring is as thick as a cell
  /// is long, so that it has no holes.
  ///
  /// - Parameter southings: of `steps`.
  func spans(around row: Int, steps: StepLengths, southings: [Double]) -> [Span] {
    // Sums of lengths are rounded; a cell on the circle belongs to it.
    let rounding = 1e-9 * radius
    let neighbours = [row - 1, row].filter(steps.south.indices.contains).map { steps.south[$0] }
    let cell = neighbours.reduce(steps.east[row], max)
    let (outer, inner) = (radius + rounding, radius - cell + rounding)
    var spans: [Span] = []
    func add(_ other: Int) -> Bool {
      let south = abs(southings[other] - southings[row])
      guard south <= outer else { return false }
      let east = (steps.east[row] + steps.east[other]) / 2
      let last = Int(((outer * outer - south * south).squareRoot() / east).rounded(.down))
      var first = 0
      if inner >= south {
        first = Int(((inner * inner - south * south).squareRoot() / east).rounded(.down)) + 1
      }
      if first <= last { spans.append(Span(row: other, columns: first...last)) }
      return true
    }
    for other in stride(from: row, through: 0, by: -1) where !add(other) { break }
    for other in stride(from: row + 1, to: steps.rows, by: 1) where !add(other) { break }
    return spans
  }
}
