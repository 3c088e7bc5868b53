import Foundation

/// The check sum of zlib, over bytes as they come.
struct Adler32 {
  private(set) var value: UInt32 = 1

  /// libdeflate's, which uses the processor's own instructions for it; GDAL brings the library into the process on
  /// most systems. It is used only if it gives the sum that is known of a text, so that nothing depends on it.
  private static let library: Sum? = {
    guard let found = unsafe dlsym(nil, "libdeflate_adler32") else { return nil }
    let sum = unsafe unsafeBitCast(found, to: Sum.self)
    let text = Array("Wikipedia".utf8)
    return unsafe sum(1, text, text.count) == 0x11E6_0398 ? sum : nil
  }()
  private typealias Sum = @convention(c) (UInt32, UnsafeRawPointer?, Int) -> UInt32

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    if let sum = unsafe Self.library {
      value = unsafe sum(value, bytes.baseAddress, bytes.count)
    } else {
      var own = PortableAdler32(value)
      unsafe own.add(bytes)
      value = own.value
    }
  }
}
