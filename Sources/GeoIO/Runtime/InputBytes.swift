import CGDAL
import RasterCore

/// An open file of which single stretches of bytes are read, `/vsi…` paths included.
@safe struct InputBytes: ~Copyable {
  private let handle: UnsafeMutablePointer<VSILFILE>
  /// Of the whole file.
  let count: Int

  /// `nil` where there is no such file.
  init?(of path: String) {
    guard case .bytes(let count) = FileSystem.size(of: path),
      let handle = unsafe VSIFOpenL(path, "rb")
    else { return nil }
    unsafe self.handle = handle
    self.count = count
  }

  deinit { unsafe _ = VSIFCloseL(handle) }

  /// `nil` where the file ends before.
  func read(_ length: Int, at offset: Int) -> [UInt8]? {
    guard offset >= 0, length >= 0, offset <= count - length else { return nil }
    var bytes = [UInt8](repeating: 0, count: length)
    guard unsafe VSIFSeekL(handle, vsi_l_offset(offset), SEEK_SET) == 0,
      unsafe VSIFReadL(&bytes, 1, length, handle) == length
    else { return nil }
    return bytes
  }
}

extension [UInt8] {
  /// The signed whole number of four bytes, the lowest first.
  func littleEndian(at index: Int) -> Int {
    Int(
      Int32(
        bitPattern: (0..<4).reduce(0) { $0 | UInt32(self[index + $1]) << UInt32(8 * $1) }))
  }

  /// The signed whole number of four bytes, the highest first.
  func bigEndian(at index: Int) -> Int {
    Int(Int32(bitPattern: (0..<4).reduce(0) { $0 << 8 | UInt32(self[index + $1]) }))
  }
}
