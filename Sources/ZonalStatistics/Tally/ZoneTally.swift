/// Areas by zone and code, gathered a piece of a row at a time.
///
/// A cell adds its area, or area × share rounded to the nearest unit, to the zone and its code. Every
/// cell's part is a whole number that depends on the cell alone, so any cutting into pieces, in any order
/// and over any number of tallies merged at the end, gives the same sums to the last bit.
///
/// Several layers of codes (one a species) may share the zones and the areas.
public struct ZoneTally: Sendable {
  public let index: ZoneIndex
  public let layers: Int
  /// Codes run from 0 to one less.
  public let codeCount: Int
  /// *zones* × *layers* × *codes* in units of area.
  private var sums: [Int64]
  /// Prefix sums of the areas of the latest piece's hull, where the cells of its row differ.
  private var prefix: [Int64] = []
  private var latest: (row: Int, columns: Range<Int>, hull: Range<Int>)?

  /// - Parameters:
  ///   - layers: number of code rasters over the same cells, at least 1.
  ///   - codeCount: 1…256; memory is 8 bytes times zones, layers and codes.
  public init(_ index: ZoneIndex, layers: Int = 1, codeCount: Int = 128) {
    precondition(layers >= 1 && (1...256).contains(codeCount), "layers ≥ 1 and codes 1…256")
    (self.index, self.layers, self.codeCount) = (index, layers, codeCount)
    sums = [Int64](repeating: 0, count: index.zoneCount * layers * codeCount)
  }

  /// The codes of neighbouring cells of a row.
  ///
  /// - Parameters:
  ///   - codes: of the cells from `firstColumn` on, all within the grid and below `codeCount`.
  /// - Complexity: O(cells within zones + zones crossing the row · log of their runs); about 1 ns a
  ///   cell and zone where a row's cells are alike, and 4 ns more a cell, once for all layers added
  ///   one after another, where they differ.
  public mutating func add(
    row: Int, firstColumn: Int, codes: Span<UInt8>, layer: Int = 0
  ) {
    let columns = firstColumn..<firstColumn + codes.count
    precondition(
      firstColumn >= 0 && columns.upperBound <= index.cellAreas.columns && row >= 0
        && row < index.cellAreas.rows && layer >= 0 && layer < layers,
      "the piece lies outside the grid")
    let uniform = index.cellAreas.uniformArea(row: row)
    guard uniform == nil else {
      add(row: row, columns: columns, codes: codes, layer: layer, uniform: uniform)
      return
    }
    let hull = hull(ofRow: row, in: columns)
    guard !hull.isEmpty else { return }
    let first = hull.lowerBound - firstColumn
    add(
      row: row, columns: hull, codes: codes.extracting(first..<first + hull.count), layer: layer,
      uniform: nil)
  }

  /// The columns of a piece between the first and the last zone; the areas of their cells, which differ, are
  /// worked out, once for all layers.
  private mutating func hull(ofRow row: Int, in columns: Range<Int>) -> Range<Int> {
    if let latest, latest.row == row, latest.columns == columns { return latest.hull }
    let hull = index.hull(ofRow: row, in: columns)
    if !hull.isEmpty { index.cellAreas.prefixSums(row: row, columns: hull, into: &prefix) }
    latest = (row, columns, hull)
    return hull
  }

  /// The codes of neighbouring cells of a row.
  public mutating func add(row: Int, firstColumn: Int, codes: [UInt8], layer: Int = 0) {
    add(row: row, firstColumn: firstColumn, codes: codes.span, layer: layer)
  }

  /// Adds what another tally of the same zones, layers and codes has gathered.
  public mutating func merge(_ other: ZoneTally) {
    precondition(
      other.sums.count == sums.count && other.layers == layers && other.codeCount == codeCount
        && other.index.cellAreas.unit == index.cellAreas.unit,
      "tallies merge that have the same zones, layers and codes")
    for index in sums.indices { sums[index] += other.sums[index] }
  }

  public static func += (tally: inout ZoneTally, other: ZoneTally) { tally.merge(other) }

  /// Whole units by code.
  public func units(ofZone zone: Int, layer: Int = 0) -> ArraySlice<Int64> {
    let base = base(ofZone: zone, layer: layer)
    return sums[base..<base + codeCount]
  }

  /// Square metres on the ellipsoid by code.
  public func areas(ofZone zone: Int, layer: Int = 0) -> [Double] {
    units(ofZone: zone, layer: layer).map { index.cellAreas.unit.squareMetres($0) }
  }

  private func base(ofZone zone: Int, layer: Int) -> Int {
    (zone * layers + layer) * codeCount
  }

  private mutating func add(
    row: Int, columns: Range<Int>, codes: Span<UInt8>, layer: Int, uniform: Int64?
  ) {
    let (index, prefix, layers, codeCount) = (index, prefix, layers, codeCount)
    var line = sums.mutableSpan
    for zone in index.wholeRasterZones {
      let slot = CodeSlot(base: (zone * layers + layer) * codeCount, codeCount: codeCount)
      line.add(
        codes, 0..<columns.count, to: slot, share: CoverageRun.whole, uniform: uniform,
        prefix: prefix.span)
    }
    for entry in index.rowStarts[row]..<index.rowStarts[row + 1] {
      let zone = Int(index.entries[entry].zone)
      let slot = CodeSlot(base: (zone * layers + layer) * codeCount, codeCount: codeCount)
      for number in index.runs(ofEntry: entry, in: columns) {
        let run = index.runs[number]
        let overlap = run.columns.clamped(to: columns)
        let cells =
          overlap.lowerBound - columns.lowerBound..<overlap.upperBound - columns.lowerBound
        line.add(
          codes, cells, to: slot, share: run.share, uniform: uniform, prefix: prefix.span)
      }
    }
  }
}
