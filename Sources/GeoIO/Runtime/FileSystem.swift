import CGDAL
import Machine
public import RasterCore

/// Questions about paths, `/vsi…` ones included.
public enum FileSystem {
  public enum Size: Equatable, Sendable {
    case missing
    case folder
    case bytes(Int)
    /// A pipe, a socket or a device, which is not opened.
    case special
  }

  /// `VSIStatL` needs a macro that Swift does not import, so the file itself is asked.
  public static func size(of path: String) -> Size {
    GeospatialLibraries.ready
    guard SpecialFile.name(at: path) == nil else { return .special }
    if let folder = unsafe VSIOpenDir(path, 0, nil) {
      unsafe VSICloseDir(folder)
      return .folder
    }
    guard let file = unsafe VSIFOpenL(path, "rb") else { return .missing }
    defer { unsafe _ = VSIFCloseL(file) }
    guard unsafe VSIFSeekL(file, 0, SEEK_END) == 0 else { return .missing }
    return unsafe .bytes(Int(VSIFTellL(file)))
  }

  /// The names in a folder, sorted by bytes.
  public static func names(in folder: String) -> [String] {
    GeospatialLibraries.ready
    let list = unsafe VSIReadDir(folder)
    defer { unsafe CSLDestroy(list) }
    return unsafe strings(of: list).filter { $0 != "." && $0 != ".." }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The paths of all files in a folder and those in it, from there on, sorted by bytes; of an archive, too.
  public static func names(below folder: String) -> [String] {
    GeospatialLibraries.ready
    let list = unsafe VSIReadDirRecursive(folder)
    defer { unsafe CSLDestroy(list) }
    return unsafe strings(of: list).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Refuses names in a folder that are not UTF-8: no path of this program leads to such a file.
  ///
  /// - Parameters:
  ///   - pattern: that names must match, as shells have it.
  ///   - isMeant: of a name, � in place of what is no letter.
  /// - Throws: `.input`, slug `name-unreadable`.
  public static func refuseUnreadableNames(
    in folder: String, matching pattern: String = "*", at location: String,
    where isMeant: (String) -> Bool = { _ in true }
  ) throws(HabitatError) {
    GeospatialLibraries.ready
    let list = unsafe VSIReadDir(folder)
    defer { unsafe CSLDestroy(list) }
    let pattern = FileNamePattern(pattern, sparesHidden: true)
    var index = 0
    while let list = unsafe list, let name = unsafe list[index] {
      index += 1
      guard unsafe String(validatingCString: name) == nil, unsafe pattern.matches(name) else {
        continue
      }
      let text = unsafe String(cString: name)
      guard isMeant(text) else { continue }
      throw HabitatError(
        .input, "name-unreadable",
        "a file's name holds bytes that are no letters in UTF-8 (here �)",
        at: "\(location): \(folder)/\(text)",
        fix: "rename it, for example with convmv -t UTF-8, or take it away")
    }
  }

  /// Whether there is something of that name, be it only a link to nowhere.
  public static func hasEntry(_ path: String) -> Bool {
    FileStatus(of: path, followingLinks: false) != nil || size(of: path) != .missing
  }

  /// Files of this machine that opening a path opens, those that virtual ones name among them, itself first.
  public static func filesNamed(by path: String) -> [String] { NamedSources.files(of: path) }

  /// Removes a folder with all that it holds, in GDAL's memory for example.
  public static func removeFolder(_ path: String) { unsafe _ = VSIRmdirRecursive(path) }

  /// More than people write: models, landscapes and legends have thousands of bytes.
  public static let mostTextBytes = 32 << 20

  /// All bytes of a small file.
  ///
  /// - Parameter most: bytes; a larger file is none of the kind that is asked for.
  /// - Throws: `.input`: `input-missing`, `not-a-file`, `file-too-large`.
  public static func contents(
    of path: String, atMost most: Int = mostTextBytes
  ) throws(HabitatError) -> [UInt8] {
    try refuseSpecialFile(path)
    var bytes: [UInt8] = []
    let isWhole = read(path) {
      bytes += $0
      return bytes.count <= most
    }
    guard bytes.count <= most else {
      throw HabitatError(
        .input, "file-too-large", "the file holds more than \(most >> 20) MiB", at: path,
        fix: "check that it is the file that is meant")
    }
    guard isWhole else {
      throw HabitatError(
        .input, "input-missing", "the file cannot be read", at: path,
        fix: "check the path and the permissions")
    }
    return bytes
  }

  /// Passes the bytes of a file to `body`, at most a mebibyte at a time, until it has no more or `body`
  /// returns `false`; `false` if it has not been read to its end, or is no file.
  ///
  /// - Parameters:
  ///   - most: bytes at a time.
  ///   - ranges: what is read of it, in this order, and has an end then; all unless given.
  public static func read(
    _ path: String, atMost most: Int = 1 << 20, ranges: [Range<Int>]? = nil,
    _ body: ([UInt8]) -> Bool
  ) -> Bool {
    GeospatialLibraries.ready
    guard SpecialFile.name(at: path) == nil, let file = unsafe VSIFOpenL(path, "rb") else {
      return false
    }
    defer { unsafe _ = VSIFCloseL(file) }
    var buffer = [UInt8](repeating: 0, count: most)
    for range in ranges ?? [0..<Int.max] {
      guard unsafe VSIFSeekL(file, vsi_l_offset(range.lowerBound), SEEK_SET) == 0 else {
        return false
      }
      var left = range.count
      while left > 0 {
        let count = unsafe VSIFReadL(&buffer, 1, min(left, buffer.count), file)
        if count == 0 { break }
        left -= count
        guard body(count == buffer.count ? buffer : Array(buffer[..<count])) else { return false }
      }
      guard ranges == nil || left == 0 else { return false }
    }
    return unsafe ranges != nil || VSIFEofL(file) != 0
  }
}
