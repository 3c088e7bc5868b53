import Foundation

/// OpenSSL's SHA-256, which uses the processor's own instructions for it; libgdal brings the library into
/// the process on most systems.
///
/// It is looked for at run time and used only if it gives the standard's digest of "abc", so that nothing
/// depends on its being there: the digests are the same without it.
@safe struct Libcrypto: Sendable {
  static let shared: Libcrypto? = {
    guard let found = Libcrypto(), let digest = found.makeDigest() else { return nil }
    digest.update(Array("abc".utf8))
    var own = PortableSHA256()
    own.update(Array("abc".utf8))
    return digest.finish() == own.digest() ? found : nil
  }()

  private typealias Make = @convention(c) () -> OpaquePointer?
  private typealias Start = @convention(c) (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> Int32
  private typealias Update = @convention(c) (OpaquePointer?, UnsafeRawPointer?, Int) -> Int32
  private typealias Finish =
    @convention(c) (OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt32>?)
    -> Int32
  private typealias Free = @convention(c) (OpaquePointer?) -> Void

  private let make: Make
  private let algorithm: Make
  private let start: Start
  private let update: Update
  private let finish: Finish
  private let free: Free

  /// The functions of the libraries that the process has loaded; `nil` where one is missing.
  private init?() {
    func function<Function>(_ name: String, _ type: Function.Type) -> Function? {
      unsafe dlsym(nil, name).map { unsafe unsafeBitCast($0, to: type) }
    }
    guard let make = unsafe function("EVP_MD_CTX_new", Make.self),
      let algorithm = unsafe function("EVP_sha256", Make.self),
      let start = unsafe function("EVP_DigestInit_ex", Start.self),
      let update = unsafe function("EVP_DigestUpdate", Update.self),
      let finish = unsafe function("EVP_DigestFinal_ex", Finish.self),
      let free = unsafe function("EVP_MD_CTX_free", Free.self)
    else { return nil }
    unsafe (self.make, self.algorithm, self.start) = (make, algorithm, start)
    unsafe (self.update, self.finish, self.free) = (update, finish, free)
  }

  /// `nil` where the library has no memory or, by its own settings, no SHA-256.
  func makeDigest() -> Digest? {
    guard let context = unsafe make() else { return nil }
    guard unsafe start(context, algorithm(), nil) == 1 else {
      unsafe free(context)
      return nil
    }
    return unsafe Digest(self, context)
  }

  /// One digest under way.
  ///
  /// Sendable although it changes: only a `SHA256` holds it, which cannot be copied and whose changes the
  /// compiler lets one task make at a time.
  @safe final class Digest: @unchecked Sendable {
    private let library: Libcrypto
    private let context: OpaquePointer

    fileprivate init(_ library: Libcrypto, _ context: OpaquePointer) {
      self.library = library
      unsafe self.context = context
    }

    deinit { unsafe library.free(context) }

    func update(_ bytes: [UInt8]) {
      unsafe bytes.withUnsafeBytes { bytes in
        let result = unsafe library.update(context, bytes.baseAddress, bytes.count)
        precondition(result == 1, "a digest that has been started takes any bytes")
      }
    }

    /// The digest, 32 bytes; no more can be added.
    func finish() -> [UInt8] {
      var digest = [UInt8](repeating: 0, count: 32)
      unsafe digest.withUnsafeMutableBufferPointer { digest in
        let result = unsafe library.finish(context, digest.baseAddress, nil)
        precondition(result == 1, "a digest that has been started can be finished once")
      }
      return digest
    }
  }
}
