import CGDAL
import Documents
import RasterCore

extension HabitatError {
  /// The same of a file that GDAL does not open, where a look from outside says more than GDAL: what servers send
  /// and copying leaves in the place of data.
  func lookingAt(_ path: String) -> HabitatError {
    guard slug != "memory-too-small", !NetworkAccess.isRemote(path) else { return self }
    if FileSystem.size(of: path) == .bytes(0) {
      return saying("the file is empty", fix: "fetch it again")
    }
    if Self.isWebPage(path) {
      return saying(
        "the file is a web page, such as servers send instead of a file",
        fix: "open it in a browser to see what it says, and fetch the file again")
    }
    if let other = unfit(path) { return other }
    let ending = unsafe String(cString: CPLGetExtension(path))
    if ending.lowercased() == "shp" {
      let stem = path.dropLast(ending.count)
      let isWhole = ["shx", "SHX"].contains { FileSystem.size(of: stem + $0) != .missing }
      if !isWhole, FileSystem.size(of: path) != .missing {
        return saying(
          "the file \(stem)shx is missing, without which a shapefile cannot be read",
          fix: "put .shp, .shx, .dbf and .prj side by side: together they are the shapefile")
      }
    }
    return self
  }

  /// The same of a file that can be read, but not as what it is given for.
  private func unfit(_ path: String) -> HabitatError? {
    let isRasterMeant = slug == "not-a-raster"
    guard isRasterMeant || slug == "not-vector" else { return nil }
    if isRasterMeant, let inside = VectorContainer.inside(path) {
      return saying("the file is an archive", fix: "unpack it, or name what is in it: \(inside)")
    }
    let kind = isRasterMeant ? GDAL_OF_VECTOR : GDAL_OF_RASTER
    // A damaged file of a format that holds both is no other kind of file.
    let capability = isRasterMeant ? "DCAP_RASTER" : "DCAP_VECTOR"
    guard let driver = unsafe GDALIdentifyDriverEx(path, UInt32(kind), nil, nil),
      unsafe GDALGetMetadataItem(driver, capability, nil) == nil
    else { return nil }
    let name = unsafe String(cString: GDALGetDriverLongName(driver))
    return isRasterMeant
      ? saying("the file holds outlines (\(name)), where a raster is meant", fix: "give a raster")
      : saying(
        "the file holds a raster (\(name)), where outlines are meant",
        fix: "give a vector file, such as a GeoPackage, GeoJSON or Shapefile")
  }

  private func saying(_ what: String, fix: String) -> HabitatError {
    HabitatError(kind, slug, what, at: location, fix: fix)
  }

  private static func isWebPage(_ path: String) -> Bool {
    var start = ""
    _ = FileSystem.read(path, atMost: 512) {
      start = String(decoding: $0, as: UTF8.self).lowercased()
      return false
    }
    let head = start.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return ["<!doctype html", "<html"].contains(where: head.hasPrefix)
  }
}
