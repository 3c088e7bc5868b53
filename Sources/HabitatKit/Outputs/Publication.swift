import Foundation
import GeoIO
import RasterCore

/// How a set of files takes the place of an earlier one so that a crash at any moment harms neither.
///
/// 1. Files are made in `new`, and are on the disk before anything else happens.
/// 2. `new` is renamed to `finished`: from here on the new set holds, whatever happens.
/// 3. The earlier record moves into `earlier`, then the earlier files that are replaced or dropped.
/// 4. The new files move to their names, the record last.
///
/// A crash before 2 leaves the earlier result as it was; one after it leaves a folder without a record,
/// which the next run completes from `finished`. A step that fails is undone.
struct Publication {
  let folder: String
  /// The folder within `folder` in which all this happens.
  let staging: String

  var making: String { staging + "/new" }
  private var finished: String { staging + "/finished" }
  private var earlier: String { staging + "/earlier" }
  private static let record = RunManifest.name

  /// Moves files made under `names` to these names.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`; then all is as it was, but for the files made.
  func commit(_ names: [String]) throws(HabitatError) {
    for name in names { try Self.sync(making + "/" + name) }
    for subfolder in Set(names.compactMap(\.subfolder)) {
      Self.syncFolder(making + "/" + subfolder)
    }
    Self.syncFolder(making)
    try Self.move(making, to: finished)
    Self.syncFolder(staging)
    do throws(HabitatError) {
      try install(names)
    } catch {
      // Nobody is to complete what has just been refused.
      unsafe _ = rename(finished, making)
      throw error
    }
  }

  /// Completes what a run that was killed had finished.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func resume() throws(HabitatError) {
    let pending = FileSystem.namesBelow(finished)
    guard pending.contains(Self.record) else { return }
    try install(pending)
  }

  /// Removes what is neither finished nor in its place, and makes the folder for new files.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func begin() throws(HabitatError) {
    clear()
    // Leftovers that could not be removed must not pass for files of this run.
    guard unsafe mkdir(making, 0o777) == 0 else {
      throw .notWritten("the folder cannot be made", at: making)
    }
  }

  private func clear() {
    for leftover in [making, finished, earlier] {
      try? FileManager.default.removeItem(atPath: leftover)
    }
  }

  /// The lock goes last: from then on another run may use the folder.
  func removeStaging() {
    clear()
    unsafe _ = unlink(staging + "/lock")
    unsafe _ = rmdir(staging)
  }

  // MARK: Steps 3 and 4

  private func install(_ pending: [String]) throws(HabitatError) {
    let new = Set(RunRecord.outputs(listedIn: finished)).union(pending)
    let old = RunRecord.outputs(listedIn: earlier) + RunRecord.outputs(listedIn: folder)
    // Those that are listed as new and not pending have been moved before a crash.
    let leaving = Set(old).subtracting(new).union(pending).subtracting([Self.record]).sorted()
    var moves: [(from: String, to: String)] = []
    do throws(HabitatError) {
      try makeFolders(earlier, [""] + leaving.compactMap(\.subfolder))
      for name in [Self.record] + leaving where exists(name) {
        try Self.move(folder + "/" + name, to: earlier + "/" + name)
        moves.append((folder + "/" + name, earlier + "/" + name))
      }
      try makeFolders(folder, pending.compactMap(\.subfolder))
      Self.syncFolder(folder)
      for name in pending.filter({ $0 != Self.record }) + [Self.record] {
        if name == Self.record { syncTargets(of: pending) }
        try Self.move(finished + "/" + name, to: folder + "/" + name)
        moves.append((finished + "/" + name, folder + "/" + name))
      }
    } catch {
      for move in moves.reversed() { undo(move) }
      throw error
    }
    Self.syncFolder(folder)
    for subfolder in Set(old.compactMap(\.subfolder)) {
      // It stays where it is not empty.
      unsafe _ = rmdir(folder + "/" + subfolder)
    }
  }

  /// Whether a file of that name lies in the folder itself and not behind a link.
  private func exists(_ name: String) -> Bool {
    if let subfolder = name.subfolder, !FileSystem.isFolder(folder + "/" + subfolder) {
      return false
    }
    var status = stat()
    return unsafe lstat(folder + "/" + name, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  private func makeFolders(_ parent: String, _ names: [String]) throws(HabitatError) {
    for name in Set(names).sorted() {
      let path = name.isEmpty ? parent : parent + "/" + name
      if unsafe mkdir(path, 0o777) != 0, errno != EEXIST || !FileSystem.isFolder(path) {
        throw .notWritten("the folder cannot be made", at: path)
      }
    }
  }

  private func syncTargets(of names: [String]) {
    for subfolder in Set(names.compactMap(\.subfolder)) {
      Self.syncFolder(folder + "/" + subfolder)
    }
    Self.syncFolder(folder)
  }

  private static func move(_ source: String, to target: String) throws(HabitatError) {
    guard unsafe rename(source, target) == 0 else {
      throw .notWritten("the file cannot be moved to its name", at: target)
    }
  }

  private func undo(_ move: (from: String, to: String)) {
    // A second failure here cannot be helped; the message of the first is the one to tell.
    unsafe _ = rename(move.to, move.from)
  }

  // MARK: On the disk

  /// - Throws: `.cannotWrite`, slug `write-failed`: a full disk may show only here.
  private static func sync(_ path: String) throws(HabitatError) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .notWritten("the file is gone while the run wrote it", at: path) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw .notWritten("the file cannot be written", at: path) }
  }

  /// Some file systems cannot sync folders, and need not.
  private static func syncFolder(_ path: String) {
    let file = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }
}
