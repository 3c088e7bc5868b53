/// A raster inside a file, as GDAL names it: `GTIFF_DIR:2:a.tif`, `NETCDF:"a.nc":class`.
public struct SubdatasetPath: Hashable, Sendable {
  private let before: String
  /// The file that holds it.
  public let file: String
  private let after: String

  /// `nil` for a path of another kind.
  public init?(_ path: String) {
    let driver = path.prefix { $0.isUppercase || $0.isNumber || $0 == "_" }
    guard driver.count > 1, path.dropFirst(driver.count).first == ":" else { return nil }
    let quoted = path.split(separator: "\"", omittingEmptySubsequences: false)
    if quoted.count == 3 {
      before = quoted[0] + "\""
      (file, after) = (String(quoted[1]), "\"" + quoted[2])
      return
    }
    var parts = path.split(separator: ":", omittingEmptySubsequences: false)
    switch driver {
    case "GTIFF_DIR":
      // `off` and a number of bytes name a page, too.
      let count = parts.dropFirst().first == "off" ? 3 : 2
      guard parts.count > count else { return nil }
      before = parts[..<count].joined(separator: ":") + ":"
      (file, after) = (parts[count...].joined(separator: ":"), "")
    case "NETCDF", "HDF5", "GPKG":
      guard parts.count > 2 else { return nil }
      let last = parts.removeLast()
      (before, file, after) = (driver + ":", parts.dropFirst().joined(separator: ":"), ":" + last)
    default: return nil
    }
  }

  /// The same raster of the file at another place.
  public func inFile(_ path: String) -> String { before + path + after }
}
