public import RasterCore

/// The area on the ellipsoid of each cell of a grid, in whole numbers of `unit`.
///
/// An area depends on the cell alone: asked one by one, along a row or in pieces, the numbers are the
/// same.
public struct CellAreas: Sendable {
  public let columns: Int
  public let rows: Int
  /// That of the grid's whole, unless the grid is larger.
  public let unit: AreaUnit
  /// By row where all cells of a row are alike, else empty.
  private let uniform: [Int64]
  /// By row, in units, to be multiplied by the lattice's value.
  private let bases: [Double]
  /// The grid's first cell in its whole, from whose corner the lattice counts.
  private let place: Window
  private let lattice: ArealScaleLattice?
  /// By row, the strips that have a place on the Earth; `nil` where all cells have.
  private let partsOnEarth: [[Strip]]?

  /// Places of a row of cells along a line, which stand for a part of the row's height.
  public struct Strip: Sendable {
    /// Share of the row's height, 0…1.
    public let height: Double
    /// In columns, apart and in order.
    public let columns: [Range<Double>]
    public init(height: Double, columns: [Range<Double>]) {
      (self.height, self.columns) = (height, columns)
    }
  }

  /// The cells of a geographic grid, in closed form: all of a row are alike.
  ///
  /// What lies beyond ±90° has no area.
  ///
  /// - Parameters:
  ///   - grid: geographic, its axes along meridians and parallels, north up or south up.
  ///   - ellipsoid: that on which to measure, the grid's own unless given.
  ///   - ratio: area on the ellipsoid of another datum ÷ that in closed form, where the two differ.
  public init(
    geographic grid: Grid, ellipsoid: Ellipsoid? = nil, ratio: ArealScaleLattice? = nil
  ) {
    let transform = grid.geotransform
    precondition(
      grid.crs.isGeographic && transform.rowStepX == 0 && transform.columnStepY == 0,
      "the closed form needs a geographic grid along meridians and parallels")
    let ellipsoid = ellipsoid ?? grid.crs.ellipsoid
    let bands = LatitudeBands(grid: grid, ellipsoid: ellipsoid)
    self.init(
      grid: grid, areas: (0..<grid.rows).map(bands.cellArea),
      bounds: { LatitudeBands(grid: $0, ellipsoid: ellipsoid).bounds }, lattice: ratio)
  }

  /// The cells of any grid: planar area times the areal scale at the cell's centre.
  ///
  /// - Parameters:
  ///   - arealScale: m² on the ellipsoid in a square unit of the grid's CRS.
  ///   - partsOnEarth: by row, the strips that have an area; all cells unless given.
  public init(
    grid: Grid, arealScale: ArealScaleLattice, partsOnEarth: [[Strip]]? = nil
  ) {
    let transform = grid.geotransform
    let planar = abs(
      transform.columnStepX * transform.rowStepY - transform.rowStepX * transform.columnStepY)
    self.init(
      grid: grid, areas: [Double](repeating: planar, count: grid.rows),
      bounds: { (planar * Double($0.columns) * Double($0.rows), planar) }, lattice: arealScale,
      partsOnEarth: partsOnEarth)
  }

  /// - Parameters:
  ///   - areas: of one cell of each row, to be multiplied by the lattice's value.
  ///   - bounds: the sum of all cells of a grid and the largest of them, likewise.
  private init(
    grid: Grid, areas: [Double], bounds: (Grid) -> (total: Double, cell: Double),
    lattice: ArealScaleLattice?, partsOnEarth: [[Strip]]? = nil
  ) {
    (columns, rows, place) = (grid.columns, grid.rows, grid.place)
    self.partsOnEarth = partsOnEarth
    let isUniform = partsOnEarth == nil
    let constant = lattice.map { $0.isConstant && isUniform ? $0.maximum : nil } ?? 1
    let largest = lattice?.maximum ?? 1
    // Areas of a part are rounded as those of its whole.
    let (part, whole) = (bounds(grid), bounds(grid.whole))
    let unit = AreaUnit(
      total: max(part.total, whole.total) * largest, cell: max(part.cell, whole.cell) * largest)
    self.unit = unit
    if let constant {
      uniform = areas.map { Int64(($0 * constant / unit.squareMetres).rounded()) }
      (bases, self.lattice) = ([], nil)
    } else {
      uniform = []
      (bases, self.lattice) = (areas.map { $0 / unit.squareMetres }, lattice)
    }
  }

  /// Whether some cells may have no place on the Earth.
  public var reachesBeyondEarth: Bool { partsOnEarth != nil }

  /// Cells no part of which has a place on the Earth, so that they have no area.
  public var cellsBeyondEarth: Int {
    guard let partsOnEarth else { return 0 }
    return columns * rows - partsOnEarth.reduce(0) { $0 + Self.cells(touching: $1) }
  }

  private static func cells(touching strips: [Strip]) -> Int {
    let ranges = strips.flatMap(\.columns)
      .map { Int($0.lowerBound.rounded(.down))..<Int($0.upperBound.rounded(.up)) }
      .sorted { $0.lowerBound < $1.lowerBound }
    var (count, end) = (0, 0)
    for range in ranges where range.upperBound > end {
      count += range.upperBound - max(range.lowerBound, end)
      end = range.upperBound
    }
    return count
  }

  /// The area of every cell of a row, `nil` where they differ.
  @inline(__always) public func uniformArea(row: Int) -> Int64? {
    uniform.isEmpty ? nil : uniform[row]
  }

  /// The area of one cell in units.
  public func area(column: Int, row: Int) -> Int64 {
    if let area = uniformArea(row: row) { return area }
    if partsOnEarth == nil,
      let scale = lattice?.value(
        column: Double(place.column + column) + 0.5, row: Double(place.row + row) + 0.5)
    {
      return Self.whole(bases[row] * scale)
    }
    var sums: [Int64] = []
    prefixSums(row: row, columns: column..<column + 1, into: &sums)
    return sums[1]
  }

  /// The area of all cells of a window in units.
  public func units(of window: Window) -> Int64 {
    var sums: [Int64] = []
    return window.rowRange.reduce(0) { total, row in
      if let area = uniformArea(row: row) { return total + area * Int64(window.columns) }
      prefixSums(row: row, columns: window.columnRange, into: &sums)
      return total + sums[window.columns]
    }
  }

  /// Exclusive prefix sums over some cells of a row: the area of cells *a* ..< *b*, counted from the
  /// first asked for, is `sums[b] - sums[a]` units.
  ///
  /// - Parameter sums: its first numbers are replaced, one more than `columns` has; it grows where it is
  ///   shorter.
  /// - Complexity: O(columns), about 2 ns each where the cells of a row differ.
  public func prefixSums(row: Int, columns asked: Range<Int>, into sums: inout [Int64]) {
    precondition(
      asked.lowerBound >= 0 && asked.upperBound <= columns && row >= 0 && row < rows,
      "cells outside the grid have no area")
    if sums.count <= asked.count { sums = [Int64](repeating: 0, count: asked.count + 1) }
    sums[0] = 0
    if let area = uniformArea(row: row) {
      for index in 0...asked.count { sums[index] = area &* Int64(index) }
      return
    }
    if let strips = partsOnEarth?[row] {
      sumCells(in: strips, row: row, asked, into: &sums)
      return
    }
    let base = bases[row]
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      let areas = sums.extracting(1..<asked.count + 1)
      let absolute = columnsOfWhole(asked)
      lattice?.forEachPolynomial(
        row: Double(place.row + row) + 0.5, columns: absolute
      ) { cells, polynomial in
        // Areas first, in vectors.
        for column in cells {
          let middle = Double(Int32(truncatingIfNeeded: column)) + 0.5
          unsafe areas[column &- absolute.lowerBound] =
            Self.whole(base * polynomial.value(at: middle))
        }
      }
      var sum: Int64 = 0
      for index in areas.indices {
        unsafe sum &+= areas[index]
        unsafe areas[index] = sum
      }
    }
  }

  /// Columns of the grid as those of its whole.
  private func columnsOfWhole(_ columns: Range<Int>) -> Range<Int> {
    columns.lowerBound + place.column..<columns.upperBound + place.column
  }

  /// The nearest whole number of units, none of them below 0.
  ///
  /// Numbers above 2⁵² are whole: one added to 1.5 · 2⁵² is rounded, without a check a cell, and comes
  /// out in the last bits. `AreaUnit` keeps cells below 2⁵¹.
  @inline(__always) private static func whole(_ area: Double) -> Int64 {
    let shift = 0x1.8p52
    return Int64(bitPattern: (max(area, 0) + shift).bitPattern &- shift.bitPattern)
  }

  /// The same where only parts of the row have an area.
  private func sumCells(
    in strips: [Strip], row: Int, _ asked: Range<Int>, into sums: inout [Int64]
  ) {
    var shares = [Double](repeating: 0, count: asked.count)
    for strip in strips {
      for range in strip.columns {
        let cells = Int(range.lowerBound.rounded(.down))..<Int(range.upperBound.rounded(.up))
        for column in cells.clamped(to: asked) {
          let (west, east) = (Double(column), Double(column + 1))
          let part = min(range.upperBound, east) - max(range.lowerBound, west)
          shares[column - asked.lowerBound] += strip.height * part
        }
      }
    }
    let absolute = columnsOfWhole(asked)
    lattice?.forEachPolynomial(
      row: Double(place.row + row) + 0.5, columns: absolute
    ) { cells, polynomial in
      for column in cells {
        let area = bases[row] * polynomial.value(at: Double(column) + 0.5)
        let share = min(shares[column - absolute.lowerBound], 1)
        sums[column - absolute.lowerBound + 1] = Int64((max(area, 0) * share).rounded())
      }
    }
    for index in 0..<asked.count { sums[index + 1] += sums[index] }
  }
}

/// Closed forms for the rows of a geographic grid.
private struct LatitudeBands {
  let grid: Grid
  let ellipsoid: Ellipsoid

  /// m² of one cell of a row.
  func cellArea(row: Int) -> Double {
    let width = abs(grid.geotransform.columnStepX) * grid.crs.unit
    return width * abs(ellipsoid.authalicFunction(from: latitude(row, 0), to: latitude(row, 1)))
  }

  /// m² of all cells, and of the largest cell, that nearest to the equator.
  var bounds: (total: Double, cell: Double) {
    let width = abs(grid.geotransform.columnStepX) * grid.crs.unit * Double(grid.columns)
    let (first, last) = (latitude(0, 0), latitude(grid.rows, 0))
    let equator = Double(grid.rows) * first / (first - last)
    let middle = equator.isFinite ? Int(min(max(0, equator), Double(grid.rows - 1))) : 0
    return (
      width * abs(ellipsoid.authalicFunction(from: first, to: last)),
      [middle - 1, middle, middle + 1].map { cellArea(row: min(max(0, $0), grid.rows - 1)) }.max()!
    )
  }

  /// Radians, clamped to the poles.
  private func latitude(_ row: Int, _ depth: Double) -> Double {
    let y = grid.point(column: 0, row: Double(row) + depth).y * grid.crs.unit
    return min(max(y, -.pi / 2), .pi / 2)
  }
}
