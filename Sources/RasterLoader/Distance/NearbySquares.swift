public import RasterCore

/// Squares of cells of a grid's whole that may lie near a part of it on the ground, across the seam of a map,
/// too.
public struct NearbySquares: Sendable {
  /// Cells along a side.
  public static let side = 256

  /// Columns and rows of squares, counted from the whole's corner.
  public struct Square: Hashable, Sendable {
    public let column: Int
    public let row: Int

    public init(column: Int, row: Int) { (self.column, self.row) = (column, row) }

    /// The square of a cell.
    public init(holdingColumn column: Int, row: Int) {
      let side = NearbySquares.side
      self.init(
        column: column.roundedDown(toMultipleOf: side) / side,
        row: row.roundedDown(toMultipleOf: side) / side)
    }

    public var cells: Window {
      let side = NearbySquares.side
      return Window(column: column * side, row: row * side, columns: side, rows: side)
    }
  }

  public private(set) var squares: Set<Square> = []

  /// - Parameters:
  ///   - limit: metres beyond which no distance from the part's cells matters.
  ///   - ground: longitude and latitude on the ellipsoid that is measured on.
  /// - Throws: `.input`, slug `no-transform`.
  public init(
    around part: Grid, limit: Double, ground: CoordinateReferenceSystem
  ) throws(HabitatError) {
    let whole = part.whole
    let field = try GroundField(of: whole, on: ground)
    let margin = limit + 2 * DistanceSource.pieceLength(on: whole)
    let targets = Self.balls(of: part.place, field)
    // The least power of two times the side that holds the whole, then quarters of it.
    var size = Self.side
    while size < max(whole.columns, whole.rows) { size *= 2 }
    var open = [Window(column: 0, row: 0, columns: size, rows: size)]
    while let square = open.popLast() {
      guard let cells = square.intersection(whole.window),
        let ball = Ball(of: cells, field),
        targets.contains(where: { $0.distance(to: ball) <= margin })
      else { continue }
      let half = square.columns / 2
      if half < Self.side {
        squares.insert(Square(holdingColumn: square.column, row: square.row))
        continue
      }
      for (column, row) in [(0, 0), (half, 0), (0, half), (half, half)] {
        open.append(
          Window(
            column: square.column + column, row: square.row + row, columns: half, rows: half))
      }
    }
  }

  /// Balls that hold the cells of a window.
  private static func balls(of window: Window, _ field: borrowing GroundField) -> [Ball] {
    var parts = [window]
    for _ in 0..<6 {
      parts = parts.flatMap { $0.cellCount > 1 ? $0.halves : [$0] }
    }
    return parts.compactMap { Ball(of: $0, field) }
  }

  /// A ball in space that holds all cells of a window; without end where some have no place on the Earth.
  private struct Ball {
    private let middle: SIMD3<Double>
    private let radius: Double

    /// `nil` where no cell looked at has a place.
    init?(of cells: Window, _ field: borrowing GroundField) {
      let steps = 6
      let places = field.places(
        of: (0...steps).flatMap { row in
          (0...steps).map { column in
            Point(
              x: Double(cells.column) + Double(cells.columns * column) / Double(steps),
              y: Double(cells.row) + Double(cells.rows * row) / Double(steps))
          }
        })
      let known = places.filter(\.x.isFinite)
      guard !known.isEmpty else { return nil }
      middle = known.reduce(.zero, +) / Double(known.count)
      guard known.count == places.count else {
        radius = .infinity
        return
      }
      var (farthest, spacing) = (0.0, 0.0)
      for (index, place) in places.enumerated() {
        farthest = max(farthest, (place - middle).length)
        if index % (steps + 1) < steps {
          spacing = max(spacing, (places[index + 1] - place).length)
        }
        if index + steps + 1 < places.count {
          spacing = max(spacing, (places[index + steps + 1] - place).length)
        }
      }
      radius = farthest + spacing
    }

    /// Metres between the surfaces, below 0 where they overlap.
    func distance(to other: Ball) -> Double {
      (middle - other.middle).length - radius - other.radius
    }
  }
}
