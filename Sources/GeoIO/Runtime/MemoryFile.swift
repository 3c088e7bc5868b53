import CGDAL
import RasterCore
import Synchronization

/// A small file that lives in GDAL's memory as long as its owner.
struct MemoryFile: ~Copyable {
  let path: String
  private static let count = Atomic<Int>(0)

  init(_ text: String, suffix: String) {
    let number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
    path = "/vsimem/habitat-\(number)\(suffix)"
    guard let file = unsafe VSIFOpenL(path, "wb") else { return }
    var bytes = Array(text.utf8)
    unsafe _ = VSIFWriteL(&bytes, 1, bytes.count, file)
    unsafe _ = VSIFCloseL(file)
  }

  deinit { unsafe _ = VSIUnlink(path) }
}
