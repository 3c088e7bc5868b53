import Testing

@testable import Documents

@Suite("Zip archives")
struct ZipArchiveTests {
  /// The check value that every description of CRC-32 gives.
  @Test("the checksum of 123456789 is CBF43926")
  func checksum() {
    #expect(CRC32.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(CRC32.checksum(of: []) == 0)
  }

  @Test("an archive without files is an end record alone")
  func empty() {
    #expect(ZipArchive().bytes == [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18))
  }
}
