import Foundation
import RasterCore

/// The right to write into a folder, held as long as its owner lives.
///
/// The kernel keeps it and lets go when the process ends, however it ends: what a killed run leaves
/// behind locks nobody out, and no process number can be mistaken for another's.
final class FolderLock: Sendable {
  private let file: Int32

  static let name = "lock"

  /// - Parameters:
  ///   - place: where the lock's file lies, which is made where it is not there.
  ///   - folder: the one that is locked, as it is called in messages.
  /// - Throws: `.unavailable`, slug `output-busy`; `.cannotWrite`, slug `write-failed`.
  init(in place: OpenFolder, of folder: String) throws(HabitatError) {
    while true {
      let file = place.openFile(Self.name, O_RDWR | O_CREAT)
      guard file >= 0 else { throw .notWritten("the folder cannot be locked", at: place.path) }
      if flock(file, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        close(file)
        throw HabitatError(
          .unavailable, "output-busy", "another run is writing into the folder",
          at: "--out \(folder)",
          fix: "wait until it is done, or choose another --out")
      }
      // Some network file systems have no locks: there, one goes without.
      if place.isOf(Self.name, file) {
        self.file = file
        return
      }
      // The run that held it has removed it in the meantime.
      close(file)
    }
  }

  deinit { close(file) }
}
