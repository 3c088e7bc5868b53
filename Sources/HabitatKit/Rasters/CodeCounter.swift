/// How often each code occurs in a part of a tile.
struct CodeCounter {
  private let cells: [UInt8]
  private let stride: Int

  init(_ cells: [UInt8], columns: Int) { (self.cells, stride) = (cells, columns) }

  /// How many cells have a 1 in each of the three bits of a code, and in two and three of them at once:
  /// that tells how many have each code. Sixteen cells at once, a byte each.
  private struct BitCounts {
    private var (first, second, third) = (Bytes.zero, Bytes.zero, Bytes.zero)
    private var (notThird, notSecond, notFirst, all) = (
      Bytes.zero, Bytes.zero, Bytes.zero, Bytes.zero
    )

    @inline(__always) mutating func add(_ codes: Bytes) {
      let ones = Bytes(repeating: 0x0101_0101_0101_0101)
      let (a, b, c) = (codes & ones, codes &>> 1 & ones, codes &>> 2 & ones)
      let ab = a & b
      first &+= a
      second &+= b
      third &+= c
      notThird &+= ab
      notSecond &+= a & c
      notFirst &+= b & c
      all &+= ab & c
    }

    var codes: SIMD8<UInt16> {
      let (a, b, c) = (Self.sum(first), Self.sum(second), Self.sum(third))
      let (ab, ac, bc) = (Self.sum(notThird), Self.sum(notSecond), Self.sum(notFirst))
      let abc = Self.sum(all)
      return SIMD8(
        0, a &- ab &- ac &+ abc, b &- ab &- bc &+ abc, ab &- abc, c &- ac &- bc &+ abc,
        ac &- abc, bc &- abc, abc)
    }

    private static func sum(_ bytes: Bytes) -> UInt16 {
      let even = Bytes(repeating: 0x00FF_00FF_00FF_00FF)
      let pairs = (bytes & even) &+ (bytes &>> 8 & even)
      let sums = (pairs &* Bytes(repeating: 0x0001_0001_0001_0001)) &>> 48
      return UInt16(truncatingIfNeeded: sums.x &+ sums.y)
    }
  }
  private typealias Bytes = SIMD2<UInt64>

  /// - Parameters: at most 255 · 16 cells of a row, or 255 rows of 16 cells.
  /// - Returns: by code; none for 0.
  func codes(_ rows: Range<Int>, _ columns: Range<Int>) -> SIMD8<UInt16> {
    var counts = BitCounts()
    var rest = SIMD8<UInt16>.zero
    let bytes = unsafe cells.span.bytes
    let whole = columns.count & ~15
    for row in rows {
      let first = row * stride + columns.lowerBound
      for offset in Swift.stride(from: first, to: first + whole, by: 16) {
        // Bounds are checked; only the type is taken on trust, and any bytes are numbers.
        let sixteen = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Bytes.self)
        counts.add(sixteen)
      }
      for index in first + whole..<first + columns.count {
        rest[Int(cells[index])] &+= 1
      }
    }
    return counts.codes &+ rest
  }
}
