import Foundation
import RasterCore

/// The right to write into a folder, held as long as its owner lives.
///
/// The kernel keeps it and lets go when the process ends, however it ends: what a killed run leaves
/// behind locks nobody out, and no process number can be mistaken for another's.
final class FolderLock: Sendable {
  private let file: Int32

  /// - Parameter path: of the lock's file, which is made where it is not there.
  /// - Throws: `.usage`, slug `output-busy`; `.cannotWrite`, slug `write-failed`.
  init(_ path: String, of folder: String) throws(HabitatError) {
    while true {
      let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
      guard file >= 0 else { throw .notWritten("the folder cannot be locked", at: path) }
      if flock(file, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        close(file)
        throw HabitatError(
          .usage, "output-busy", "another run is writing into the folder", at: "--out \(folder)",
          fix: "wait until it is done, or choose another --out")
      }
      // Some network file systems have no locks: there, one goes without.
      if Self.isStill(path, file) {
        self.file = file
        return
      }
      // The run that held it has removed it in the meantime.
      close(file)
    }
  }

  deinit { close(file) }

  private static func isStill(_ path: String, _ file: Int32) -> Bool {
    var (named, opened) = (stat(), stat())
    return unsafe lstat(path, &named) == 0 && fstat(file, &opened) == 0
      && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
  }
}

extension HabitatError {
  /// A failed write with the system's reason, as `errno` has it.
  static func notWritten(_ what: String, at location: String) -> HabitatError {
    let reason = unsafe String(cString: strerror(errno))
    return HabitatError(
      .cannotWrite, "write-failed", "\(what): \(reason)", at: location,
      fix: "check free space and permissions, or choose another --out")
  }
}
