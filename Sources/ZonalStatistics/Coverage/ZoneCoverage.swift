public import RasterCore

/// The share of each cell of a grid that lies in a zone.
///
/// Stored as runs of equal shares, so that memory goes with the length of the border, not with the
/// area. A function of the shape alone: rings, points and directions may come in any order.
public struct ZoneCoverage: Hashable, Sendable {
  /// Of the grid.
  public let columns: Int
  /// Of the grid.
  public let rows: Int
  /// The rows that hold runs.
  public let rowRange: Range<Int>
  /// Every cell in full, without a run stored.
  public let isWholeRaster: Bool
  /// Of each row of `rowRange` the index of its first run, and the number of runs.
  private let starts: [Int]
  private let runs: [CoverageRun]

  /// The zone of every cell of a grid.
  public static func wholeRaster(columns: Int, rows: Int) -> ZoneCoverage {
    ZoneCoverage(wholeRasterOf: columns, rows)
  }

  init(columns: Int, rows: Int, rowRange: Range<Int>, starts: [Int], runs: [CoverageRun]) {
    (self.columns, self.rows, self.rowRange) = (columns, rows, rowRange)
    (isWholeRaster, self.starts, self.runs) = (false, starts, runs)
  }

  private init(wholeRasterOf columns: Int, _ rows: Int) {
    (self.columns, self.rows, rowRange) = (columns, rows, 0..<rows)
    (isWholeRaster, starts, runs) = (true, [], [])
  }

  /// The coverage of a shape in the CRS of a grid.
  public init(
    of shape: PolygonShape, in grid: Grid
  ) {
    let rings = shape.rings.map { ring in ring.map { grid.index(of: $0) } }
    self.init(
      indexRings: rings, columns: grid.columns, rows: grid.rows)
  }

  /// The coverage of rings in index space: x counts columns, y rows **downwards**, and cell
  /// (column, row) is the square from (column, row) to (column + 1, row + 1).
  ///
  /// Exact but for rounding of 1e-15 of a cell an edge, then of 2⁻³¹ a cell; what rounding leaves over
  /// becomes neither a run nor a hole.
  ///
  /// - Parameters:
  ///   - rings: closed rings, the first point not repeated, all finite. Holes run against their
  ///     shells; which of the two is clockwise is no matter, for the signed areas of all rings sum to
  ///     that of the shells. They may reach beyond the grid. Land covered twice counts once per cell.
  /// - Complexity: O(*v* + *b* log *b*) in time and O(*b*) in memory for *v* points and *b* passages of an
  ///   edge through a cell; edges left of the raster count one a row.
  public init(
    indexRings rings: [[Point]], columns: Int, rows: Int
  ) {
    precondition(
      (0...Int(Int32.max)).contains(columns) && (0...Int(Int32.max)).contains(rows),
      "a grid has at most 2³¹ − 1 columns and rows")
    var edges = EdgeAccumulator(columns: columns, rows: rows)
    var signedArea = 0.0
    for ring in rings {
      guard let origin = ring.first, var previous = ring.last else { continue }
      for point in ring {
        precondition(point.x.isFinite && point.y.isFinite, "a ring's points are finite")
        signedArea +=
          (previous.x - origin.x) * (point.y - origin.y)
          - (point.x - origin.x) * (previous.y - origin.y)
        edges.add(from: previous, to: point)
        previous = point
      }
    }
    // An edge that runs down adds what lies right of it: shells with the inside on their left hand
    // (positive with y downwards) come out negative.
    let sweep = RunSweep(
      edges.cells, columns: columns, sign: signedArea > 0 ? -1 : 1)
    (self.columns, self.rows, isWholeRaster) = (columns, rows, false)
    (rowRange, starts, runs) = (sweep.rowRange, sweep.starts, sweep.runs)
  }

  public var isEmpty: Bool { isWholeRaster ? columns * rows == 0 : runs.isEmpty }

  /// The runs of a row from left to right; none touch that have the same share.
  public func runs(inRow row: Int) -> ArraySlice<CoverageRun> {
    guard rowRange.contains(row) else { return [] }
    if isWholeRaster {
      return columns == 0
        ? [] : [CoverageRun(start: 0, end: Int32(columns), share: CoverageRun.whole)]
    }
    let index = row - rowRange.lowerBound
    return runs[starts[index]..<starts[index + 1]]
  }

  /// The columns that hold runs.
  public var columnRange: Range<Int> {
    if isWholeRaster { return 0..<columns }
    let (west, east) = (
      runs.lazy.map(\.start).min() ?? 0, runs.lazy.map(\.end).max() ?? 0
    )
    return Int(west)..<Int(east)
  }

  /// Memory of the runs.
  public var byteCount: Int {
    runs.count * MemoryLayout<CoverageRun>.stride + starts.count * MemoryLayout<Int>.stride
  }

  /// The share of one cell, 0…1.
  public func coverageFraction(column: Int, row: Int) -> Double {
    runs(inRow: row).first { $0.columns.contains(column) }?.fraction ?? 0
  }
}
