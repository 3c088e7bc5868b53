import CGDAL

extension RasterDataset {
  /// Formats that keep what eyes see, or draw it anew.
  private static let pictureDrivers = ["AVIF", "ECW", "HEIF", "JP2ECW", "JPEG", "MrSID", "PDF"]

  /// The compression does not keep values as they were: blurred codes are other codes.
  public var losesDetail: Bool {
    func item(_ key: String) -> String {
      unsafe GDALGetMetadataItem(handle, key, "IMAGE_STRUCTURE").map {
        unsafe String(cString: $0).uppercased()
      } ?? ""
    }
    if item("COMPRESSION_REVERSIBILITY").hasPrefix("LOSSLESS") { return false }
    if item("COMPRESSION_REVERSIBILITY").hasPrefix("LOSSY") { return true }
    if Self.pictureDrivers.contains(driver) { return true }
    let name = item("COMPRESSION")
    if name.contains("LERC") { return unsafe LercHeader.isLossy(handle) }
    // Databases of pictures. WebP without losses is not told apart, and hardly used there.
    let tiles =
      switch driver {
      case "GPKG": item("TILE_FORMAT")
      case "Rasterlite": metadata["TILE_FORMAT"]?.uppercased() ?? ""
      case "MBTiles": metadata["format"]?.uppercased() ?? ""
      default: ""
      }
    return ["JPEG", "JPG", "WEBP"].contains { name.contains($0) || tiles.contains($0) }
  }
}
