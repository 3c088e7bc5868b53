/// What a sweep spreads over: resistances, and the least costs found so far.
///
/// Cells are numbered as in `PaddedGrid`. The methods are called for each cell and neighbour and are specialised.
protocol CostField: ~Copyable {
  /// 0 where the cell is impassable.
  func resistance(_ cell: Int) -> Float
  func cost(_ cell: Int) -> Double
  /// Lowers the cost of `cell`, which is reached from `previous`; says whether the cell has to be visited (again).
  mutating func offer(_ cost: Double, to cell: Int, from previous: Int) -> Bool
}

/// Spreads cost from cells to their neighbours, cheapest first, by buckets (Dial 1969, *Communications of the ACM*
/// 12(11), 632–633).
///
/// Where a bucket is no wider than the cheapest step, all of its cells are final, in any order, and no heap is
/// needed. Where resistances differ so much that this would take too many buckets they are made wider, and cells
/// that improve while their bucket is visited are visited again (Meyer and Sanders 2003, *Journal of Algorithms*
/// 49, 114–152).
///
/// Costs are the least fixed point of d[v] = min(d[u] + w(u, v)) in Float64. Addition rounds monotonously, so the
/// same bits come out in whatever order cells are visited.
struct BucketSweep: ~Copyable {
  /// The most buckets; beyond them buckets are widened.
  private static let mostBuckets = 1 << 14
  /// Added to a number below 2⁵², leaves it, rounded, in the low bits.
  private static let roundingOffset = 0x1p52

  private let grid: PaddedGrid
  private let halves: [HalfSteps]
  private let allowsCracks: Bool
  /// Buckets by the unit of cost.
  private let perUnit: Double
  private var buckets: FrontierBuckets
  private var current = FrontierCells()
  /// Of the bucket that is visited.
  private var key: UInt64
  /// How many cells have been visited, repeated visits included.
  private(set) var visits = 0

  init(_ surface: ResistanceSurface) {
    grid = PaddedGrid(columns: surface.columns, rows: surface.rows)
    halves = HalfSteps.byPaddedRow(surface.steps)
    allowsCracks = surface.diagonals == .all
    let range = surface.range ?? 1...1
    // A hair narrower than the cheapest step, for costs are rounded.
    let cheapest = (1 - 1e-5) * surface.steps.least * Double(range.lowerBound)
    let dearest = surface.steps.greatest * Double(range.upperBound)
    let width = max(cheapest, dearest / Double(Self.mostBuckets - 8))
    perUnit = 1 / width
    var count = 64
    while Double(count) < dearest / width + 4 { count *= 2 }
    buckets = FrontierBuckets(count: count)
    key = Self.roundingOffset.bitPattern
  }

  /// Buckets rise with the cost, however it is rounded.
  @inline(__always) private func key(of cost: Double) -> UInt64 {
    (cost * perUnit + Self.roundingOffset).bitPattern
  }

  /// Takes a cell as one of those that cost nothing, unless it is one already or is impassable.
  @discardableResult
  mutating func start<Field: CostField & ~Copyable>(at cell: Int, _ field: inout Field) -> Bool {
    guard field.resistance(cell) > 0, field.offer(0, to: cell, from: cell) else { return false }
    buckets.add(UInt32(truncatingIfNeeded: cell), key: key)
    return true
  }

  var isDone: Bool { buckets.blocksWaiting == 0 }

  /// Whether all costs of at most `cost` are final.
  func isFinal(_ cost: Double) -> Bool { isDone || key > key(of: cost) }

  /// Visits the cells of the cheapest bucket and says whether more wait.
  @inline(__always)
  mutating func visitNextBucket<Field: CostField & ~Copyable>(_ field: inout Field) -> Bool {
    guard let found = buckets.firstKey(from: key) else { return false }
    key = found
    buckets.take(key: found, into: &current)
    visits += current.count
    let count = current.count
    for index in 0..<count {
      visit(unsafe current.numbers[index], &field)
    }
    return buckets.blocksWaiting > 0
  }

  @inline(__always)
  private mutating func visit<Field: CostField & ~Copyable>(_ number: UInt32, _ field: inout Field)
  {
    let cell = Int(number)
    let cost = field.cost(cell)
    // It was reached more cheaply since, and has been visited then.
    guard key(of: cost) == key else { return }
    let resistance = Double(field.resistance(cell))
    let half = halves[grid.paddedRow(of: number)]
    let (above, below) = (cell - grid.stride, cell + grid.stride)
    let north = field.resistance(above)
    let west = field.resistance(cell - 1)
    let east = field.resistance(cell + 1)
    let south = field.resistance(below)
    step(from: cell, cost, resistance, to: above, north, half.north, &field)
    step(from: cell, cost, resistance, to: cell - 1, west, half.east, &field)
    step(from: cell, cost, resistance, to: cell + 1, east, half.east, &field)
    step(from: cell, cost, resistance, to: below, south, half.south, &field)
    let (up, down) = (half.northDiagonal, half.southDiagonal)
    if allowsCracks || north + west > 0 {
      step(from: cell, cost, resistance, to: above - 1, field.resistance(above - 1), up, &field)
    }
    if allowsCracks || north + east > 0 {
      step(from: cell, cost, resistance, to: above + 1, field.resistance(above + 1), up, &field)
    }
    if allowsCracks || south + west > 0 {
      step(from: cell, cost, resistance, to: below - 1, field.resistance(below - 1), down, &field)
    }
    if allowsCracks || south + east > 0 {
      step(from: cell, cost, resistance, to: below + 1, field.resistance(below + 1), down, &field)
    }
  }

  @inline(__always)
  private mutating func step<Field: CostField & ~Copyable>(
    from cell: Int, _ cost: Double, _ resistance: Double, to neighbour: Int, _ other: Float,
    _ halfLength: Double, _ field: inout Field
  ) {
    guard other > 0 else { return }
    let reached = cost + halfLength * (resistance + Double(other))
    if field.offer(reached, to: neighbour, from: cell) {
      buckets.add(UInt32(truncatingIfNeeded: neighbour), key: key(of: reached))
    }
  }
}
