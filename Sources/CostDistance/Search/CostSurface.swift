/// Cost-weighted distances from a set of cells, and the resistances that they go over: 12 bytes a cell.
///
/// A cell's distance is the cost of its cheapest path over steps to eight neighbours (`ResistanceSurface`).
package struct CostSurface: Sendable {
  package let surface: ResistanceSurface
  let grid: PaddedGrid
  var cells: [CostCell]
  /// Costs above are not known.
  package private(set) var knownUpTo = Double.infinity

  package init(_ surface: ResistanceSurface) {
    self.surface = surface
    grid = PaddedGrid(columns: surface.columns, rows: surface.rows)
    cells = Array(repeating: CostCell(resistance: 0), count: grid.count)
    for row in 0..<surface.rows {
      let (from, to) = (row * surface.columns, grid.index(row: row, column: 0))
      for column in 0..<surface.columns {
        cells[to + column] = CostCell(resistance: surface.values[from + column])
      }
    }
  }

  /// Infinite where the cell was not reached, or costs more than `knownUpTo`.
  package subscript(cell: GridCell) -> Double { cost(grid.index(cell)) }

  @inline(__always) func cost(_ index: Int) -> Double {
    let cost = cells[index].cost
    return cost <= knownUpTo ? cost : .infinity
  }

  /// The costs of a row.
  package func row(_ row: Int) -> [Double] {
    let first = grid.index(row: row, column: 0)
    return (first..<first + grid.columns).map(cost)
  }

  /// The cell of least cost, the first of them row by row; `nil` where none was reached.
  package func nearestCell(of core: Core) -> (cell: GridCell, cost: Double)? {
    var nearest: (cell: GridCell, cost: Double)?
    for cell in core.cells {
      let cost = self[cell]
      if cost < nearest?.cost ?? .infinity { nearest = (cell, cost) }
    }
    return nearest
  }

  /// Takes the costs from the cells of `core`; those of an earlier call are forgotten.
  ///
  /// - Parameter stop: what need not be known; see `SweepStop`.
  package mutating func spread(from core: Core, stop: SweepStop = .never) {
    var sweep = BucketSweep(surface)
    let grid = self.grid
    var watch = stop.watch(grid)
    knownUpTo = unsafe cells.withUnsafeMutableBufferPointer { cells in
      var field = unsafe PlainField(clearing: cells)
      for cell in core.cells { sweep.start(at: grid.index(cell), &field) }
      while sweep.visitNextBucket(&field) {
        let limit = watch.limit(sweep, field)
        if limit < .infinity, sweep.isFinal(limit) { return limit }
      }
      return watch.limit(sweep, field)
    }
  }

  /// Takes the costs from the cells of all `cores`, and says which core each cell is nearest to.
  ///
  /// Of several cores that are equally near the first one counts, so that the order of visits is of no consequence.
  /// A cell that belongs to several cores is the first one's.
  ///
  /// - Parameter cores: in rising order of their numbers.
  package mutating func allocate(to cores: [Core]) -> ZoneMap {
    var sweep = BucketSweep(surface)
    let grid = self.grid
    var zones = ZoneMap(grid, ids: cores.map(\.id))
    unsafe cells.withUnsafeMutableBufferPointer { cells in
      unsafe zones.ranks.withUnsafeMutableBufferPointer { ranks in
        var field = unsafe AllocationField(PlainField(clearing: cells), ranks: ranks.baseAddress!)
        for (offset, core) in cores.enumerated() {
          for cell in core.cells {
            let index = grid.index(cell)
            if sweep.start(at: index, &field) { field.setRank(UInt32(offset + 1), of: index) }
          }
        }
        while sweep.visitNextBucket(&field) {}
      }
    }
    knownUpTo = .infinity
    return zones
  }
}

/// A cell's resistance beside its cost, so that both come with one line of the cache.
struct CostCell: Sendable {
  /// 0 = impassable.
  let resistance: Float
  /// A Double would be laid on a multiple of eight bytes, and a cell take sixteen.
  private var low: UInt32
  private var high: UInt32

  init(resistance: Float) {
    self.resistance = resistance
    (low, high) = (0, 0)
    cost = .infinity
  }

  @inline(__always) var cost: Double {
    get { Double(bitPattern: UInt64(high) << 32 | UInt64(low)) }
    set {
      low = UInt32(truncatingIfNeeded: newValue.bitPattern)
      high = UInt32(truncatingIfNeeded: newValue.bitPattern >> 32)
    }
  }
}
