import Foundation
import GeoIO
package import RasterCore

/// An open folder. What lies in it is reached from there and never through a link: anybody may have made the
/// folder of a run, and what a link in it leads to is not the run's.
package final class OpenFolder: Sendable {
  private let file: Int32
  /// As it was named; for messages.
  package let path: String

  /// What a name stands for.
  enum Entry { case nothing, file, folder, other }

  /// - Parameter path: as the user gives it, so links in it are followed.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  package convenience init(_ path: String) throws(HabitatError) {
    let file = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else {
      if case .bytes = FileSystem.size(of: path) {
        throw HabitatError(
          .usage, "not-a-folder", "this is a file, where a folder is meant", at: path,
          fix: "name a folder, new or old")
      }
      throw .notWritten("the folder cannot be opened", at: path)
    }
    self.init(file, path)
  }

  private init(_ file: Int32, _ path: String) { (self.file, self.path) = (file, path) }

  deinit { close(file) }

  // MARK: What is there

  /// `nil` where there is none of that name, or a link.
  func folder(_ name: String) -> OpenFolder? {
    let inner = unsafe openat(file, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    return inner < 0 ? nil : OpenFolder(inner, path + "/" + name)
  }

  /// Of a name in the folder or in a sub-folder.
  func entry(_ name: String) -> Entry {
    guard let (folder, last) = place(of: name) else { return .nothing }
    var status = stat()
    guard unsafe fstatat(folder.file, last, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      return .nothing
    }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }

  /// In no order.
  var names: [String] {
    // A folder is read from where its descriptor stands, so each reading opens it anew.
    let reading = unsafe openat(file, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard let stream = unsafe fdopendir(reading) else { return [] }
    defer { unsafe _ = closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// The names of all that is no folder, here and in the sub-folders, sorted by bytes.
  package var fileNames: [String] {
    names.flatMap { name in
      folder(name).map { $0.names.map { name + "/" + $0 } } ?? [name]
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether it is of the user who runs the program.
  var isOwn: Bool { status?.st_uid == geteuid() }

  /// Seconds since something in it was made or removed.
  var age: Double {
    guard let changed = status?.st_mtim.tv_sec else { return 0 }
    return Date().timeIntervalSince1970 - Double(changed)
  }

  private var status: stat? {
    var status = stat()
    return unsafe fstat(file, &status) == 0 ? status : nil
  }

  /// The folder in which a name lies, and its last part.
  private func place(of name: String) -> (folder: OpenFolder, last: String)? {
    guard let subfolder = name.subfolder else { return (self, name) }
    return folder(subfolder).map { ($0, String(name.dropFirst(subfolder.utf8.count + 1))) }
  }

  // MARK: Changes

  /// - Returns: the folder of that name, and whether it had to be made.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func makeFolder(_ name: String) throws(HabitatError) -> (folder: OpenFolder, isNew: Bool) {
    let isNew = unsafe mkdirat(file, name, 0o777) == 0
    guard isNew || errno == EEXIST else {
      throw .notWritten("the folder cannot be made", at: path + "/" + name)
    }
    guard let folder = folder(name) else {
      throw HabitatError(
        .cannotWrite, "write-failed", "something else has the name of a folder",
        at: path + "/" + name, fix: "take it away, or choose another --out")
    }
    return (folder, isNew)
  }

  /// Moves what has a name to the same name in another folder.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func move(_ name: String, to other: OpenFolder) throws(HabitatError) {
    guard let (source, last) = place(of: name), let (target, _) = other.place(of: name) else {
      throw .notMoved("its folder is gone", at: other.path + "/" + name)
    }
    guard unsafe renameat(source.file, last, target.file, last) == 0 else {
      throw .notMoved(.systemReason, at: other.path + "/" + name)
    }
  }

  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func rename(_ name: String, to other: String) throws(HabitatError) {
    guard unsafe renameat(file, name, file, other) == 0 else {
      throw .notMoved(.systemReason, at: path + "/" + other)
    }
  }

  /// Removes a file, a link or a folder with all that is in it, as far as that can be.
  func remove(_ name: String) {
    if unsafe unlinkat(file, name, 0) == 0 { return }
    guard let inner = folder(name) else { return }
    for name in inner.names { inner.remove(name) }
    removeEmptyFolder(name)
  }

  func removeEmptyFolder(_ name: String) { unsafe _ = unlinkat(file, name, AT_REMOVEDIR) }

  /// Opens a file of that name, which must be no link.
  ///
  /// - Returns: below 0 where that fails.
  func openFile(_ name: String, _ flags: Int32) -> Int32 {
    guard let (folder, last) = place(of: name) else {
      errno = ENOENT
      return -1
    }
    return unsafe openat(folder.file, last, flags | O_NOFOLLOW | O_CLOEXEC, 0o666)
  }

  /// Whether a name stands for the very file that is open.
  func isOf(_ name: String, _ opened: Int32) -> Bool {
    var (one, two) = (stat(), stat())
    return unsafe fstatat(file, name, &one, AT_SYMLINK_NOFOLLOW) == 0 && fstat(opened, &two) == 0
      && one.st_ino == two.st_ino && one.st_dev == two.st_dev
  }

  // MARK: On the disk

  /// - Throws: `.cannotWrite`, slug `write-failed`: a full disk may show only here.
  func sync(file name: String) throws(HabitatError) {
    let file = openFile(name, O_RDONLY)
    guard file >= 0 else {
      throw .notWritten("the file is gone while the run wrote it", at: path + "/" + name)
    }
    defer { close(file) }
    guard fsync(file) == 0 else {
      throw .notWritten("the file cannot be written", at: path + "/" + name)
    }
  }

  /// Some file systems cannot sync folders, and need not.
  func sync() { fsync(file) }
}

extension HabitatError {
  /// A failed write with the system's reason, as `errno` has it.
  static func notWritten(_ what: String, at location: String) -> HabitatError {
    .notWritten(what, reason: .systemReason, at: location)
  }

  fileprivate static func notMoved(_ reason: String, at location: String) -> HabitatError {
    .notWritten("the file cannot be moved to its name", reason: reason, at: location)
  }

  static func notWritten(_ what: String, reason: String, at location: String) -> HabitatError {
    HabitatError(
      .cannotWrite, "write-failed", "\(what): \(reason)", at: location,
      fix: "check free space and permissions, or choose another --out")
  }
}

extension String {
  /// What `errno` says.
  fileprivate static var systemReason: String { unsafe String(cString: strerror(errno)) }
}
