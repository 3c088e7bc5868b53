import CGDAL
import Foundation
import RasterCore
import Synchronization

/// The files that a file names: GDAL opens them together with it, and some of its libraries (netCDF) fetch addresses by
/// themselves, past all that GDAL can be told. So names are looked at before anything is opened.
///
/// Virtual rasters and layers name what they are made of, side files (`.aux.xml`) name overviews.
enum NamedSources {
  /// Files that were found harmless, as they were then.
  private static let known = Mutex<[String: FileStamp]>([:])

  /// More than the largest mosaics; what is larger is none.
  private static let mostBytes = 256 << 20
  /// Virtual files of virtual files.
  private static let mostLevels = 16

  /// Looks at a path that is about to be opened, and at all that opening it would open.
  ///
  /// - Throws: `.input`: `source-remote`, `not-a-file`, `file-too-large`.
  static func refuseForeign(_ path: String) throws(HabitatError) {
    try refuseForeign(path, namedBy: nil, level: 0)
  }

  private static func refuseForeign(
    _ path: String, namedBy parent: String?, level: Int
  ) throws(HabitatError) {
    guard !NetworkAccess.isForbidden(path) else {
      throw HabitatError(
        .input, "source-remote",
        parent == nil
          ? "the path is on the network, which is not open"
          : "the file is made of another on the network: \(path)",
        at: parent ?? path, fix: "fetch that file, or name a path on the network yourself")
    }
    guard level < mostLevels, !NetworkAccess.isRemote(path) else { return }
    try FileSystem.refuseSpecialFile(path, at: parent.map { "\($0), which is made of \(path)" })
    for file in [path, path + ".aux.xml"] { try refuseForeignNames(in: file, level: level) }
  }

  private static func refuseForeignNames(in file: String, level: Int) throws(HabitatError) {
    let isText = file.hasPrefix("<")
    let stamp = FileStamp(file)
    guard isText || stamp.isOfFile else { return }
    if !isText, known.withLock({ $0[file] == stamp }) { return }
    let text = isText ? file : try text(of: file)
    for name in names(in: text, of: file) where name != file {
      try refuseForeign(name, namedBy: file, level: level + 1)
    }
    if !isText { known.withLock { $0[file] = stamp } }
  }

  private static func names(in text: String?, of file: String) -> [String] {
    guard let text, let tree = unsafe CPLParseXMLString(text) else { return [] }
    defer { unsafe CPLDestroyXMLNode(tree) }
    let folder = file.hasPrefix("<") ? "" : unsafe String(cString: CPLGetPath(file))
    return unsafe XMLNode.roots(of: tree).flatMap { $0.names(in: folder) }
  }

  /// All files of this machine that a path leads to, each once, itself first.
  static func files(of path: String) -> [String] {
    var (files, open) = ([path], [path])
    while let file = open.popLast(), !NetworkAccess.isRemote(file) {
      for place in [file, file + ".aux.xml"] where FileStamp(place).isOfFile {
        let found = names(in: (try? text(of: place)) ?? nil, of: place)
          .filter { !files.contains($0) && !NetworkAccess.isRemote($0) }
        files += found
        open += found
      }
    }
    return files
  }

  /// The text of a file that names others, `nil` of any other.
  private static func text(of file: String) throws(HabitatError) -> String? {
    var head: [UInt8] = []
    _ = FileSystem.read(file, atMost: 4096) {
      head += $0
      return false
    }
    let start = String(decoding: head, as: UTF8.self)
    guard ["<VRTDataset", "<OGRVRT", "<PAMDataset"].contains(where: start.contains) else {
      return nil
    }
    return String(
      decoding: try FileSystem.contents(of: file, atMost: mostBytes), as: UTF8.self)
  }
}

extension XMLNode {
  /// Elements and entries whose content GDAL opens.
  private static let places: Set<String> = [
    "SourceFilename", "SourceDataset", "SrcDataSource", "OverviewFilename", "DEMPath", "SrcSQL",
  ]
  private static let entries: Set<String> = ["OVERVIEW_FILE", "X_DATASET", "Y_DATASET"]

  /// What this element and those in it name.
  fileprivate func names(in folder: String) -> [String] {
    elements.flatMap { element -> [String] in
      var names = element.names(in: folder)
      let isEntry =
        element.name == "MDI" && element.text(of: "key").map(Self.entries.contains) ?? false
      if Self.places.contains(element.name) || isEntry,
        let path = element.path(in: "", beside: folder)
      {
        names.append(path)
      }
      return names
    }
  }
}
