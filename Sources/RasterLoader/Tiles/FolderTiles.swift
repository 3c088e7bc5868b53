import Documents
import GeoIO
import RasterCore

/// Endings of file names, in lower case.
enum RasterEndings {
  /// Of formats that hold a raster and nothing else: a file of that name which is none is one that failed.
  static let formats: Set<String> = [
    "tif", "tiff", "gtif", "gtiff", "btf", "cog", "img", "hgt", "vrt", "bil", "bip", "bsq", "flt",
    "dem", "dt0", "dt1", "dt2", "jp2", "nc", "nc4", "hdf", "h4", "h5", "he5", "grd", "grb", "grb2",
    "grib", "grib2", "kea", "sdat", "ecw", "sid",
  ]

  /// Of what lies beside a raster and tells of it, though GDAL may take it for one.
  static let sideFiles: Set<String> = [
    "ovr", "msk", "aux", "rrd", "xml", "json", "geojson", "prj", "qpj", "wld", "tfw", "tifw",
    "tiffw", "jgw", "pgw", "gfw", "bpw", "hdr", "stx", "clr", "qml", "sld", "lyr", "lyrx", "tab",
    "dbf", "cpg", "pdf", "html", "htm", "kml", "kmz", "met",
  ]

  /// Of pictures, which hold classes now and then.
  static let pictures: Set<String> = ["png", "jpg", "jpeg", "gif", "bmp", "webp"]

  /// Put behind the name of a file that is still on its way.
  static let unfinished: Set<String> = [
    "part", "partial", "crdownload", "download", "filepart", "opdownload", "aria2", "tmp",
  ]

  /// Of texts and the like: one that is a raster does not make its neighbours rasters.
  static let texts: Set<String> = ["txt", "csv", "md", "log"]

  /// Of databases that may hold outlines alone.
  static let databases: Set<String> = ["gpkg", "sqlite", "mbtiles"]
}

/// What of a folder's files is a tile.
///
/// Side files, pictures of the tiles and outlines are none. What is called like a tile must be one: a failed
/// download that is passed over would be land lost without a word.
struct FolderTiles {
  private let folder: String
  private let files: [String]
  private let location: String

  /// - Parameter layer: for messages.
  init(in folder: String, layer: String) {
    files = FileSystem.names(in: folder)
      // Where a Mac keeps what other systems' folders cannot.
      .filter { !$0.hasPrefix("._") }
      .map { folder.joined(with: $0) }
      .filter { FileSystem.size(of: $0) != .folder }
    (self.folder, location) = (folder, layer)
  }

  /// - Throws: `.input`: `not-a-file`, `input-missing`, `not-a-raster`, `name-unreadable`.
  func tiles() throws(HabitatError) -> [String] {
    let rasters = files.filter {
      FileSystem.size(of: $0) != .special && RasterFormat.recognises($0)
    }
    var tiles = rasters.filter { !RasterEndings.sideFiles.contains($0.ending) && !isOutlines($0) }
    tiles = withoutPictures(tiles)
    // A folder of nothing else: what GDAL reads there is meant.
    if tiles.isEmpty { tiles = rasters.filter { !isOutlines($0) } }
    try refuseFailed(beside: tiles)
    return tiles
  }

  private func isOutlines(_ file: String) -> Bool {
    RasterEndings.databases.contains(file.ending) && RasterFormat.isVectorOnly(file)
  }

  /// Pictures beside tiles: named as such or for a tile, or without a place on the Earth.
  private func withoutPictures(_ tiles: [String]) -> [String] {
    let others = tiles.filter { !RasterEndings.pictures.contains($0.ending) }
    let stems = others.map(\.rasterStem)
    let kept = tiles.filter { file in
      guard RasterEndings.pictures.contains(file.ending) else { return true }
      if file.isCalledPreview { return false }
      guard !others.isEmpty else { return true }
      let name = String(file.baseName.lowercased().dropLast(file.ending.count + 1))
      return !stems.contains { name.hasPrefix($0) } && Self.hasPlace(file)
    }
    return kept.isEmpty ? tiles : kept
  }

  private static func hasPlace(_ file: String) -> Bool {
    // What cannot be opened is told by those who read it.
    guard let dataset = try? RasterDataset(reading: file) else { return true }
    return dataset.geotransform != nil || dataset.hasGroundControlPoints
  }

  /// A link to nowhere, a pipe, a file that may not be read or is no raster, called like a tile.
  private func refuseFailed(beside tiles: [String]) throws(HabitatError) {
    let taken = Set(tiles)
    let endings = Set(tiles.map(\.ending)).subtracting(RasterEndings.texts)
      .union(RasterEndings.formats)
    try FileSystem.refuseUnreadableNames(in: folder, at: location) { name in
      endings.contains(name.ending) || !name.contains(".")
    }
    let packed = PackedTiles(beside: tiles, endings: endings)
    for file in files where !taken.contains(file) {
      try packed.refuse(file, at: location)
      if RasterEndings.unfinished.contains(file.ending),
        endings.contains(String(file.dropLast(file.ending.count + 1)).ending)
      {
        throw HabitatError(
          .input, "not-a-raster", "the download of this tile is not finished",
          at: "\(location): \(file)", fix: "fetch it again, or take it away")
      }
      guard endings.contains(file.ending) else { continue }
      try FileSystem.refuseSpecialFile(file, at: "\(location): \(file)")
      try TilePaths.refuseLost(file, location)
      try refuseNoRaster(file)
    }
  }

  private func refuseNoRaster(_ file: String) throws(HabitatError) {
    guard !RasterEndings.pictures.contains(file.ending), !RasterFormat.isVectorOnly(file),
      !RasterEndings.sideFiles.contains(file.ending)
    else { return }
    var what = "it is called like a tile and is no raster that GDAL can read"
    if case .bytes(0) = FileSystem.size(of: file) { what = "the file is empty" }
    throw HabitatError(
      .input, "not-a-raster", what, at: "\(location): \(file)",
      fix: "fetch it again, or take it away if it is no tile")
  }
}

extension String {
  /// What follows the last dot of the base name, in lower case; of packed files, such as `.hgt.zip`, both.
  var ending: String {
    let parts = baseName.lowercased().split(separator: ".").map(String.init)
    guard let last = parts.last else { return "" }
    let isPacked = parts.count > 2 && ["zip", "gz"].contains(last)
    return isPacked ? parts.suffix(2).joined(separator: ".") : last
  }

  fileprivate var isCalledPreview: Bool {
    let words = [
      "preview", "thumb", "thumbnail", "quicklook", "ql", "browse", "overview", "icon", "legend",
      "logo",
    ]
    return baseName.lowercased().split { !$0.isLetter }.contains { words.contains(String($0)) }
  }

  func joined(with name: String) -> String {
    isEmpty || hasSuffix("/") ? self + name : self + "/" + name
  }
}
