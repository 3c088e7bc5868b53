import CGDAL
import RasterCore

/// An archive or a folder that stands in the place of a vector file: downloads and exports come as one.
///
/// GDAL looks into archives only where the path says how, and takes a folder for shapefiles alone.
struct VectorContainer {
  /// As given.
  private let path: String
  /// Where GDAL finds what is in it.
  private let folder: String
  private let isArchive: Bool
  /// The vector files in it, sorted by bytes.
  private let files: [String]
  /// They end as nothing but vector files do, so that one that does not open is no other kind of file.
  private let areSurelyVectors: Bool

  /// The file that a path means: the only one in it with what is asked for, or the path itself.
  ///
  /// - Parameter layer: the name of the layer that is meant.
  /// - Throws: `.input`: `not-vector`, `layer-ambiguous`, `layer-unknown`, `parks-not-polygons`; `source-remote` and
  ///   its like for a file in it.
  static func file(
    at path: String, for theme: FeatureTheme, layer: String?
  ) throws(HabitatError) -> String {
    guard let container = VectorContainer(path) else { return path }
    if container.isLocked { throw container.locked }
    return try container.file(for: theme, layer: layer)
  }

  /// `nil` where the path is that of a file, or of what a driver of GDAL opens as one.
  private init?(_ path: String) {
    let name = path.lowercased()
    guard !Self.opened.contains(where: name.hasSuffix), !NetworkAccess.isForbidden(path) else {
      return nil
    }
    self.path = path
    switch FileSystem.size(of: path) {
    case .bytes:
      guard let inside = Self.inside(path) else { return nil }
      (folder, isArchive) = (inside, true)
    case .folder:
      folder = path.hasSuffix("/") ? String(path.dropLast()) : path
      isArchive = Self.archives.contains { path.hasPrefix($0.prefix) }
    case .missing, .special:
      return nil
    }
    let names = isArchive ? FileSystem.names(below: folder) : FileSystem.names(in: folder)
    (files, areSurelyVectors) = Self.vectors(among: names)
  }

  private static let archives: [(ending: String, prefix: String)] = [
    (ending: ".zip", prefix: "/vsizip/"), (".tar", "/vsitar/"), (".tgz", "/vsitar/"),
    (".tar.gz", "/vsitar/"),
  ]
  /// Where GDAL finds what is in an archive; `nil` of a file that does not end as one.
  static func inside(_ path: String) -> String? {
    archives.first { path.lowercased().hasSuffix($0.ending) }.map { $0.prefix + path }
  }

  /// Archives and folders that drivers of GDAL open themselves.
  private static let opened = [".shp.zip", ".gdb.zip", ".osm.zip", ".gdb", ".gdb/"]
  private static let endings = [
    "shp", "gpkg", "geojson", "geojsonl", "geojsons", "topojson", "kml", "kmz", "gml", "gpx", "fgb",
    "tab",
    "mif", "gdb", "osm", "pbf",
  ]
  /// Of files that often go with others and hold no outlines.
  private static let furtherEndings = ["json", "csv", "sqlite", "dxf", "vrt", "xml"]

  private static func vectors(among names: [String]) -> (files: [String], areSure: Bool) {
    // Of a folder in an archive its files are listed; the copies that macOS puts beside are no data.
    let places = names.filter { !$0.hasPrefix("__MACOSX/") }.map { name -> String in
      // A geodatabase is a folder, and one file to its readers.
      let parts = name.split(separator: "/")
      guard let end = parts.firstIndex(where: { $0.lowercased().hasSuffix(".gdb") }) else {
        return name
      }
      return parts[...end].joined(separator: "/")
    }.filter {
      !$0.baseName.hasPrefix(".") && !$0.hasSuffix("/") && !$0.lowercased().hasSuffix(".aux.xml")
    }
    func having(_ endings: [String]) -> [String] {
      places.filter { endings.contains($0.ending) }
        .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
    let found = having(endings)
    return found.isEmpty ? (having(furtherEndings), false) : (found, true)
  }

  private func file(for theme: FeatureTheme, layer: String?) throws(HabitatError) -> String {
    let paths = files.map { "\(folder)/\($0)" }
    if paths.count == 1 { return paths[0] }
    guard !paths.isEmpty else {
      // Other formats of folders are known to GDAL.
      guard isArchive || (try? VectorDataset(reading: path)) == nil else { return path }
      throw nothing
    }
    var (fitting, known): ([String], [String]) = ([], [])
    for path in paths {
      let names: [String]
      do throws(HabitatError) {
        let dataset = try VectorDataset(reading: path, for: theme)
        names = theme == .parks ? dataset.outlineLayers : dataset.shapeLayers
      } catch {
        if areSurelyVectors { throw error }
        continue
      }
      for name in names where !known.contains(name) { known.append(name) }
      if let layer, names.contains(where: { $0.lowercased() == layer.lowercased() }) {
        fitting.append(path)
      } else if layer == nil, !names.isEmpty {
        fitting.append(path)
      }
    }
    let called = fitting.filter { $0.stem.lowercased() == theme.name }
    if layer == nil, theme != .parks, called.count == 1 { return called[0] }
    if fitting.count == 1 { return fitting[0] }
    throw fitting.isEmpty
      ? unfit(theme, layer, known)
      : HabitatError(
        .input, "layer-ambiguous",
        "the \(kind) holds several files of \(theme.shapes)"
          + (layer.map { " with a layer \"\($0)\"" } ?? ""), at: path,
        fix: "name one in its place: \(fitting.joined(separator: ", "))")
  }

  /// Whether the first file of a zip is encrypted, as its header says.
  ///
  /// Source: PKWARE, APPNOTE.TXT 6.3.9, section 4.4.4.
  private var isLocked: Bool {
    var header: [UInt8] = []
    _ = FileSystem.read(path, atMost: 8) {
      header = $0
      return false
    }
    return isArchive && header.count == 8 && header.starts(with: [0x50, 0x4B, 3, 4])
      && header[6] & 1 == 1
  }

  private var locked: HabitatError {
    HabitatError(
      .input, "not-vector", "the archive is locked with a password", at: path,
      fix: "unpack it, and name the file in it")
  }

  private var kind: String { isArchive ? "archive" : "folder" }

  private func unfit(_ theme: FeatureTheme, _ layer: String?, _ known: [String]) -> HabitatError {
    guard let layer else {
      return HabitatError(
        .input, theme == .parks ? "parks-not-polygons" : "not-vector",
        "none of the files in the \(kind) holds \(theme.shapes): \(files.listed)", at: path,
        fix: "give a file of \(theme.shapes)")
    }
    return HabitatError(
      .input, "layer-unknown", "no file in the \(kind) has a layer \"\(layer)\" of \(theme.shapes)",
      at: path, fix: "the layers are: \(known.joined(separator: ", "))")
  }

  /// What is said of a container without a vector file.
  private var nothing: HabitatError {
    let names = isArchive ? FileSystem.names(below: folder) : FileSystem.names(in: folder)
    var held: [String] = []
    for name in names where !name.hasPrefix(".") && !name.hasPrefix("__MACOSX/") {
      // An archive may hold a name twice, and a folder stands there beside what is in it.
      if held.last != name { held.append(name) }
    }
    let formats = "a shapefile (.shp with .shx, .dbf and .prj), GeoPackage, GeoJSON or KML"
    let packed = held.first { name in
      Self.archives.contains { name.lowercased().hasSuffix($0.ending) }
    }
    let inner = held.first { FileSystem.size(of: "\(folder)/\($0)") == .folder }
    return HabitatError(
      .input, "not-vector",
      held.isEmpty
        ? isArchive ? "the archive is empty, damaged, or none" : "the folder is empty"
        : "the \(kind) holds no vector file, but \(held.listed)", at: path,
      fix: packed.map {
        isArchive ? "unpack \($0), and name what is in it" : "name \(folder)/\($0)"
      }
        ?? (isArchive
          ? nil : inner.map { "name a folder or a file in it, such as \(folder)/\($0)" })
        ?? (held.isEmpty && isArchive
          ? "fetch it again, or unpack it and name the file in it" : "give \(formats)"))
  }
}

extension FeatureTheme {
  /// What is looked for, for people.
  fileprivate var shapes: String { self == .parks || self == .water ? "polygons" : "shapes" }
}

extension String {
  /// The last part of a path.
  /// Behind the last slash. GDAL's own answer would point into a copy of the path that is gone by then.
  var baseName: String { lastIndex(of: "/").map { String(self[index(after: $0)...]) } ?? self }
  /// The same without its ending.
  fileprivate var stem: String { unsafe String(cString: CPLGetBasename(self)) }
  /// The ending of a path, in lower case and without the dot.
  fileprivate var ending: String { unsafe String(cString: CPLGetExtension(self)).lowercased() }
}
