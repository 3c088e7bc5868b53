import CGDAL
import RasterCore

/// The bytes of a file, `/vsi…` ones included, from front to back.
@safe struct ByteStream: ~Copyable {
  private let handle: UnsafeMutablePointer<VSILFILE>

  /// `nil` where there is no file.
  init?(reading path: String) {
    GeospatialLibraries.ready
    guard let handle = unsafe VSIFOpenL(path, "rb") else { return nil }
    unsafe self.handle = handle
  }

  deinit { unsafe _ = VSIFCloseL(handle) }

  func seek(to offset: Int) { unsafe _ = VSIFSeekL(handle, vsi_l_offset(offset), SEEK_SET) }

  var offset: Int { unsafe Int(VSIFTellL(handle)) }

  /// Reads up to `count` bytes to the end of `bytes`.
  ///
  /// - Returns: how many there were.
  func read(_ count: Int, appendingTo bytes: inout [UInt8]) -> Int {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    let found = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      unsafe VSIFReadL(buffer.baseAddress! + start, 1, count, handle)
    }
    bytes.removeLast(count - found)
    return found
  }
}
