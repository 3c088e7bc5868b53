import Documents

/// A range of a file that the cache holds, with the digest of its bytes.
struct RangeRecord: Hashable, Sendable {
  let range: Range<Int>
  /// SHA-256.
  let digest: [UInt8]

  static let byteCount = 52

  init(_ range: Range<Int>, _ bytes: [UInt8]) {
    self.range = range
    digest = Self.digest(of: bytes)
  }

  /// First byte, count, digest, and the CRC-32 of these.
  var encoded: [UInt8] {
    let content = range.lowerBound.bytes(8) + range.count.bytes(8) + digest
    return content + Int(CRC32.checksum(of: content)).bytes(4)
  }

  /// `nil` of bytes that are no whole record.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    let (content, check) = (bytes.dropLast(4), bytes.suffix(4))
    guard Array(check) == Int(CRC32.checksum(of: Array(content))).bytes(4) else { return nil }
    let first = Self.number(content.prefix(8))
    let count = Self.number(content.dropFirst(8).prefix(8))
    let (end, isTooLarge) = first.addingReportingOverflow(count)
    guard first >= 0, count > 0, !isTooLarge else { return nil }
    range = first..<end
    digest = Array(content.suffix(32))
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  func isOf(_ bytes: [UInt8]) -> Bool {
    bytes.count == range.count && Self.digest(of: bytes) == digest
  }

  private static func digest(of bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.digest()
  }
}
