/// How much is fetched for a reader who has not said what it wants: little at first, more while it goes straight on.
struct ReadAhead: Hashable, Sendable {
  private static let least = 64 << 10
  private static let most = 4 << 20

  private var end = -1
  private var count = least

  /// The range that is fetched where `range` is wanted and is not there.
  mutating func range(for range: Range<Int>, of byteCount: Int) -> Range<Int> {
    count =
      range.lowerBound <= end && range.upperBound > end ? min(2 * count, Self.most) : Self.least
    let start = range.lowerBound / Self.least * Self.least
    let fetched = start..<min(byteCount, max(range.upperBound, start + count))
    end = fetched.upperBound
    return fetched
  }
}
