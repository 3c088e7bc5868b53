import Foundation
import RasterCore

/// The temporary folder in which a run is repeated.
///
/// A process that is killed cannot remove its own. So each is locked as long as its process lives, and the
/// next verification takes away those that nobody holds.
final class RerunFolder: Sendable {
  let path: String
  private let parent: OpenFolder
  private let name: String
  private let lock: FolderLock

  private static let prefix = "habitat-verify-"
  /// Seconds after which a folder without a lock is not one whose lock is about to be made.
  private static let grace = 3600.0

  /// - Parameter parent: where temporary folders go.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  init(in parent: String = FileManager.default.temporaryDirectory.path) throws(HabitatError) {
    let parent = try OpenFolder(parent)
    Self.removeStale(in: parent)
    name = Self.prefix + UUID().uuidString
    let folder = try parent.makeFolder(name).folder
    self.parent = parent
    path = folder.path
    lock = try FolderLock(in: folder, of: folder.path)
  }

  func remove() { parent.remove(name) }

  private static func removeStale(in parent: OpenFolder) {
    for name in parent.names where name.hasPrefix(prefix) {
      guard let folder = parent.folder(name), folder.isOwn, isStale(folder) else { continue }
      parent.remove(name)
    }
  }

  private static func isStale(_ folder: OpenFolder) -> Bool {
    guard folder.entry(FolderLock.name) == .file else { return folder.age > grace }
    return (try? FolderLock(in: folder, of: folder.path)) != nil
  }
}
