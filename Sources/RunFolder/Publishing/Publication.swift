import Foundation
import RasterCore

/// How a set of files takes the place of an earlier one so that a crash at any moment harms neither.
///
/// 1. Files are made in `new`, and are on the disk before anything else happens.
/// 2. `new` is renamed to `finished`: from here on the new set holds, whatever happens.
/// 3. The earlier record moves into `earlier`, then the earlier files that are replaced or dropped.
/// 4. The new files move to their names, the record last.
///
/// A crash before 2 leaves the earlier result as it was; one after it leaves a folder without a record,
/// which the next command that opens it completes from `finished`. A step that fails is undone.
struct Publication {
  let folder: OpenFolder
  /// The folder within `folder` in which all this happens.
  let staging: OpenFolder

  static let stagingName = ".habitat-partial"
  private static let (making, finished, earlier) = ("new", "finished", "earlier")
  private static let record = RunRecord.fileName

  /// Where files are made.
  var makingPath: String { staging.path + "/" + Self.making }

  /// Whether a folder holds a set that was finished and is not in its place.
  static func isInterrupted(in folder: OpenFolder) -> Bool {
    folder.folder(stagingName)?.folder(finished)?.entry(record) == .file
  }

  /// Moves files made under `names` to these names.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`; then all is as it was, but for the files made.
  func commit(_ names: [String]) throws(HabitatError) {
    guard let new = staging.folder(Self.making) else {
      throw .notWritten("the folder cannot be opened", at: makingPath)
    }
    for name in names { try new.sync(file: name) }
    for subfolder in Set(names.compactMap(\.subfolder)) { new.folder(subfolder)?.sync() }
    new.sync()
    try staging.rename(Self.making, to: Self.finished)
    staging.sync()
    do throws(HabitatError) {
      try install(names)
    } catch {
      // Nobody is to complete what has just been refused. A second failure here cannot be helped; the
      // message of the first is the one to tell.
      try? staging.rename(Self.finished, to: Self.making)
      throw error
    }
  }

  /// Completes what a run that was killed had finished.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`; `.input`, slugs `bad-json` and `bad-manifest`, where its
  ///   record cannot be read, so that nobody knows what it was.
  func resume() throws(HabitatError) {
    guard Self.isInterrupted(in: folder), let new = staging.folder(Self.finished) else { return }
    // What its record does not list is not the run's; what is listed and not there has been moved.
    let names = try RunRecord(readingFrom: new.path).outputNames()
    try install(names.filter { new.entry($0) == .file } + [Self.record])
  }

  /// Removes what is neither finished nor in its place, and makes the folder for new files.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func begin() throws(HabitatError) {
    clear()
    // Leftovers that could not be removed must not pass for files of this run.
    guard try staging.makeFolder(Self.making).isNew else {
      throw .notWritten("what an earlier run left cannot be removed", at: makingPath)
    }
  }

  /// The files made so far, none where their folder is gone.
  var made: OpenFolder? { staging.folder(Self.making) }

  private func clear() {
    for leftover in [Self.making, Self.finished, Self.earlier] { staging.remove(leftover) }
  }

  /// The lock goes last: from then on another run may use the folder.
  func removeStaging() {
    clear()
    staging.remove(FolderLock.name)
    folder.removeEmptyFolder(Self.stagingName)
  }

  // MARK: Steps 3 and 4

  /// What has been done so far, so that it can be undone.
  private struct Steps {
    private var moves: [(name: String, from: OpenFolder, to: OpenFolder)] = []
    /// Sub-folders that were not there.
    private var made: [(name: String, parent: OpenFolder)] = []

    mutating func makeFolders(
      of names: [String], in parent: OpenFolder
    ) throws(HabitatError) {
      for name in Set(names.compactMap(\.subfolder)).sorted() {
        if try parent.makeFolder(name).isNew { made.append((name, parent)) }
      }
    }

    mutating func move(
      _ name: String, from source: OpenFolder, to target: OpenFolder
    ) throws(HabitatError) {
      try source.move(name, to: target)
      moves.append((name, source, target))
    }

    func undo() {
      for move in moves.reversed() { try? move.to.move(move.name, to: move.from) }
      for folder in made.reversed() { folder.parent.removeEmptyFolder(folder.name) }
    }
  }

  /// - Parameter pending: the names of files in `finished`, the record among them.
  private func install(_ pending: [String]) throws(HabitatError) {
    guard let new = staging.folder(Self.finished) else {
      throw .notWritten("the folder cannot be opened", at: staging.path + "/" + Self.finished)
    }
    let aside = try asideFolder()
    let listed = Set(RunRecord.outputs(listedIn: new)).union(pending)
    let old = RunRecord.outputs(listedIn: aside) + RunRecord.outputs(listedIn: folder)
    // Those that are listed as new and not pending have been moved before a crash.
    let leaving = Set(old).subtracting(listed).union(pending).subtracting([Self.record]).sorted()
    let arriving = Set(pending).subtracting([Self.record]).sorted()
    var steps = Steps()
    do throws(HabitatError) {
      try steps.makeFolders(of: leaving, in: aside)
      for name in [Self.record] + leaving where [.file, .other].contains(folder.entry(name)) {
        try steps.move(name, from: folder, to: aside)
      }
      try steps.makeFolders(of: arriving, in: folder)
      folder.sync()
      for name in arriving { try steps.move(name, from: new, to: folder) }
      for subfolder in Set(arriving.compactMap(\.subfolder)) { folder.folder(subfolder)?.sync() }
      folder.sync()
      try steps.move(Self.record, from: new, to: folder)
    } catch {
      steps.undo()
      throw error
    }
    folder.sync()
    // They stay where they are not empty.
    for subfolder in Set(old.compactMap(\.subfolder)) { folder.removeEmptyFolder(subfolder) }
  }

  /// Where earlier files go; it may be there from a publication that was interrupted.
  private func asideFolder() throws(HabitatError) -> OpenFolder {
    if staging.entry(Self.earlier) != .folder { staging.remove(Self.earlier) }
    return try staging.makeFolder(Self.earlier).folder
  }
}
