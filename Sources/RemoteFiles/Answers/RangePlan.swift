/// Which ranges are asked for in one request each.
package enum RangePlan {
  /// Neighbours with less than this between them cost less together than apart.
  static let gap = 64 << 10
  /// What a kill can lose of a connection, and what is kept in memory while it arrives.
  static let mostBytes = 4 << 20

  /// The requests for all bytes of `wanted` that are not `known`.
  ///
  /// - Returns: ranges in order, without overlap, none over `most` bytes: a longer one is cut.
  package static func requests(
    for wanted: [Range<Int>], known: RangeSet<Int>, gap: Int = gap, most: Int = mostBytes
  ) -> [Range<Int>] {
    let missing = RangeSet(wanted.filter { !$0.isEmpty }).subtracting(known)
    var joined: [Range<Int>] = []
    for range in missing.ranges {
      // What lies between and is there already is not asked for once more.
      if let last = joined.last, range.lowerBound - last.upperBound <= gap,
        known.intersection(RangeSet(last.upperBound..<range.lowerBound)).isEmpty
      {
        joined[joined.count - 1] = last.lowerBound..<range.upperBound
      } else {
        joined.append(range)
      }
    }
    return joined.flatMap { range in
      stride(from: range.lowerBound, to: range.upperBound, by: most).map {
        $0..<min($0 + most, range.upperBound)
      }
    }
  }
}
