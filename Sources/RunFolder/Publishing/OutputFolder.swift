import Documents
import Foundation
import GeoIO
package import RasterCore

/// The folder of a run, which has it to itself. Files are made in a folder within it and moved to their
/// names when all are done, so that each appears complete or not at all.
///
/// Each file is promised before it is made: by its very bytes, or by what must be found in it. What has been
/// promised is read back from the disk before any of it takes its place, and there must be nothing else, so
/// that a write that failed without a word, in whichever library, is noticed here.
///
/// A name may hold one sub-folder: `basemap/landcover.tif`.
package struct OutputFolder {
  package let path: String
  private let folder: OpenFolder
  private let publication: Publication
  private let promises = OutputPromises()
  /// Folders that were not there before, the outermost first.
  private let ownFolders: [String]
  private let lock: FolderLock

  /// Makes the folder where it is not there, and tidies up after a run that was killed: what was
  /// finished is put in its place, the rest removed.
  ///
  /// - Throws: `.unavailable`, slug `output-busy`; `.cannotWrite`, slug `write-failed`; `.input`, slugs `bad-json`
  ///   and `bad-manifest`, where the record of what was finished cannot be read.
  package init(_ path: String) throws(HabitatError) {
    self.path = path
    ownFolders = try Self.makeFolders(path)
    do throws(HabitatError) {
      folder = try OpenFolder(path)
      let staging = try folder.makeFolder(Publication.stagingName).folder
      lock = try FolderLock(in: staging, of: path)
      publication = Publication(folder: folder, staging: staging)
      try publication.resume()
      try publication.begin()
    } catch {
      Self.remove(ownFolders)
      throw error
    }
  }

  /// Completes what a run or a report that was killed had finished in a folder; where there is nothing of the
  /// kind, nothing happens.
  ///
  /// - Throws: what opening the folder throws.
  package static func completeInterrupted(in path: String) throws(HabitatError) {
    guard let folder = try? OpenFolder(path), Publication.isInterrupted(in: folder) else { return }
    try OutputFolder(path).discard()
  }

  // MARK: Files

  /// Where a library is to make the file of that name, which is promised, or gone again before anything is
  /// published; its sub-folder is there.
  package func staged(_ name: String) -> String {
    // A folder that cannot be made shows as a file that cannot be written, with its own message.
    if let subfolder = name.subfolder { _ = try? publication.made?.makeFolder(subfolder) }
    return publication.makingPath + "/" + name
  }

  /// Promises a file that a library makes.
  ///
  /// - Parameter proof: looks at the file at a path, and throws where it is not what was meant.
  package func promise(
    _ name: String, _ proof: @escaping @Sendable (String) throws(HabitatError) -> Void
  ) {
    promises.add(.content(proof), for: name)
  }

  package func write(_ text: String, to name: String) throws(HabitatError) {
    try write(Array(text.utf8), to: name)
  }

  package func write(_ bytes: [UInt8], to name: String) throws(HabitatError) {
    try write(to: name) { $0(bytes) }
  }

  /// Writes what a file in GDAL's memory holds, a part at a time.
  package func write(fileAt source: String, to name: String) throws(HabitatError) {
    try write(to: name) { part in FileSystem.read(source) { part($0) } }
  }

  /// - Parameter parts: passes the bytes, part by part, until one is not taken; `false` where not all were.
  private func write(
    to name: String, _ parts: (_ part: ([UInt8]) -> Bool) -> Bool
  ) throws(HabitatError) {
    let path = staged(name)
    guard let made = publication.made else {
      throw .notWritten("the folder cannot be opened", at: publication.makingPath)
    }
    let file = made.openFile(name, O_WRONLY | O_CREAT | O_TRUNC)
    guard file >= 0 else { throw .notWritten("the file cannot be made", at: path) }
    var hash = SHA256()
    var count = 0
    let isWritten = parts { bytes in
      hash.update(bytes)
      count += bytes.count
      return file.write(bytes)
    }
    let failure = isWritten ? nil : HabitatError.notWritten("the file cannot be written", at: path)
    let isClosed = close(file) == 0
    if let failure { throw failure }
    guard isClosed else { throw .notWritten("the file cannot be written", at: path) }
    promises.add(.bytes(count: count, sha256: hash.hexDigest()), for: name)
  }

  /// What a library has written under a name that is to be written anew; `nil` where there is nothing.
  package func madeBytes(of name: String) throws(HabitatError) -> [UInt8]? {
    guard publication.made?.entry(name) == .file else { return nil }
    return try FileSystem.contents(of: staged(name), atMost: .max)
  }

  /// The names of all files made so far, sorted by bytes.
  var stagedNames: [String] { publication.made?.fileNames ?? [] }

  /// Reads back what has been made under a name and was not read back before.
  ///
  /// - Returns: what the disk holds, which is what was promised.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  package func record(of name: String) throws(HabitatError) -> InputFile.Record {
    try promises.record(of: name, at: publication.makingPath + "/" + name)
  }

  /// Reads back all that has been made so far: that, and nothing else, has been promised.
  ///
  /// - Returns: by name, sorted by bytes.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  package func records() throws(HabitatError) -> [InputFile.Record] {
    try promises.refuseOthers(stagedNames, in: publication.makingPath)
    var records: [InputFile.Record] = []
    for name in promises.names { records.append(try record(of: name)) }
    return records
  }

  // MARK: The end

  /// The files that the record of the earlier run lists.
  package var earlierNames: [String] { RunRecord.outputs(listedIn: folder) }

  /// Moves all files to their names, the record after all others. Files that only the earlier record
  /// lists go. When that fails, what was there before is there again.
  ///
  /// - Parameters:
  ///   - inputs: files that must be neither replaced nor removed.
  ///   - replacesAny: files of these names, too, that no earlier record lists.
  /// - Throws: `.usage`, slug `output-exists`; `.cannotWrite`, slug `write-failed`.
  package func publish(sparing inputs: [String], replacesAny: Bool = false) throws(HabitatError) {
    let names = try records().map(\.file.path)
    precondition(names.contains(RunRecord.fileName), "a set of files has a record")
    try refuseToLose(inputs, to: names)
    if !replacesAny { try refuseToReplaceForeign(names) }
    for name in names where folder.entry(name) == .folder {
      throw HabitatError(
        .cannotWrite, "write-failed", "a folder has the name of the result \(name)",
        at: path + "/" + name, fix: "choose another --out")
    }
    try publication.commit(names)
    publication.removeStaging()
  }

  /// - Parameter names: of files that are going to be replaced or removed.
  /// - Throws: `.usage`, slug `output-exists`, where one of them is an input.
  package func refuseToLose(_ inputs: [String], to names: [String]) throws(HabitatError) {
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

  /// Files that no run has left here are somebody's own.
  ///
  /// - Parameter names: of files that may be going to be made.
  /// - Throws: `.usage`, slug `output-exists`, where the folder holds one that no record lists.
  package func refuseToReplaceForeign(_ names: [String]) throws(HabitatError) {
    let known = Set(earlierNames + [RunRecord.fileName])
    guard let name = names.first(where: { !known.contains($0) && folder.entry($0) == .file }) else {
      return
    }
    throw HabitatError(
      .usage, "output-exists",
      "the folder holds \(name), which no record of a run lists: it would be replaced",
      at: path + "/" + name, fix: "choose another folder, or move the file away")
  }

  /// Leaves nothing behind: neither files made so far nor a folder that was not there before.
  package func discard() {
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
    var isFolder: Bool {
      var status = stat()
      return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
    if unsafe mkdir(path, 0o777) != 0, errno != EEXIST || !isFolder {
      throw .notWritten("the folder cannot be made", at: path)
    }
  }

  /// Removes those of the folders that are empty.
  private static func remove(_ folders: [String]) {
    for folder in folders.reversed() { unsafe _ = rmdir(folder) }
  }
}

extension Int32 {
  /// Writes bytes to the open file of this number; `errno` says why where it fails.
  fileprivate func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Foundation.write(self, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
