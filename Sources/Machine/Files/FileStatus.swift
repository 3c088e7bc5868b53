import CSystem
import Foundation

/// What the system tells of a name without opening what it stands for.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Sendable { case file, folder, link, pipe, socket, device }

  /// `nil` of kinds that other systems have.
  package let kind: Kind?
  package let bytes: Int
  /// When the content was changed, and when anything was, which programs cannot set; seconds, nanoseconds.
  package let contentTime: SIMD2<Int>
  package let statusTime: SIMD2<Int>
  /// Together they tell a file from all others that there are now.
  package let number: UInt64
  package let device: UInt64

  /// `nil` where there is nothing.
  ///
  /// - Parameter followingLinks: whether a link stands for what it leads to.
  package init?(of path: String, followingLinks: Bool = true) {
    var status = stat()
    let result = unsafe followingLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { return nil }
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      case S_IFCHR, S_IFBLK: .device
      default: nil
      }
    bytes = Int(status.st_size)
    contentTime = SIMD2(Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    statusTime = SIMD2(Int(status.st_ctim.tv_sec), Int(status.st_ctim.tv_nsec))
    (number, device) = (UInt64(status.st_ino), UInt64(status.st_dev))
  }

  /// The number of the kind of file system that a path is on, as Linux's `magic.h` has it; 0 where there is
  /// none.
  package static func fileSystem(of path: String) -> Int {
    unsafe habitat_file_system(path) & 0xFFFF_FFFF
  }
}
