import RasterCore

/// Counts the classes in a row of blocks, cell row by cell row.
///
/// The commonest class stands for a block; of equals it is the least suitable one, and nodata only where it
/// is commoner than each class.
struct BlockCounts {
  /// The classes, 0…4; other codes are not counted.
  static let codes = 5
  private let block: Int
  private let cells: Int
  /// By block, `codes` each.
  private var counts: [Int]

  /// - Parameters:
  ///   - cells: of a row, which may end within a block.
  ///   - block: cells along a side.
  init(cells: Int, block: Int) {
    (self.cells, self.block) = (cells, block)
    counts = [Int](repeating: 0, count: (cells + block - 1) / block * Self.codes)
  }

  /// Counts the cells of a row.
  ///
  /// - Parameter first: where the row begins in `values`.
  mutating func add(_ values: [UInt8], from first: Int) {
    let source = values.span
    let (block, cells) = (block, cells)
    var sums = counts.mutableSpan
    for index in 0..<sums.count / Self.codes {
      let start = first + index * block
      let end = min(start + block, first + cells)
      // Five counts of twelve bits in one number, so that a cell costs a shift and a sum.
      var place = start
      while place < end {
        let stop = min(end, place + 4095)
        var packed: UInt64 = 0
        while place < stop {
          packed &+= 1 &<< (12 &* UInt64(source[place] & 7))
          place &+= 1
        }
        for code in 0..<Self.codes {
          sums[index * Self.codes + code] += Int(packed >> (12 * UInt64(code)) & 4095)
        }
      }
    }
  }

  /// The commonest class of each block with its share in per cent, 100 only where it is alone; counting
  /// begins anew.
  mutating func take() -> (codes: [UInt8], shares: [UInt8]) {
    let blocks = counts.count / Self.codes
    var (codes, shares) = (
      [UInt8](repeating: 0, count: blocks), [UInt8](repeating: 0, count: blocks)
    )
    for index in 0..<blocks {
      let places = index * Self.codes..<(index + 1) * Self.codes
      let all = counts[places].reduce(0, +)
      guard all > 0 else { continue }
      var best = 0
      // From the best class down, so that of equals the least suitable stays.
      for code in (1..<Self.codes).reversed()
      where counts[places.lowerBound + code] > 0
        && counts[places.lowerBound + code] >= counts[places.lowerBound + best]
      { best = code }
      let most = counts[places.lowerBound + best]
      codes[index] = UInt8(best)
      shares[index] = UInt8(most == all ? 100 : min(99, max(1, (200 * most + all) / (2 * all))))
    }
    for index in counts.indices { counts[index] = 0 }
    return (codes, shares)
  }
}
