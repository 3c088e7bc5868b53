import RasterCore

/// Signed areas of the cells that edges pass, the way antialiasing rasterisers of fonts gather them.
///
/// Every height is rounded once, as a function of its point alone, to a whole number of 2⁻⁵² of a row;
/// heights along a ring then cancel exactly, so cells within a zone are exactly full and cells
/// outside exactly empty. The sums are of whole numbers: the order of rings and points is no matter.
struct EdgeAccumulator {
  private let columns: Double
  private let rows: Double
  private(set) var cells: [EdgeCell] = []
  /// Contributions that are waited for before those to the same cell are put together.
  private var limit = leastLimit

  private static let leastLimit = 1 << 18

  static let one = 4_503_599_627_370_496.0  // 2⁵²

  init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (Double(columns), Double(rows))
  }

  /// Adds an edge from one point in index space to another.
  ///
  /// - Complexity: O(cells passed); O(1) above, below and right of the raster, O(rows) left of it.
  mutating func add(from first: Point, to second: Point) {
    guard first.y != second.y else { return }
    // Downwards whichever way it runs, so that a shared border is cut alike from both its sides.
    let (upper, lower, sign): (Point, Point, Int64) =
      first.y < second.y ? (first, second, 1) : (second, first, -1)
    let (top, bottom) = (max(upper.y, 0), min(lower.y, rows))
    guard top < bottom, min(upper.x, lower.x) < columns else { return }
    let (width, height) = (lower.x - upper.x, lower.y - upper.y)
    let (leftmost, rightmost) = (min(upper.x, lower.x), max(upper.x, lower.x))
    func x(at y: Double) -> Double {
      if y == upper.y { return upper.x }
      if y == lower.y { return lower.x }
      return min(max(upper.x + width * ((y - upper.y) / height), leftmost), rightmost)
    }
    var (row, y) = (top.rounded(.down), top)
    var start = x(at: top)
    while y < bottom {
      let next = min(bottom, row + 1)
      let end = x(at: next)
      add(
        row: Int(row), upper: Point(x: start, y: y - row), lower: Point(x: end, y: next - row),
        sign: sign)
      (row, y, start) = (row + 1, next, end)
    }
    if cells.count > limit {
      // Edges that pass the same cells again and again take no more memory than the cells.
      cells = cells.gathered()
      limit = max(Self.leastLimit, 2 * cells.count)
    }
  }

  /// Adds a piece within one row; y is the share of the way down it, 0…1.
  private mutating func add(row: Int, upper: Point, lower: Point, sign: Int64) {
    let leftToRight = upper.x <= lower.x
    let (left, right) = leftToRight ? (upper, lower) : (lower, upper)
    guard left.x < columns else { return }
    var piece = Piece(
      row: Int32(row), sign: leftToRight ? sign : -sign, place: left,
      height: Self.height(left.y))
    if right.x <= 0 {
      piece.passLeft(to: right.y, into: &cells)
      return
    }
    let (width, rise) = (right.x - left.x, right.y - left.y)
    let (highest, lowest) = (min(left.y, right.y), max(left.y, right.y))
    func y(at x: Double) -> Double {
      min(max(left.y + rise * ((x - left.x) / width), highest), lowest)
    }
    if left.x < 0 {
      piece.passLeft(to: y(at: 0), into: &cells)
      piece.place.x = 0
    }
    var column = piece.place.x.rounded(.down)
    while right.x > column + 1 {
      piece.pass(column, to: Point(x: column + 1, y: y(at: column + 1)), into: &cells)
      column += 1
      guard column < columns else { return }
    }
    piece.pass(column, to: right, into: &cells)
  }

  @inline(__always) fileprivate static func height(_ y: Double) -> Int64 {
    Int64((y * one).rounded())
  }
}

/// A walk along an edge from left to right within one row.
private struct Piece {
  let row: Int32
  let sign: Int64
  var place: Point
  var height: Int64

  /// Goes on to a depth left of the raster: full cover from its first column on.
  mutating func passLeft(to y: Double, into cells: inout [EdgeCell]) {
    let next = EdgeAccumulator.height(y)
    emit(0, cover: next &- height, area: next &- height, into: &cells)
    (place.y, height) = (y, next)
  }

  /// Goes on to a place in the same column.
  mutating func pass(_ column: Double, to end: Point, into cells: inout [EdgeCell]) {
    let next = EdgeAccumulator.height(end.y)
    let cover = next &- height
    let middle = ((place.x - column) + (end.x - column)) / 2
    let area = Double(cover) * (1 - middle)
    emit(Int32(column), cover: cover, area: Int64(area.rounded()), into: &cells)
    (place, height) = (end, next)
  }

  private func emit(_ column: Int32, cover: Int64, area: Int64, into cells: inout [EdgeCell]) {
    guard cover != 0 || area != 0 else { return }
    // Wrapping sums: only the result has to fit, not what many rings add on the way to it.
    if let last = cells.indices.last, cells[last].row == row, cells[last].column == column {
      cells[last].cover &+= sign &* cover
      cells[last].area &+= sign &* area
    } else {
      cells.append(
        EdgeCell(row: row, column: column, cover: sign &* cover, area: sign &* area))
    }
  }
}
