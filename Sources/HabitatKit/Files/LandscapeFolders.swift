import Documents
import Foundation
import GeoIO
import RasterCore

/// Where a landscape that is named, not given by its path, is looked for.
struct LandscapeFolders: Sendable {
  /// In the folder in which the program runs; in records it stands for any of the others, too.
  static let here = "rasters"
  private static let fileName = "landscape.json"

  /// Absolute paths, the first that holds a landscape wins.
  let installed: [String]

  /// Those of this process.
  static let ofProgram = LandscapeFolders(
    data: ProcessInfo.processInfo.environment["HABITAT_DATA"],
    program: try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))

  /// - Parameters:
  ///   - data: a folder that holds `rasters`.
  ///   - program: the path of the executable itself, not of a link to it; `bin/habitat` has its landscapes in
  ///     `share/habitat/rasters`.
  init(data: String?, program: String?) {
    var folders: [String] = []
    if let data, !data.isEmpty { folders.append(data + "/" + Self.here) }
    if let program {
      folders.append(program.folder + "/../share/habitat/" + Self.here)
    }
    installed = folders.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
  }

  /// All, as messages name them.
  var all: [String] { ["./" + Self.here] + installed }

  /// The names of all landscapes, each once.
  var names: [String] {
    let names = ([Self.here] + installed).flatMap { folder in
      FileSystem.names(in: folder).filter {
        FileSystem.size(of: "\(folder)/\($0)/\(Self.fileName)") != .missing
      }
    }
    return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Landscape files that a word may mean: a file, its folder, a name; with the folder of an installed one.
  func candidates(for word: String) -> [(file: String, installed: String?)] {
    let own = [word, "\(word)/\(Self.fileName)", "\(Self.here)/\(word)/\(Self.fileName)"]
    guard !word.isEmpty, !word.contains("/"), word != ".", word != ".." else {
      return own.map { ($0, nil) }
    }
    return own.map { ($0, nil) }
      + installed.map { ("\($0)/\(word)/\(Self.fileName)", "\($0)/\(word)") }
  }

  /// The paths of a record whose landscape file is of that path; `nil` where they lead to where they say.
  func paths(ofRecordedFile file: String) -> RecordedPaths? {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, parts[0] == Self.here, parts[2] == Self.fileName,
      let found = candidates(for: parts[1]).first(where: { candidate in
        // The word alone and its folder are not what was recorded.
        guard candidate.file == file || candidate.installed != nil else { return false }
        if case .bytes = FileSystem.size(of: candidate.file) { return true }
        return false
      })
    else { return nil }
    return found.installed.map { RecordedPaths(installed: $0) }
  }
}

/// Paths into an installed landscape, in the record of a run: as if it lay in `./rasters`, so that the record
/// says its name and not where this machine keeps it.
struct RecordedPaths {
  /// The landscape's folder.
  let installed: String
  private var recorded: String { LandscapeFolders.here + "/" + installed.lastPart }

  init(installed: String) { self.installed = installed }

  /// `text`, be it a path or a message that names some, as a record has it.
  func recording(_ text: String) -> String {
    text.replacing(installed + "/", with: recorded + "/")
  }

  func recording(_ value: JSONValue) -> JSONValue {
    value.mappingTexts(recording)
  }

  /// The path that a recorded one stands for.
  func finding(_ path: String) -> String {
    InputMove(from: recorded, to: installed).place(of: path) ?? path
  }

  func finding(_ value: JSONValue) -> JSONValue {
    value.mappingTexts(finding)
  }
}

extension String {
  /// All before the last slash.
  fileprivate var folder: String {
    split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }
  fileprivate var lastPart: String { split(separator: "/").last.map(String.init) ?? "" }
}
