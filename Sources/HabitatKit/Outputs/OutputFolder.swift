import Foundation
import GeoIO
import RasterCore

/// The folder of a run. Files are made in a folder within it and moved to their names when all are done,
/// so that each appears complete or not at all.
///
/// A name may hold one sub-folder: `basemap/landcover.tif`.
struct OutputFolder {
  let path: String
  /// Where files are made.
  let staging: String
  private let existedBefore: Bool

  private static let stagingPrefix = ".habitat-partial-"

  /// - Throws: `.cannotWrite`, slug `write-failed`.
  init(_ path: String) throws(HabitatError) {
    self.path = path
    staging = path + "/" + Self.stagingPrefix + String(ProcessInfo.processInfo.processIdentifier)
    existedBefore = FileManager.default.fileExists(atPath: path)
    Self.removeLeftovers(in: path)
    do {
      try FileManager.default.createDirectory(
        atPath: staging, withIntermediateDirectories: true)
    } catch {
      throw Self.failure("the folder cannot be made: \(error.localizedDescription)", at: path)
    }
  }

  /// Where the file of that name is made; its sub-folder is there.
  func staged(_ name: String) -> String {
    // One that cannot be made shows as a file that cannot be written, with its own message.
    if let subfolder = Self.subfolder(of: name) {
      unsafe _ = mkdir(staging + "/" + subfolder, 0o777)
    }
    return staging + "/" + name
  }

  private static func subfolder(of name: String) -> String? {
    name.firstIndex(of: "/").map { String(name[..<$0]) }
  }

  func write(_ text: String, to name: String) throws(HabitatError) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: staged(name)))
    } catch {
      throw Self.failure(
        "the file cannot be written: \(error.localizedDescription)", at: staged(name))
    }
  }

  /// The names of all files made so far, sorted by bytes.
  var stagedNames: [String] {
    FileSystem.names(in: staging).flatMap { name in
      FileSystem.size(of: staging + "/" + name) == .folder
        ? FileSystem.names(in: staging + "/" + name).map { name + "/" + $0 } : [name]
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Moves all files to their names, `last` after all others, and removes the staging folder.
  ///
  /// A `last` of an earlier run goes first: while files are replaced, nothing says that they are whole.
  ///
  /// - Parameters:
  ///   - earlier: files of the earlier run, which go where this run makes none of that name.
  ///   - inputs: files that must not be replaced.
  func publish(
    last: String, replacing earlier: [String], sparing inputs: [String]
  ) throws(HabitatError) {
    let names = stagedNames
    try refuseToReplace(inputs, by: names)
    try makeSubfolders(of: names)
    if unsafe unlink(path + "/" + last) != 0, errno != ENOENT {
      throw Self.failure(
        unsafe "the earlier record cannot be removed: \(String(cString: strerror(errno)))",
        at: path + "/" + last)
    }
    for name in names.filter({ $0 != last }) + names.filter({ $0 == last }) {
      let (source, target) = (staged(name), path + "/" + name)
      guard unsafe rename(source, target) == 0 else {
        throw Self.failure(
          unsafe "the file cannot be moved to its name: \(String(cString: strerror(errno)))",
          at: target)
      }
    }
    for name in earlier where !names.contains(name) { removeEarlier(name) }
    try? FileManager.default.removeItem(atPath: staging)
  }

  /// - Throws: `.cannotWrite`, slug `write-failed`.
  private func makeSubfolders(of names: [String]) throws(HabitatError) {
    for subfolder in Set(names.compactMap(Self.subfolder)).sorted() {
      let target = path + "/" + subfolder
      if unsafe mkdir(target, 0o777) != 0, errno != EEXIST || !Self.isFolder(target) {
        throw Self.failure("the folder cannot be made", at: target)
      }
    }
  }

  /// A folder itself, not a link that leads to one elsewhere.
  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Removes a file that an earlier record lists, and its sub-folder once that is empty.
  ///
  /// A record is a file that anybody may have written: only files of this folder go.
  private func removeEarlier(_ name: String) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !["", ".", ".."].contains($0) }) else { return }
    guard let subfolder = Self.subfolder(of: name) else {
      unsafe _ = unlink(path + "/" + name)
      return
    }
    guard Self.isFolder(path + "/" + subfolder) else { return }
    unsafe _ = unlink(path + "/" + name)
    unsafe _ = rmdir(path + "/" + subfolder)
  }

  /// - Throws: `.usage`, slug `output-exists`, when a result would take the place of an input.
  private func refuseToReplace(_ inputs: [String], by names: [String]) throws(HabitatError) {
    func place(_ path: String) -> String {
      URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
    let places = Set(inputs.map(place))
    for name in names {
      let target = path + "/" + name
      if places.contains(place(target)) {
        throw HabitatError(
          .usage, "output-exists", "the result \(name) would overwrite an input", at: target,
          fix: "choose another --out")
      }
      if FileSystem.size(of: target) == .folder {
        throw HabitatError(
          .cannotWrite, "write-failed", "a folder has the name of the result \(name)", at: target,
          fix: "choose another --out")
      }
    }
  }

  /// Leaves nothing behind: neither files made so far nor a folder that was not there before.
  func discard() {
    try? FileManager.default.removeItem(atPath: staging)
    if !existedBefore, FileSystem.names(in: path).isEmpty {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// What a run that was killed left behind.
  private static func removeLeftovers(in path: String) {
    for name in FileSystem.names(in: path) where name.hasPrefix(stagingPrefix) {
      guard let process = Int32(name.dropFirst(stagingPrefix.count)),
        kill(process, 0) != 0 || process == getpid()
      else { continue }
      try? FileManager.default.removeItem(atPath: path + "/" + name)
    }
  }

  private static func failure(_ what: String, at location: String) -> HabitatError {
    HabitatError(
      .cannotWrite, "write-failed", what, at: location,
      fix: "check free space and permissions, or choose another --out")
  }
}
