/// SHA-256 without help from a library or from instructions that not every processor has.
///
/// Source: FIPS PUB 180-4 (2015), section 6.2.
struct PortableSHA256: Sendable {
  private typealias State = (
    UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32
  )
  private var state: State = (
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19
  )
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  mutating func update(_ bytes: [UInt8]) {
    byteCount += UInt64(bytes.count)
    var start = 0
    if !pending.isEmpty {
      start = min(64 - pending.count, bytes.count)
      pending += bytes[..<start]
      guard pending.count == 64 else { return }
      absorb(pending, from: 0)
      pending.removeAll(keepingCapacity: true)
    }
    let whole = (bytes.count - start) / 64 * 64
    absorb(bytes, from: start)
    pending += bytes[(start + whole)...]
  }

  /// The digest, 32 bytes.
  consuming func digest() -> [UInt8] {
    let bitCount = byteCount * 8
    var padding: [UInt8] = [0x80]
    while (pending.count + padding.count) % 64 != 56 { padding.append(0) }
    padding += stride(from: 56, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: bitCount >> $0)
    }
    update(padding)
    let (a, b, c, d, e, f, g, h) = state
    return [a, b, c, d, e, f, g, h].flatMap { word in
      stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word &>> $0) }
    }
  }

  /// Takes in as many whole blocks of 64 bytes as there are.
  private mutating func absorb(_ bytes: [UInt8], from start: Int) {
    var sums = state
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe Self.constants.withUnsafeBufferPointer { constants in
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
          for block in stride(from: start, through: bytes.count - 64, by: 64) {
            for index in 0..<16 {
              let word = unsafe bytes.loadUnaligned(
                fromByteOffset: block &+ 4 &* index, as: UInt32.self)
              unsafe words[index] = word.bigEndian
            }
            for index in 16..<64 {
              let (a, b) = unsafe (words[index &- 15], words[index &- 2])
              let s0 = a.rotated(7) ^ a.rotated(18) ^ (a &>> 3)
              let s1 = b.rotated(17) ^ b.rotated(19) ^ (b &>> 10)
              unsafe words[index] = words[index &- 16] &+ s0 &+ words[index &- 7] &+ s1
            }
            unsafe Self.mix(words.baseAddress!, constants.baseAddress!, into: &sums)
          }
        }
      }
    }
    state = sums
  }

  /// The 64 rounds of one block: eight at a time, after which each number is back in its place.
  @inline(__always)
  private static func mix(
    _ words: UnsafePointer<UInt32>, _ constants: UnsafePointer<UInt32>, into state: inout State
  ) {
    var (a, b, c, d, e, f, g, h) = state
    for first in stride(from: 0, to: 64, by: 8) {
      let (k, w) = unsafe (constants + first, words + first)
      unsafe round(a, b, c, &d, e, f, g, &h, k[0] &+ w[0])
      unsafe round(h, a, b, &c, d, e, f, &g, k[1] &+ w[1])
      unsafe round(g, h, a, &b, c, d, e, &f, k[2] &+ w[2])
      unsafe round(f, g, h, &a, b, c, d, &e, k[3] &+ w[3])
      unsafe round(e, f, g, &h, a, b, c, &d, k[4] &+ w[4])
      unsafe round(d, e, f, &g, h, a, b, &c, k[5] &+ w[5])
      unsafe round(c, d, e, &f, g, h, a, &b, k[6] &+ w[6])
      unsafe round(b, c, d, &e, f, g, h, &a, k[7] &+ w[7])
    }
    state = (
      state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e, state.5 &+ f,
      state.6 &+ g, state.7 &+ h
    )
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ term: UInt32
  ) {
    let choice = ((f ^ g) & e) ^ g
    h = h &+ term &+ choice &+ (e.rotated(6) ^ e.rotated(11) ^ e.rotated(25))
    d = d &+ h
    let majority = (a & b) | ((a | b) & c)
    h = h &+ majority &+ (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22))
  }

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}

extension UInt32 {
  @inline(__always) fileprivate func rotated(_ count: UInt32) -> UInt32 {
    self &>> count | self &<< (32 - count)
  }
}
