import CGDAL

/// The file whose packed blocks are looked at. It stays open from one block to the next: to open it for each costs
/// more than to compare their sums.
@safe final class PackedFile {
  private var open: (path: String, handle: UnsafeMutablePointer<VSILFILE>)?

  deinit { close() }

  private func close() {
    if let open = unsafe open { unsafe _ = VSIFCloseL(open.handle) }
    unsafe open = nil
  }

  /// `nil` where the file does not hold as many.
  func bytes(of path: String, from offset: Int, count: Int) -> [UInt8]? {
    if unsafe open?.path != path {
      close()
      guard let handle = unsafe VSIFOpenL(path, "rb") else { return nil }
      unsafe open = (path, handle)
    }
    guard let handle = unsafe open?.handle else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    guard unsafe VSIFSeekL(handle, UInt64(offset), SEEK_SET) == 0,
      unsafe VSIFReadL(&bytes, 1, count, handle) == count
    else { return nil }
    return bytes
  }
}
