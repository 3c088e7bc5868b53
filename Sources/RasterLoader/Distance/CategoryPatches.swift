import GeoIO
import Patches
public import RasterCore

/// Finds patches of one category of land: cells of it that touch, corners included.
///
/// Parts of rows may be added in any order and from any thread's hands (`merge`), each cell once: what is found
/// depends on the cells alone. Memory grows with the runs of its cells.
public struct CategoryPatches: Sendable {
  /// A patch of built-up land smaller than this is a farm or an error of the land cover. Square metres.
  public static let smallestSettlement = 50_000.0

  private let grid: Grid
  private let category: LandCategory
  /// Square metres; smaller patches do not count.
  private let smallest: Double
  private var labelling = PatchLabelling()

  public init(of category: LandCategory, smallest: Double, on grid: Grid) {
    (self.category, self.smallest, self.grid) = (category, smallest, grid)
  }

  /// Takes the states (`LandState`) of cells of a row from `first` on; `area` gives the area of one of them in
  /// whole units.
  public mutating func add(
    row: Int, from first: Int = 0, states: ArraySlice<UInt8>, area: (_ column: Int) -> Int64
  ) {
    var found: [PatchLabelling.Run] = []
    var column = first
    for state in states {
      defer { column += 1 }
      guard state & 15 == category.rawValue else { continue }
      if let last = found.last, Int(last.end) == column {
        found[found.count - 1].end += 1
      } else {
        found.append(PatchLabelling.Run(first: Int32(column), end: Int32(column) + 1, area: 0))
      }
      found[found.count - 1].area += area(column)
    }
    labelling.add(found, row: row)
  }

  /// Of the same category, without a cell.
  public var emptied: CategoryPatches {
    CategoryPatches(of: category, smallest: smallest, on: grid)
  }

  public mutating func merge(_ other: CategoryPatches) {
    labelling.merge(other.labelling)
  }

  /// The patches that are large enough as a source of distances.
  ///
  /// - Parameters:
  ///   - part: of the grid that patches were looked for on, the cells that distances are asked of.
  ///   - unit: square metres in a unit of the areas.
  ///   - ground: longitude and latitude on the ellipsoid that is measured on.
  ///   - limit: metres beyond which no distance matters.
  /// - Throws: `.input`, slug `no-transform`.
  public consuming func source(
    for part: Grid, unit: Double, ground: CoordinateReferenceSystem, limit: Double
  ) throws(HabitatError) -> DistanceSource {
    let grid = self.grid
    var cells = CellRuns.Builder(grid)
    var rows: [Int] = []
    let patches = labelling.patches()
    let areLarge = areLarge(patches, unit: unit)
    for run in patches.runs where areLarge[Int(run.patch)] {
      let row = Int(run.row)
      cells.add(row: row, run.columns)
      if rows.last != row { rows.append(row) }
    }
    let touched = cells.finish()
    var outline = try PatchOutline(of: grid, on: ground)
    for row in rows { outline.add(row: row, of: touched) }
    var tree = SegmentTree(on: ground.ellipsoid)
    tree.build(outline.segments)
    return DistanceSource(grid: part, limit: limit, ground: ground, tree: tree, touched: touched)
  }

  /// Where the patches end that are too small as far as they have been looked for: calls `body` with their
  /// runs, and a number that the runs of one patch have in common.
  ///
  /// - Parameter unit: square metres in a unit of the areas.
  public func forEachSmallPatchRun(
    unit: Double, _ body: (_ row: Int, _ columns: Range<Int>, _ patch: Int) -> Void
  ) {
    let patches = labelling.patches()
    let areLarge = areLarge(patches, unit: unit)
    for run in patches.runs where !areLarge[Int(run.patch)] {
      body(Int(run.row), run.columns, Int(run.patch))
    }
  }

  /// Whether each patch is large enough, by its number.
  private func areLarge(_ patches: Patches, unit: Double) -> [Bool] {
    // A millionth less, for areas that are rounded.
    patches.areas.map { Double($0) * unit >= smallest * (1 - 1e-6) }
  }
}

/// The edges of cells between patches and what is no patch, as pieces in space.
struct PatchOutline: ~Copyable {
  private(set) var segments: [SegmentTree.Segment] = []
  private let field: GroundField
  private let tree: SegmentTree
  /// Cells; a longer edge is cut.
  private let longest: Int
  /// The patches of the ground over two rows of patches, the even and the odd one in hand, by column.
  private var patches: [[Int: GroundField.Patch?]] = [[:], [:]]
  private var patchRows: [Int?] = [nil, nil]
  private static let size = 64

  init(of grid: Grid, on ground: CoordinateReferenceSystem) throws(HabitatError) {
    field = try GroundField(of: grid, on: ground)
    tree = SegmentTree(on: ground.ellipsoid)
    longest = max(
      1,
      min(
        1 << 30,
        Int(bounded: DistanceSource.pieceLength(on: grid) / grid.middleCellArea.squareRoot())))
  }

  /// Adds the edges around the cells of a row: west and east of its runs, and above and below them where
  /// the neighbouring row has none.
  mutating func add(row: Int, of cells: CellRuns) {
    let runs = cells.runs(ofRow: row)
    for run in runs {
      add(Int(run.first), row, Int(run.first), row + 1)
      add(Int(run.end), row, Int(run.end), row + 1)
    }
    addEdges(of: runs, without: cells.runs(ofRow: row - 1), at: row)
    addEdges(of: runs, without: cells.runs(ofRow: row + 1), at: row + 1)
  }

  private mutating func addEdges(
    of runs: ArraySlice<CellRuns.Run>, without others: ArraySlice<CellRuns.Run>, at line: Int
  ) {
    var index = others.startIndex
    for run in runs {
      var column = run.first
      while index < others.endIndex, others[index].end <= run.first { index += 1 }
      var next = index
      while next < others.endIndex, others[next].first < run.end {
        if others[next].first > column { add(Int(column), line, Int(others[next].first), line) }
        column = max(column, others[next].end)
        next += 1
      }
      if column < run.end { add(Int(column), line, Int(run.end), line) }
    }
  }

  private mutating func add(_ x: Int, _ y: Int, _ endX: Int, _ endY: Int) {
    var start = place(x, y)
    var column = x
    repeat {
      // Cut at the same places wherever the edge begins.
      column = min(column.roundedDown(toMultipleOf: longest) + longest, endX)
      let next = place(column, endY)
      if start.x.isFinite, next.x.isFinite { segments.append(tree.segment(start, next)) }
      start = next
    } while column < endX
  }

  /// The place of a corner of cells, which belongs to the patch to its south-east.
  private mutating func place(_ x: Int, _ y: Int) -> SIMD3<Double> {
    let (column, row) = (
      x.roundedDown(toMultipleOf: Self.size) / Self.size,
      y.roundedDown(toMultipleOf: Self.size) / Self.size
    )
    let parity = row & 1
    if row != patchRows[parity] {
      patches[parity].removeAll(keepingCapacity: true)
      patchRows[parity] = row
    }
    let patch: GroundField.Patch?
    if let known = patches[parity][column] {
      patch = known
    } else {
      patch = field.patch(column: column * Self.size, row: row * Self.size, size: Self.size)
      patches[parity][column] = .some(patch)
    }
    guard let patch else { return field.places(of: [Point(x: Double(x), y: Double(y))])[0] }
    return patch.origin
      + SIMD3<Double>(patch.place(Float(x - patch.column), Float(y - patch.row)))
  }
}
