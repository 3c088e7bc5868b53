/// The SHA-256 digest of a stream of bytes: by `Libcrypto` where the process has it, which takes a fifth of
/// the time, else by `PortableSHA256`.
public struct SHA256: ~Copyable, Sendable {
  private enum Engine {
    case library(Libcrypto.Digest)
    case own(PortableSHA256)
  }
  private var engine: Engine

  public init() {
    engine = Libcrypto.shared?.makeDigest().map { .library($0) } ?? .own(PortableSHA256())
  }

  /// The digest of `bytes` in lower-case hexadecimal.
  public static func hexDigest(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(Array(bytes))
    return hash.hexDigest()
  }

  public mutating func update(_ bytes: [UInt8]) {
    switch engine {
    case .library(let digest): digest.update(bytes)
    case .own(var digest):
      // Not twice at once: a copy would be made at the first change.
      engine = .own(PortableSHA256())
      digest.update(bytes)
      engine = .own(digest)
    }
  }

  public consuming func hexDigest() -> String {
    digest().map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }

  /// 32 bytes.
  package consuming func digest() -> [UInt8] {
    switch engine {
    case .library(let digest): digest.finish()
    case .own(let digest): digest.digest()
    }
  }
}
