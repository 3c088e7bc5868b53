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
    for file in files(openedWith: path) { try refuseForeignNames(in: file, level: level) }
  }

  /// A raster in a file is opened with that file and what lies beside it.
  private static func files(openedWith path: String) -> [String] {
    let file = SubdatasetPath(path)?.file ?? path
    return [file, file + ".aux.xml"]
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
      for place in Self.files(openedWith: file) where FileStamp(place).isOfFile {
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
    // GDAL reads a side file whatever it begins with, if it can.
    let isRead =
      file.hasSuffix(".aux.xml") ? !start(of: file, bytes: 1).isEmpty : isVirtual(file)
    guard isRead else { return nil }
    return String(
      decoding: try FileSystem.contents(of: file, atMost: mostBytes), as: UTF8.self)
  }

  /// Whether GDAL may take a file for a virtual raster or layer: it looks for these words near the beginning,
  /// and in XML a declaration, comments and other elements may come before them.
  private static func isVirtual(_ file: String) -> Bool {
    func isFound(_ text: String) -> Bool {
      ["<VRTDataset", "<OGRVRT", "<PAMDataset"].contains(where: text.contains)
    }
    let head = start(of: file, bytes: 4096)
    if isFound(head) { return true }
    let isMarkup = head.first { !$0.isWhitespace && $0 != "\u{FEFF}" } == "<"
    return isMarkup && isFound(start(of: file, bytes: 1 << 20))
  }

  private static func start(of file: String, bytes count: Int) -> String {
    var start: [UInt8] = []
    _ = FileSystem.read(file, atMost: count) {
      start = $0
      return false
    }
    return String(decoding: start, as: UTF8.self)
  }
}

extension XMLNode {
  /// Elements and entries whose content GDAL opens, however their letters are written.
  private static let places: Set<String> = [
    "sourcefilename", "sourcedataset", "srcdatasource", "overviewfilename", "dempath", "srcsql",
  ]
  private static let entries: Set<String> = ["overview_file", "x_dataset", "y_dataset"]

  /// What this element and those in it name.
  fileprivate func names(in folder: String) -> [String] {
    elements.flatMap { element -> [String] in
      var names = element.names(in: folder)
      let key = element.text(of: "key")?.lowercased()
      let isEntry = element.name.lowercased() == "mdi" && key.map(Self.entries.contains) ?? false
      if Self.places.contains(element.name.lowercased()) || isEntry,
        let path = element.path(in: "", beside: folder)
      {
        names.append(path)
      }
      return names
    }
  }
}
