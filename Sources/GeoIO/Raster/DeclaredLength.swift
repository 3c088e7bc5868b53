import CGDAL
import RasterCore

/// How long a file must be for the cells that its header declares, of the formats of which GDAL reads what is missing as
/// zeros, without a word. Of all others it says so itself.
struct DeclaredLength {
  let bytes: Int

  /// `nil` where the format is another, or its cells are packed.
  init?(of dataset: GDALDatasetH, _ path: String) {
    switch unsafe String(cString: GDALGetDriverShortName(GDALGetDatasetDriver(dataset))) {
    case "netCDF":
      guard let header = ClassicNetCDFHeader(of: SubdatasetPath(path)?.file ?? path) else {
        return nil
      }
      bytes = header.bytes
    case "ENVI":
      guard let end = unsafe Self.endOfENVI(dataset) else { return nil }
      bytes = end
    default: return nil
    }
  }

  private static func endOfENVI(_ dataset: GDALDatasetH) -> Int? {
    func number(_ key: String) -> Int {
      unsafe GDALGetMetadataItem(dataset, key, "ENVI").flatMap { unsafe Int(String(cString: $0)) }
        ?? 0
    }
    guard number("file_compression") == 0, let band = unsafe GDALGetRasterBand(dataset, 1) else {
      return nil
    }
    // GDAL has refused sizes whose product overflows.
    let cells = unsafe Int(GDALGetRasterXSize(dataset)) * Int(GDALGetRasterYSize(dataset))
    let size = unsafe Int(GDALGetDataTypeSizeBytes(GDALGetRasterDataType(band)))
    return unsafe number("header_offset") + cells * Int(GDALGetRasterCount(dataset)) * size
  }

  /// - Throws: `.input`, slug `unreadable-block`.
  func refuseCutFile(_ path: String) throws(HabitatError) {
    let file = SubdatasetPath(path)?.file ?? path
    guard case .bytes(let held) = FileSystem.size(of: file), held < bytes else { return }
    throw HabitatError(
      .input, "unreadable-block",
      "the file is cut short: its header declares \(bytes) bytes, and it has \(held)", at: path,
      fix: "fetch it again")
  }
}
