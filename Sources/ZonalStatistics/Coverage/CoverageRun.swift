/// Neighbouring cells of a row of which a zone covers the same share.
public struct CoverageRun: Hashable, Sendable {
  /// The first column.
  public let start: Int32
  /// The column after the last.
  public let end: Int32
  /// Above 0; `whole` is the entire cell.
  public let share: UInt32

  /// The share of a cell that lies in the zone entirely; shares are whole numbers of 2⁻³⁰.
  public static let whole: UInt32 = 1 << 30

  public init(start: Int32, end: Int32, share: UInt32) {
    (self.start, self.end, self.share) = (start, end, share)
  }

  @inlinable public var columns: Range<Int> { Int(start)..<Int(end) }
  /// 0…1.
  @inlinable public var fraction: Double { Double(share) / Double(Self.whole) }

  /// What a partly covered cell adds: area × share, rounded to the nearest unit.
  @inline(__always) static func part(_ share: UInt32, of area: Int64) -> Int64 {
    let (high, low) = area.multipliedFullWidth(by: Int64(share))
    let (sum, carry) = low.addingReportingOverflow(1 << 29)
    return (high &+ (carry ? 1 : 0)) << 34 | Int64(truncatingIfNeeded: sum >> 30)
  }
}
