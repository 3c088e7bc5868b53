import CGDAL
public import RasterCore
import Synchronization

/// A folder in GDAL's memory, gone with all that is in it when its owner is.
@safe public struct MemoryFolder: ~Copyable {
  public let path: String
  private static let count = Atomic<Int>(0)

  public init() {
    GeospatialLibraries.ready
    let number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
    path = "/vsimem/habitat-folder-\(number)"
  }

  deinit { unsafe _ = VSIRmdirRecursive(path) }

  /// The path of a file in the folder, which GDAL may write itself.
  public func path(_ name: String) -> String { path + "/" + name }

  /// - Returns: the path of the file.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  @discardableResult public func write(
    _ bytes: [UInt8], to name: String
  ) throws(HabitatError) -> String {
    let path = path(name)
    var bytes = bytes
    let file = unsafe VSIFOpenL(path, "wb")
    let count = unsafe file == nil ? 0 : VSIFWriteL(&bytes, 1, bytes.count, file)
    let isClosed = unsafe file == nil ? false : VSIFCloseL(file) == 0
    guard isClosed, count == bytes.count else {
      throw HabitatError(
        .cannotWrite, "write-failed", "GDAL has no memory for a file of \(bytes.count) bytes",
        at: path, fix: "free some memory and run it again")
    }
    return path
  }
}
