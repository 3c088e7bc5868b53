import Foundation
package import RasterCore

/// The temporary folder in which a run is repeated.
///
/// A process that is killed cannot remove its own. So each is locked as long as its process lives, and the
/// next verification takes away those that nobody holds.
package final class RerunFolder: Sendable {
  package let path: String
  private let parent: OpenFolder
  private let name: String
  private let lock: FolderLock

  private static let prefix = "habitat-verify-"
  /// How a folder is called until it is locked, so that nobody takes it for one that nobody holds.
  private static let unlocked = ".new"
  /// Seconds after which a folder without a lock is not one that is about to be locked.
  private static let grace = 3600.0

  /// - Parameter parent: where temporary folders go.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  package init(
    in parent: String = FileManager.default.temporaryDirectory.path
  ) throws(HabitatError) {
    let parent = try OpenFolder(parent)
    Self.removeStale(in: parent)
    let name = Self.prefix + UUID().uuidString
    (self.parent, self.name, path) = (parent, name, parent.path + "/" + name)
    lock = try FolderLock(in: try parent.makeFolder(name + Self.unlocked).folder, of: path)
    try parent.rename(name + Self.unlocked, to: name)
  }

  package func remove() { parent.remove(name) }

  private static func removeStale(in parent: OpenFolder) {
    for name in parent.names where name.hasPrefix(prefix) {
      guard let folder = parent.folder(name), folder.isOwn, isStale(folder, name) else { continue }
      parent.remove(name)
    }
  }

  private static func isStale(_ folder: OpenFolder, _ name: String) -> Bool {
    guard !name.hasSuffix(unlocked), folder.entry(FolderLock.name) == .file else {
      return folder.age > grace
    }
    return (try? FolderLock(in: folder, of: folder.path)) != nil
  }
}
