import Foundation

/// Files that the kernel makes up while they are read, below `/proc` and `/sys`.
///
/// They have no size and come in parts, of which Foundation takes the first for the whole.
package enum SystemFile {
  /// - Returns: `nil` where there is no such file.
  package static func text(of path: String) -> String? {
    guard let file = unsafe fopen(path, "r") else { return nil }
    defer { unsafe _ = fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
