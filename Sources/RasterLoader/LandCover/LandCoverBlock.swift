import RasterCore

/// The land cover of a window of the analysis grid.
public struct LandCoverBlock: Sendable {
  /// `LandState` raw values, row by row.
  public var states: [UInt8] = []
  /// Bits of `Note` by cell; empty where there is nothing to note.
  public var notes: [UInt8] = []

  /// What a cell's value does not show.
  public enum Note {
    /// Tiles that lie over one another give different values.
    public static let disagreement: UInt8 = 1
    /// A tile on another lattice was sampled here.
    public static let sampled: UInt8 = 2
  }

  public init() {}

  /// None of the first `count` cells has a land cover.
  public mutating func clear(_ count: Int) {
    notes = []
    states = [UInt8](repeating: 0, count: count)
  }

  /// Whether the legend lacks the code of one of the first `count` cells.
  public func hasUnknownCode(amongFirst count: Int) -> Bool {
    let code = LandState.unknown.rawValue
    var found: UInt8 = 0
    // To the end, without a branch a cell: the compiler makes vectors of it.
    for cell in states[..<count] { found |= cell == code ? 1 : 0 }
    return found != 0
  }
}
