/// The check sum of zlib without the help of any library.
///
/// Source: RFC 1950, §8: *a* is one more than the sum of all bytes, *b* the sum of all values of *a*, both
/// modulo 65521.
struct PortableAdler32 {
  private var a: UInt32
  private var b: UInt32

  var value: UInt32 { b << 16 | a }

  init(_ value: UInt32 = 1) { (a, b) = (value & 0xFFFF, value >> 16) }

  private static let modulus: UInt32 = 65521
  private static let lanes = 16
  /// Vectors in a round: so many that a sum of sums, 255 × (1 + … + 16), fits in 16 bits.
  private static let vectors = 16
  /// Rounds before *b* could pass 32 bits, as in zlib's own 5552 bytes.
  private static let rounds = 21

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    let round = Self.lanes * Self.vectors
    let whole = bytes.count / round * round
    var place = 0
    while place < whole {
      let end = min(whole, place + Self.rounds * round)
      while place < end {
        unsafe add(round: UnsafeRawBufferPointer(rebasing: bytes[place..<place + round]))
        place += round
      }
      reduce()
    }
    while place < bytes.count {
      a &+= unsafe UInt32(bytes[place])
      b &+= a
      place += 1
    }
    reduce()
  }

  private mutating func reduce() {
    a %= Self.modulus
    b %= Self.modulus
  }

  /// In lanes: with *N* vectors of *W* lanes and byte *x* in lane *j* of vector *k*, *b* grows by *NW* times *a*
  /// and the sum of (*NW* − *kW* − *j*)·*x*.
  @inline(__always) private mutating func add(round bytes: UnsafeRawBufferPointer) {
    var sums = SIMD16<UInt16>.zero
    var sumsOfSums = SIMD16<UInt16>.zero
    for vector in 0..<Self.vectors {
      let values = unsafe bytes.loadUnaligned(
        fromByteOffset: vector &* Self.lanes, as: SIMD16<UInt8>.self)
      sums &+= SIMD16<UInt16>(truncatingIfNeeded: values)
      sumsOfSums &+= sums
    }
    let total = SIMD16<UInt32>(truncatingIfNeeded: sums)
    b &+=
      UInt32(bytes.count) &* a
      &+ UInt32(Self.lanes) &* SIMD16<UInt32>(truncatingIfNeeded: sumsOfSums).wrappedSum()
      &- (total &* SIMD16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)).wrappedSum()
    a &+= total.wrappedSum()
  }
}
