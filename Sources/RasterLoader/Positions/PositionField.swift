import GeoIO
import RasterCore

/// The position of every cell of one grid on another, interpolated between points that PROJ placed.
///
/// The grid is cut into square patches, aligned to the corner of its whole. Nine points of a patch are placed
/// exactly; between them the position is a biquadratic polynomial, which follows a map projection to
/// the third order. Two more points, where the polynomial errs most, are placed exactly too: where
/// they are off by more than `tolerance`, smaller patches are tried and in the end every cell is
/// placed by PROJ. So a position depends on the cell alone, never on the block it is asked for in nor on the
/// part of a whole that its grid is.
struct PositionField: ~Copyable {
  /// Cells of the target grid; the rule of the analysis asks for 1e-3.
  static let tolerance = 2e-6
  /// Cells along a side of a patch; each size divides the one before.
  private static let patchSizes = [128, 32, 8, 2, 1]

  /// From the cells of the source's whole.
  private let mapping: PointMapping
  /// The source's cells in its whole.
  private let place: Window

  init(from source: Grid, to target: Grid) throws(HabitatError) {
    let mapping = try PointMapping(from: source.whole, to: target)
    place = source.place
    coincidence = Self.coincidence(of: source, on: target, mapping)
    self.mapping = mapping
  }

  /// How many cells the source's lie from the target's where each lies on one: in one CRS and on one
  /// lattice, to 2.5e-7 cells, so that the neighbours of a cell weigh less than 1e-6 together.
  let coincidence: (columns: Int, rows: Int)?

  private static func coincidence(
    of source: Grid, on target: Grid, _ mapping: borrowing PointMapping
  ) -> (columns: Int, rows: Int)? {
    guard source.crs.isSame(as: target.crs) else { return nil }
    // In one CRS the map is affine but for turns of longitude, which the rim shows: that of the whole, so
    // that all its parts are sampled alike, and that of the part, which may reach beyond.
    let places = source.whole.places(steps: 2) + source.placesOnWhole(steps: 2)
    var points = places
    mapping.map(&points)
    let offsets = zip(points, places).map { SIMD2($0.x - $1.x, $0.y - $1.y) }
    let whole = offsets[0].rounded(.toNearestOrEven)
    // Written so that NaN fails too.
    guard abs(whole.x) < 0x1p50, abs(whole.y) < 0x1p50,
      offsets.allSatisfy({ abs($0.x - whole.x) <= 2.5e-7 && abs($0.y - whole.y) <= 2.5e-7 })
    else { return nil }
    let place = source.place
    return (Int(whole.x) + place.column, Int(whole.y) + place.row)
  }

  /// A square of cells whose positions are one polynomial, or are placed one by one.
  struct Patch {
    /// The patch's cells; it may reach beyond the grid.
    let window: Window
    /// Three rows of three placed points, `nil` where no polynomial is good enough.
    fileprivate let nodes: [Point]?

    /// Whether a `PositionLine` is fine enough for its positions, `samples` to a cell.
    func followsLines(samples: Int) -> Bool {
      guard let nodes, let box = Extent(around: nodes),
        max(abs(box.minX), abs(box.minY), abs(box.maxX), abs(box.maxY)) < 0x1p50
      else { return false }
      let share = min(1, Double(PositionLine.length) / Double(window.columns * samples))
      // A quadratic is at most twice as steep as it is on the whole, or it turns back.
      return max(box.width, box.height) * 2 * share <= PositionLine.longestSpan
    }
  }

  /// The patches that hold the cells of `window`, row by row.
  func patches(holding window: Window) -> [Patch] {
    patches(holding: window, sizes: Self.patchSizes[...])
  }

  private func patches(holding window: Window, sizes: ArraySlice<Int>) -> [Patch] {
    let size = sizes.first!
    var patches: [Patch] = []
    let first = window.moved(columns: place.column, rows: place.row).firstSquare(of: size)
    for row in stride(
      from: first.row - place.row, to: window.rowRange.upperBound, by: size)
    {
      for column in stride(
        from: first.column - place.column, to: window.columnRange.upperBound, by: size)
      {
        let cells = Window(column: column, row: row, columns: size, rows: size)
        if let patch = polynomialPatch(cells) {
          patches.append(patch)
        } else if sizes.count > 1, let part = cells.intersection(window) {
          patches += self.patches(holding: part, sizes: sizes.dropFirst())
        } else {
          patches.append(Patch(window: cells, nodes: nil))
        }
      }
    }
    return patches
  }

  private func polynomialPatch(_ cells: Window) -> Patch? {
    let size = Double(cells.columns)
    // The error of quadratic interpolation at 0, ½, 1 peaks near 0.211 and 0.789.
    let (low, high) = (0.211_324_865, 0.788_675_135)
    var points: [Point] = []
    for y in [0, 0.5, 1] {
      for x in [0, 0.5, 1] { points.append(Point(x: x, y: y)) }
    }
    points += [Point(x: low, y: low), Point(x: low, y: high)]
    for index in points.indices {
      points[index].x = Double(place.column + cells.column) + points[index].x * size
      points[index].y = Double(place.row + cells.row) + points[index].y * size
    }
    mapping.map(&points)
    for witness in [(point: points[9], y: low), (point: points[10], y: high)] {
      let near = Curve(nodes: points, t: witness.y).position(at: low)
      // Written so that NaN fails too.
      guard abs(near.x - witness.point.x) <= Self.tolerance,
        abs(near.y - witness.point.y) <= Self.tolerance
      else { return nil }
    }
    return Patch(window: cells, nodes: Array(points[..<9]))
  }

  /// A box of the target that holds all positions of `cells`, `samples` to a cell along each axis, `nil` where
  /// none has an image.
  func bounds(of cells: Window, in patch: Patch, samples: Int) -> Extent? {
    var points: [Point] = []
    for j in 0..<3 {
      for i in 0..<3 {
        points.append(
          Point(
            x: Double(place.column + cells.column) + Double(i * cells.columns) / 2,
            y: Double(place.row + cells.row) + Double(j * cells.rows) / 2))
      }
    }
    if let nodes = patch.nodes {
      let size = Double(patch.window.columns)
      let corner = Point(
        x: Double(place.column + patch.window.column), y: Double(place.row + patch.window.row))
      for index in points.indices {
        let curve = Curve(nodes: nodes, t: (points[index].y - corner.y) / size)
        let position = curve.position(at: (points[index].x - corner.x) / size)
        points[index] = Point(x: position.x, y: position.y)
      }
    } else {
      mapping.map(&points)
      // Next to a pole these say little about where the samples lie.
      for row in cells.rowRange {
        for step in 0..<samples {
          forEachPosition(
            of: cells.columnRange, row: row, offset: (Double(step) + 0.5) / Double(samples),
            samples: samples, in: patch
          ) { points.append(Point(x: $1.x, y: $1.y)) }
        }
      }
    }
    // Between these points the positions leave their box by no more than an eighth of their bend.
    return Extent(around: points.lazy.filter { $0.x.isFinite && $0.y.isFinite }).map { box in
      box.expanded(byX: 0.125 * box.width, y: 0.125 * box.height)
    }
  }

  /// Calls `body` with the positions along one line of `patch`: of `columns` of `row`, `samples` to a
  /// cell, at the height `offset` (0…1) within the row.
  @inline(__always)
  func forEachPosition(
    of columns: Range<Int>, row: Int, offset: Double, samples: Int, in patch: Patch,
    _ body: (_ index: Int, _ position: SIMD2<Double>) -> Void
  ) {
    let count = columns.count * samples
    guard let nodes = patch.nodes else {
      var points = (0..<count).map { index in
        Point(
          x: Double(place.column + columns.lowerBound) + (Double(index) + 0.5) / Double(samples),
          y: Double(place.row + row) + offset)
      }
      mapping.map(&points)
      for index in 0..<count { body(index, SIMD2(points[index].x, points[index].y)) }
      return
    }
    let size = Double(patch.window.columns)
    let curve = Curve(nodes: nodes, t: (Double(row - patch.window.row) + offset) / size)
    let step = 1 / (size * Double(samples))
    let start = Double(columns.lowerBound - patch.window.column) / size + step / 2
    for index in 0..<count { body(index, curve.position(at: start + Double(index) * step)) }
  }

  /// The positions of samples 64 · `number` and following of a row of `patch`, `samples` to a cell, at
  /// the height `offset` (0…1) within the row; the patch must follow lines.
  @inline(__always)
  func line(
    _ number: Int, row: Int, offset: Double, samples: Int, in patch: Patch
  ) -> PositionLine {
    guard let nodes = patch.nodes else { preconditionFailure("the patch is no polynomial") }
    let size = Double(patch.window.columns)
    let curve = Curve(nodes: nodes, t: (Double(row - patch.window.row) + offset) / size)
    let step = 1 / (size * Double(samples))
    let start = (Double(number * PositionLine.length) + 0.5) * step
    return PositionLine(
      constant: curve.position(at: start), linear: step * (curve.linear + 2 * start * curve.square),
      square: step * step * curve.square)
  }

  /// The quadratic through the three columns of nodes at the height `t` (0…1) of a patch.
  private struct Curve {
    private let constant: SIMD2<Double>
    let linear: SIMD2<Double>
    let square: SIMD2<Double>

    init(nodes: [Point], t: Double) {
      let weights = (2 * (t - 0.5) * (t - 1), 4 * t * (1 - t), 2 * t * (t - 0.5))
      func column(_ index: Int) -> SIMD2<Double> {
        let (a, b, c) = (nodes[index], nodes[index + 3], nodes[index + 6])
        return SIMD2(a.x, a.y) * weights.0 + SIMD2(b.x, b.y) * weights.1
          + SIMD2(c.x, c.y) * weights.2
      }
      let (west, middle, east) = (column(0), column(1), column(2))
      constant = west
      linear = 4 * middle - 3 * west - east
      square = 2 * west - 4 * middle + 2 * east
    }

    @inline(__always) func position(at t: Double) -> SIMD2<Double> {
      constant + t * (linear + t * square)
    }
  }
}
