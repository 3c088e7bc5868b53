/// Costs of the few cells of a grid that a search reaches: pages of neighbouring cells, made when they are needed.
struct SparseCosts: Sendable {
  private static let pageBits = 6
  private static let pageCells = 1 << pageBits

  /// By page of the grid: which of `costs` it is; 0, the page of cells that were not reached, where it is none.
  private var pages: [UInt32]
  private var costs: [Double]
  private var held: [Int] = []

  init(_ grid: PaddedGrid) {
    pages = Array(repeating: 0, count: (grid.count >> Self.pageBits) + 1)
    costs = Array(repeating: .infinity, count: Self.pageCells)
  }

  /// Of no cell.
  static let none = SparseCosts(pages: [], costs: [])

  private init(pages: [UInt32], costs: [Double]) { (self.pages, self.costs) = (pages, costs) }

  @inline(__always) subscript(cell: Int) -> Double {
    costs[place(of: cell)]
  }

  @inline(__always) private func place(of cell: Int) -> Int {
    Int(pages[cell >> Self.pageBits]) << Self.pageBits | cell & (Self.pageCells - 1)
  }

  /// Says whether it is lower than what was there.
  @inline(__always) mutating func lower(_ cost: Double, at cell: Int) -> Bool {
    guard cost < self[cell] else { return false }
    if pages[cell >> Self.pageBits] == 0 { makePage(cell >> Self.pageBits) }
    costs[place(of: cell)] = cost
    return true
  }

  @inline(never) private mutating func makePage(_ page: Int) {
    pages[page] = UInt32(costs.count >> Self.pageBits)
    costs += repeatElement(.infinity, count: Self.pageCells)
    held.append(page)
  }

  /// In time that follows what was reached.
  mutating func clear() {
    for page in held { pages[page] = 0 }
    held.removeAll(keepingCapacity: true)
    costs.removeLast(costs.count - Self.pageCells)
  }

  /// The cells that were reached, row by row.
  func visitReached(_ use: (Int, Double) -> Void) {
    for page in held.sorted() {
      let first = Int(pages[page]) << Self.pageBits
      for offset in 0..<Self.pageCells where costs[first + offset] < .infinity {
        use(page << Self.pageBits | offset, costs[first + offset])
      }
    }
  }
}
