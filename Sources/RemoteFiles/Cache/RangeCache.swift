import Documents
import Foundation

/// The folder in which ranges of remote files are kept: one folder for each address, and in it one for each version.
package struct RangeCache: Hashable, Sendable {
  package let folder: String

  package init(folder: String) { self.folder = folder }

  /// `$HABITAT_CACHE`, else `habitat` in the user's folder for such things.
  ///
  /// Source: XDG Base Directory Specification 0.8.
  package static var standardFolder: String {
    if let folder = Environment.value(of: "HABITAT_CACHE") { return folder }
    if let folder = Environment.value(of: "XDG_CACHE_HOME"), folder.hasPrefix("/") {
      return folder + "/habitat"
    }
    if let home = Environment.value(of: "HOME") { return home + "/.cache/habitat" }
    return FileManager.default.temporaryDirectory.appendingPathComponent("habitat").path
  }

  /// The version that was read last, `nil` where the cache has none.
  package func version(of address: RemoteAddress) -> RemoteVersion? {
    let path = folder(of: address) + "/latest"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return RemoteVersion(recorded: String(decoding: data, as: UTF8.self))
  }

  /// What there is of a version, which is from now on the one that was read last.
  ///
  /// - Throws: `.cache`.
  package func ranges(
    of address: RemoteAddress, _ version: RemoteVersion
  ) throws(RemoteFailure) -> CachedRanges {
    let place = folder(of: address)
    let name = String(SHA256.hexDigest(of: version.record.utf8).prefix(16))
    do {
      try FileManager.default.createDirectory(
        atPath: "\(place)/\(name)", withIntermediateDirectories: true)
      // For people who look into the folder.
      try write(address.shown + "\n", to: place + "/address")
      if self.version(of: address) != version { try write(version.record, to: place + "/latest") }
    } catch {
      throw .cache(in: folder)
    }
    return try CachedRanges(in: "\(place)/\(name)", byteCount: version.byteCount)
  }

  /// The server has another version by now: the next run asks for it.
  package func forget(_ version: RemoteVersion, of address: RemoteAddress) {
    guard self.version(of: address) == version else { return }
    try? FileManager.default.removeItem(atPath: folder(of: address) + "/latest")
  }

  private func folder(of address: RemoteAddress) -> String {
    "\(folder)/files/\(SHA256.hexDigest(of: address.url.utf8).prefix(32))"
  }

  /// Foundation writes beside the file, and renames.
  private func write(_ text: String, to path: String) throws {
    let data = Data(text.utf8)
    guard FileManager.default.contents(atPath: path) != data else { return }
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}

extension RemoteVersion {
  private static let form = "habitat-cache 1"

  /// One line each: no header of HTTP holds the end of one.
  fileprivate var record: String { "\(Self.form)\n\(byteCount)\n\(etag)\n\(lastModified)\n" }

  fileprivate init?(recorded text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count == 5, lines[0] == Self.form, let byteCount = Int(lines[1]), byteCount >= 0
    else { return nil }
    self.init(etag: lines[2], lastModified: lines[3], byteCount: byteCount)
  }
}
