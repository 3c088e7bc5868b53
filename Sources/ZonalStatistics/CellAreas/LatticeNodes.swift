/// Where the nodes of a lattice lie along an axis of a grid that may be a part of a whole.
public struct LatticeNodes: Hashable, Sendable {
  /// Strictly increasing, in index space.
  public let positions: [Double]
  /// Indices of those of the whole.
  let core: ClosedRange<Int>

  /// How many spacings a part may reach beyond its whole before nodes there are farther apart.
  private static let mostBeyond = 128.0

  public init(_ positions: [Double]) { self.init(positions, reaching: 0..<0) }

  /// Nodes of a whole, and such as continue them as far as some cells reach beyond, and two more.
  ///
  /// - Parameter cells: counted from the corner of the whole; none need more nodes than it has.
  public init(_ whole: [Double], reaching cells: Range<Int>) {
    let (first, last) = (whole[0], whole[whole.count - 1])
    let spacing = whole.count > 1 ? whole[1] - first : 1
    func beyond(_ distance: Double) -> [Double] {
      guard !cells.isEmpty, distance > 0 else { return [] }
      var step = spacing
      while distance / step > Self.mostBeyond { step *= 2 }
      return (1...Int((distance / step).rounded(.up)) + 2).map { Double($0) * step }
    }
    let before = beyond(first - Double(cells.lowerBound)).reversed().map { first - $0 }
    positions = before + whole + beyond(Double(cells.upperBound) - last).map { last + $0 }
    core = before.count...before.count + whole.count - 1
  }
}
