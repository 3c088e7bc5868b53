import Foundation
import GeoIO
import RasterCore

/// The folder of a run, which has it to itself. Files are made in a folder within it and moved to their
/// names when all are done, so that each appears complete or not at all.
///
/// A name may hold one sub-folder: `basemap/landcover.tif`.
struct OutputFolder {
  let path: String
  private let publication: Publication
  /// Folders that were not there before, the outermost first.
  private let ownFolders: [String]
  private let lock: FolderLock

  private static let stagingName = ".habitat-partial"

  /// Makes the folder where it is not there, and tidies up after a run that was killed: what was
  /// finished is put in its place, the rest removed.
  ///
  /// - Throws: `.usage`, slug `output-busy`; `.cannotWrite`, slug `write-failed`.
  init(_ path: String) throws(HabitatError) {
    self.path = path
    let staging = path + "/" + Self.stagingName
    publication = Publication(folder: path, staging: staging)
    ownFolders = try Self.makeFolders(path)
    do throws(HabitatError) {
      try Self.makeFolder(staging)
      lock = try FolderLock(staging + "/lock", of: path)
      try publication.resume()
      try publication.begin()
    } catch {
      Self.remove(ownFolders)
      throw error
    }
  }

  // MARK: Files

  /// Where files are made.
  var staging: String { publication.making }

  /// Where the file of that name is made; its sub-folder is there.
  func staged(_ name: String) -> String {
    // One that cannot be made shows as a file that cannot be written, with its own message.
    if let subfolder = name.subfolder { unsafe _ = mkdir(staging + "/" + subfolder, 0o777) }
    return staging + "/" + name
  }

  func write(_ text: String, to name: String) throws(HabitatError) {
    try write(Array(text.utf8), to: name)
  }

  func write(_ bytes: [UInt8], to name: String) throws(HabitatError) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: staged(name)))
    } catch {
      throw HabitatError(
        .cannotWrite, "write-failed", "the file cannot be written: \(error.localizedDescription)",
        at: staged(name), fix: "check free space and permissions, or choose another --out")
    }
  }

  /// The names of all files made so far, sorted by bytes.
  var stagedNames: [String] { FileSystem.namesBelow(staging) }

  /// What the files made so far hold, by name.
  func stagedRecords() throws(HabitatError) -> [InputFile.Record] {
    var records: [InputFile.Record] = []
    for name in stagedNames {
      let record = try InputFile(layer: InputFile.outputLayer, path: staged(name)).record()
      records.append(record.named(name))
    }
    return records
  }

  // MARK: The end

  /// Moves all files to their names, the record after all others. Files that only the earlier record
  /// lists go. When that fails, what was there before is there again.
  ///
  /// - Parameter inputs: files that must be neither replaced nor removed.
  /// - Throws: `.usage`, slug `output-exists`; `.cannotWrite`, slug `write-failed`.
  func publish(sparing inputs: [String]) throws(HabitatError) {
    let names = stagedNames
    guard names.contains(RunManifest.name) else {
      throw .notWritten("the files made so far cannot be listed", at: staging)
    }
    try refuseToLose(inputs, to: names)
    for name in names where FileSystem.size(of: path + "/" + name) == .folder {
      throw HabitatError(
        .cannotWrite, "write-failed", "a folder has the name of the result \(name)",
        at: path + "/" + name, fix: "choose another --out")
    }
    try publication.commit(names)
    publication.removeStaging()
  }

  /// - Parameter names: of files that are going to be replaced or removed.
  /// - Throws: `.usage`, slug `output-exists`, where one of them is an input.
  func refuseToLose(_ inputs: [String], to names: [String]) throws(HabitatError) {
    func place(_ path: String) -> String {
      URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
    let places = Set(inputs.map(place))
    for name in names where places.contains(place(path + "/" + name)) {
      throw HabitatError(
        .usage, "output-exists", "the result \(name) would overwrite an input",
        at: path + "/" + name, fix: "choose another --out")
    }
  }

  /// Leaves nothing behind: neither files made so far nor a folder that was not there before.
  func discard() {
    publication.removeStaging()
    Self.remove(ownFolders)
  }

  // MARK: Folders

  /// Makes a folder with those it lies in, and returns the ones that were not there.
  private static func makeFolders(_ path: String) throws(HabitatError) -> [String] {
    var missing: [String] = []
    var rest = path
    while !rest.isEmpty, unsafe access(rest, F_OK) != 0 {
      missing.insert(rest, at: 0)
      guard let slash = rest.lastIndex(of: "/") else { break }
      rest = String(rest[..<slash])
    }
    var made: [String] = []
    do throws(HabitatError) {
      for folder in missing {
        try makeFolder(folder)
        made.append(folder)
      }
    } catch {
      remove(made)
      throw error
    }
    return made
  }

  private static func makeFolder(_ path: String) throws(HabitatError) {
    if unsafe mkdir(path, 0o777) != 0, errno != EEXIST || !FileSystem.isFolder(path) {
      throw .notWritten("the folder cannot be made", at: path)
    }
  }

  /// Removes those of the folders that are empty.
  private static func remove(_ folders: [String]) {
    for folder in folders.reversed() { unsafe _ = rmdir(folder) }
  }
}

extension String {
  /// The sub-folder of an output's name.
  var subfolder: String? { firstIndex(of: "/").map { String(self[..<$0]) } }

  /// Whether it may be the name of an output: of the folder itself or of one sub-folder, visible.
  ///
  /// A record is a file that anybody may have written: what it lists must not lead elsewhere.
  var isOutputName: Bool {
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
  }
}

extension FileSystem {
  /// A folder itself, not a link that leads to one elsewhere.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names of the files in a folder and its sub-folders, sorted by bytes.
  static func namesBelow(_ folder: String) -> [String] {
    names(in: folder).flatMap { name in
      size(of: folder + "/" + name) == .folder
        ? names(in: folder + "/" + name).map { name + "/" + $0 } : [name]
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
