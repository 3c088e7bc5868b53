import TestSupport
import Testing

@testable import Documents

@Suite("SHA-256")
struct SHA256Tests {
  /// FIPS 180-2, appendix B, and the empty message of NIST's CAVP vectors.
  @Test(
    "a digest is that of the standard's example",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
          + "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func standardExample(message: String, digest: String) {
    #expect(SHA256.hexDigest(of: message.utf8) == digest)
  }

  @Test("a long message is that of the standard's third example")
  func millionLetters() {
    // FIPS 180-2, appendix B.3: a million times the letter a.
    let digest = SHA256.hexDigest(of: [UInt8](repeating: 97, count: 1_000_000))
    #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("the digest does not depend on how the bytes are cut up", arguments: UInt64(0)..<10)
  func pieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<1000).map { _ in UInt8.random(in: 0...255, using: &random) }
    var hash = SHA256()
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 0...130, using: &random))
      hash.update(Array(piece))
      rest = rest.dropFirst(piece.count)
    }
    #expect(hash.hexDigest() == SHA256.hexDigest(of: bytes))
  }

  /// Where a process has the library, digests would else never be made without it.
  @Test("with the system's library and without it a digest is the same", arguments: UInt64(0)..<10)
  func engines(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    var own = PortableSHA256()
    own.update(bytes)
    let digits = own.digest().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(SHA256.hexDigest(of: bytes) == digits)
  }
}
