import GeoIO
import RasterCore

/// Files of a folder that hold rasters and are packed: GDAL does not look into them unless their path says how, and
/// what is passed over would be land lost without a word.
struct PackedTiles {
  /// What GDAL lists, by the ending of the name, and the prefix of such a path.
  private static let archives = [
    ".zip": "/vsizip/", ".tar": "/vsitar/", ".tgz": "/vsitar/", ".tar.gz": "/vsitar/",
  ]
  private static let endings =
    archives.keys + [
      ".gz", ".bz2", ".xz", ".zst", ".z", ".lzma", ".7z", ".rar", ".tbz2", ".txz",
    ]

  /// Names of the tiles that lie unpacked in the folder, in lower case.
  private let unpacked: Set<String>
  /// Endings of rasters, in lower case.
  private let rasters: Set<String>

  init(beside tiles: [String], endings: Set<String>) {
    unpacked = Set(tiles.map { $0.baseName.lowercased() })
    rasters = endings.subtracting(RasterEndings.pictures)
  }

  /// - Throws: `.input`, slug `not-a-raster`, where rasters of the file lie nowhere else in the folder.
  func refuse(_ file: String, at location: String) throws(HabitatError) {
    let name = file.baseName.lowercased()
    guard let ending = Self.endings.filter(name.hasSuffix).max(by: { $0.count < $1.count }) else {
      return
    }
    let inner = String(file.baseName.dropLast(ending.count))
    let prefix = Self.archives[ending]
    let listed = prefix.map { FileSystem.names(below: "\($0){\(file)}") } ?? []
    // What cannot be listed is called like what it holds.
    let packed = (listed.isEmpty ? [inner] : listed).filter { isLacking($0) }.sorted()
    guard let first = packed.first else { return }
    let path =
      prefix.map { $0 + file + "/" + first } ?? (ending == ".gz" ? "/vsigzip/" + file : nil)
    throw HabitatError(
      .input, "not-a-raster",
      "the file is packed, and what it holds would be left out: "
        + packed.prefix(5).joined(separator: ", ")
        + (packed.count > 5 ? " and \(packed.count - 5) more" : ""),
      at: "\(location): \(file)",
      fix: "unpack it" + (path.map { ", or name \($0) as well" } ?? "")
        + "; take it away if it is not meant")
  }

  private func isLacking(_ name: String) -> Bool {
    let base = name.baseName.lowercased()
    return rasters.contains(base.ending) && !unpacked.contains(base) && !base.hasPrefix("._")
  }
}
