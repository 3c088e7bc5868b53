import GeoIO
package import RasterCore
package import ZonalStatistics

extension ArealScaleLattice {
  /// How far a value between nodes may be off, as a share.
  private static let tolerance = 1e-8
  /// Below these sides [m] of a cell its middle stands for all of it, to 1e-10, and nodes are spread over
  /// the grid and not one to a cell.
  private static let (pointlikeCell, coarseCell) = (300.0, 20_000.0)
  /// Nodes along an axis, at the most, less one.
  private static let (mostCoarseCells, mostIntervals) = (64, 128)

  /// The ground [m²] in a square unit of a projected grid's CRS, as the mean over a cell around each place.
  ///
  /// Scale varies on the scale of the Earth's radius, so nodes 20 km apart leave an error below 1e-12. Large
  /// grids begin with 64 intervals, and nodes come closer until the middles between them are right, or there
  /// are 128. Few and coarse cells have a node each. Nodes are those of the grid's whole.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  package init(of part: Grid, on ground: CoordinateReferenceSystem) throws(HabitatError) {
    let (grid, place) = (part.whole, part.place)
    let mean = try CellMean(grid, ground)
    let side = grid.middleCellArea.squareRoot()
    let isCoarse =
      side > Self.coarseCell && max(grid.columns, grid.rows) <= Self.mostCoarseCells
    var across = Self.intervals(cells: grid.columns, cell: side)
    var down = Self.intervals(cells: grid.rows, cell: side)
    while true {
      let columns =
        isCoarse ? grid.columns.middles : Self.nodes(cells: grid.columns, intervals: across)
      let rows = isCoarse ? grid.rows.middles : Self.nodes(cells: grid.rows, intervals: down)
      let columnNodes = LatticeNodes(columns, reaching: place.columnRange)
      let rowNodes = LatticeNodes(rows, reaching: place.rowRange)
      let values = mean.scales(columns: columnNodes.positions, rows: rowNodes.positions)
      guard values.contains(where: { $0.isFinite && $0 > 0 }) else {
        throw Self.noImage(of: grid, ground)
      }
      self.init(columns: columnNodes, rows: rowNodes, values: values)
      if isCoarse { return }
      let finerAcross = min(2 * across, Self.mostIntervals)
      let finerDown = min(2 * down, Self.mostIntervals)
      let before = (across, down)
      if finerAcross > across, !isRight(at: columns.middles, rows, mean) {
        across = finerAcross
      }
      if finerDown > down, !isRight(at: columns, rows.middles, mean) { down = finerDown }
      if before == (across, down) { return }
    }
  }

  /// Whether values are what is measured there.
  private func isRight(
    at columns: [Double], _ rows: [Double], _ mean: borrowing CellMean
  ) -> Bool {
    let measured = mean.scales(columns: columns, rows: rows)
    let places = rows.flatMap { row in columns.map { Point(x: $0, y: row) } }
    return zip(places, measured).allSatisfy { place, scale in
      !scale.isFinite
        || abs(value(column: place.x, row: place.y) - scale) <= Self.tolerance * scale
    }
  }

  private static func intervals(cells: Int, cell: Double) -> Int {
    max(6, min(64, Int(bounded: (Double(cells) * cell / 20_000).rounded(.up))))
  }

  static func noImage(
    of grid: Grid, _ ground: CoordinateReferenceSystem
  ) -> HabitatError {
    HabitatError(
      .input, "no-transform", "no place of the grid has an image in \(ground.name)",
      at: "landcover: \(grid.crs.name)", fix: "check its CRS, or set it with --assume-crs")
  }

  /// The areal scale, averaged over as much of the plane as a cell.
  private struct CellMean: ~Copyable {
    private let grid: Grid
    private let ground: CoordinateReferenceSystem
    private let toGround: CoordinateTransform
    /// Offsets from the middle of a cell, the same along both axes, and their weights.
    private let offsets: [(place: Double, weight: Double)]

    init(_ grid: Grid, _ ground: CoordinateReferenceSystem) throws(HabitatError) {
      toGround = try CoordinateTransform(from: grid.crs, to: ground)
      (self.grid, self.ground) = (grid, ground)
      let side = grid.middleCellArea.squareRoot()
      guard side >= pointlikeCell else {
        offsets = [(0, 1)]
        return
      }
      // Two Gauss–Legendre nodes over 200 km leave an error below 1e-8, three over 1000 km one below 1e-9.
      let pieces = Double(max(1, min(6, Int(bounded: (side / 1e6).rounded(.up)))))
      let (two, three) = (1 / 12.0.squareRoot(), 0.6.squareRoot() / 2)
      let nodes: [(place: Double, weight: Double)] =
        side <= 200_000
        ? [(-two, 0.5), (two, 0.5)] : [(-three, 5.0 / 18), (0, 4.0 / 9), (three, 5.0 / 18)]
      var offsets: [(place: Double, weight: Double)] = []
      for piece in 0..<Int(pieces) {
        let middle = (Double(piece) + 0.5) / pieces - 0.5
        offsets += nodes.map { (middle + $0.place / pieces, $0.weight / pieces) }
      }
      self.offsets = offsets
    }

    /// Row by row. NaN where a part of a cell has no image, unless no cell of the row is better off: at the
    /// edge of a map of the Earth scale changes little along a row.
    func scales(columns: [Double], rows: [Double]) -> [Double] {
      let planar = abs(grid.geotransform.columnStepX * grid.geotransform.rowStepY)
      let weights = offsets.flatMap { down in offsets.map { $0.weight * down.weight } }
      var scales: [Double] = []
      scales.reserveCapacity(columns.count * rows.count)
      for row in rows {
        let places = columns.flatMap { column in
          offsets.flatMap { down in
            offsets.map { Point(x: column + $0.place, y: row + down.place) }
          }
        }
        let areas = GroundMetric.measured(at: places, of: grid, on: ground, by: toGround)
          .map { $0?.area }
        let cells = columns.indices.map { areas[$0 * weights.count..<($0 + 1) * weights.count] }
        let isWhole = cells.map { $0.allSatisfy { $0 != nil } }
        let takesParts = !isWhole.contains(true)
        for (cell, isWhole) in zip(cells, isWhole) {
          let mean = isWhole || takesParts ? Self.mean(cell, weights) : .nan
          scales.append(mean / planar)
        }
      }
      return scales
    }

    /// NaN of nothing.
    private static func mean(_ areas: ArraySlice<Double?>, _ weights: [Double]) -> Double {
      var (sum, known) = (0.0, 0.0)
      for (area, weight) in zip(areas, weights) {
        guard let area else { continue }
        sum += weight * area
        known += weight
      }
      return sum / known
    }
  }
}

extension Int {
  /// The middles of so many cells.
  fileprivate var middles: [Double] { (0..<self).map { Double($0) + 0.5 } }
}

extension [Double] {
  /// The middles between neighbours.
  fileprivate var middles: [Double] { zip(self, dropFirst()).map { ($0 + $1) / 2 } }
}
