/// Costs alone.
@safe struct PlainField: CostField {
  private let cells: UnsafeMutablePointer<CostCell>

  /// Nothing is reached yet.
  init(clearing cells: UnsafeMutableBufferPointer<CostCell>) {
    for index in cells.indices { unsafe cells[index].cost = .infinity }
    unsafe self.cells = cells.baseAddress!
  }

  @inline(__always) func resistance(_ cell: Int) -> Float { unsafe cells[cell].resistance }
  @inline(__always) func cost(_ cell: Int) -> Double { unsafe cells[cell].cost }

  @inline(__always) mutating func offer(_ cost: Double, to cell: Int, from _: Int) -> Bool {
    guard unsafe cost < cells[cell].cost else { return false }
    unsafe cells[cell].cost = cost
    return true
  }
}

/// Costs, and from which core: the least pair of both.
@safe struct AllocationField: CostField {
  private var costs: PlainField
  /// 0 = none, 1 = the first core.
  private let ranks: UnsafeMutablePointer<UInt32>

  init(_ costs: PlainField, ranks: UnsafeMutablePointer<UInt32>) {
    self.costs = costs
    unsafe self.ranks = ranks
  }

  func setRank(_ rank: UInt32, of cell: Int) { unsafe ranks[cell] = rank }

  @inline(__always) func resistance(_ cell: Int) -> Float { costs.resistance(cell) }
  @inline(__always) func cost(_ cell: Int) -> Double { costs.cost(cell) }

  @inline(__always) mutating func offer(_ cost: Double, to cell: Int, from previous: Int) -> Bool {
    let rank = unsafe ranks[previous]
    let isBetter =
      unsafe costs.offer(cost, to: cell, from: previous)
      || cost == costs.cost(cell) && rank < ranks[cell]
    // One that is reached as cheaply from a core before passes that on, so it is visited as well.
    if isBetter { unsafe ranks[cell] = rank }
    return isBetter
  }
}
