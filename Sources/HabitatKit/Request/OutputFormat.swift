import GeoIO
import RasterCore

/// The formats of the rasters a run writes, by GDAL's names.
public enum OutputFormat: String, CaseIterable, Sendable {
  case geoTIFF = "GTiff"
  /// A GeoTIFF whose parts stand in the order in which they are read over a network.
  case cloudOptimized = "COG"

  /// - Throws: `.usage`, slug `bad-option`.
  init(named name: String) throws(HabitatError) {
    guard let format = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() })
    else {
      throw HabitatError(
        .usage, "bad-option", "unsupported raster format \"\(name)\"", at: "--of \(name)",
        fix: "write --of \(Self.allCases.map(\.rawValue).joined(separator: " or --of "))")
    }
    self = format
  }

  /// Options that change cells or the grid: the raster would not hold what the table counts.
  private static let altering = [
    "NBITS", "MAX_Z_ERROR", "DISCARD_LSB", "JPEG_QUALITY", "WEBP_LEVEL", "QUALITY",
    "JXL_LOSSLESS", "JXL_DISTANCE", "TILING_SCHEME", "TARGET_SRS", "RES", "EXTENT", "ADD_ALPHA",
  ]

  /// - Throws: `.usage`, slug `bad-option`.
  func check(_ options: [String]) throws(HabitatError) {
    for option in options {
      let parts = option.uppercased().split(separator: "=", maxSplits: 1).map(String.init)
      let alters =
        parts.count == 2
        && (Self.altering.contains(parts[0])
          || parts[0] == "COMPRESS" && ["JPEG", "WEBP"].contains(parts[1]))
      guard parts.count == 2, !alters else {
        throw HabitatError(
          .usage, "bad-option",
          alters ? "the option \(option) changes cells" : "\(option) is not KEY=VALUE",
          at: "--co \(option)", fix: "write for example --co COMPRESS=DEFLATE")
      }
    }
    try RasterWriter.refuseUnknownOptions(options, of: rawValue)
  }

  /// Whether GDAL writes a world file, `.tfw`, beside a raster.
  func hasWorldFile(with options: [String]) -> Bool {
    let asked = options.map { $0.uppercased() }.last { $0.hasPrefix("TFW=") }
    return self == .geoTIFF && ["TFW=YES", "TFW=TRUE", "TFW=ON", "TFW=1"].contains(asked)
  }

  /// GDAL's options for a raster, the user's last so that they win.
  ///
  /// - Parameters:
  ///   - threads: of GDAL's that encode; the bytes do not depend on them.
  ///   - own: the user's.
  func creationOptions(for form: LayerForm, threads: Int, own: [String]) -> [String] {
    let tile = String(Strip.tile)
    var options: [String]
    switch self {
    case .geoTIFF:
      options = ["TILED=YES", "BLOCKXSIZE=\(tile)", "BLOCKYSIZE=\(tile)"]
      options += form.isAmount ? ["COMPRESS=DEFLATE", "PREDICTOR=3"] : ["COMPRESS=LZW"]
    case .cloudOptimized:
      // Overviews are those of the pass; another one would be made the same way.
      options = ["BLOCKSIZE=\(tile)", "OVERVIEW_RESAMPLING=\(form.isAmount ? "AVERAGE" : "MODE")"]
      options += form.isAmount ? ["COMPRESS=DEFLATE", "PREDICTOR=YES"] : ["COMPRESS=LZW"]
    }
    options.append("BIGTIFF=IF_SAFER")
    if threads > 1 { options.append("NUM_THREADS=\(threads)") }
    for option in own {
      let key = option.prefix { $0 != "=" }.uppercased() + "="
      options.removeAll { $0.hasPrefix(key) || key == "COMPRESS=" && $0.hasPrefix("PREDICTOR=") }
      options.append(option)
    }
    return options
  }
}
