import Foundation

/// What tells that a file has been changed or exchanged, without reading it.
///
/// Of a path into an archive (`/vsizip/a.zip/b.tif`) it is that of the archive; of one that is no file
/// of this machine it holds nothing and is always the same.
public struct FileStamp: Hashable, Sendable {
  private var bytes: Int?
  private var seconds = 0
  private var nanoseconds = 0
  private var number: UInt64 = 0
  private var device: UInt64 = 0

  public init(_ path: String) {
    guard let status = Self.status(ofPartIn: path), status.st_mode & S_IFMT == S_IFREG else {
      return
    }
    bytes = Int(status.st_size)
    (seconds, nanoseconds) = (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    (number, device) = (UInt64(status.st_ino), UInt64(status.st_dev))
  }

  /// Whether there was a file.
  public var isOfFile: Bool { bytes != nil }

  /// Of the first part of the path that is there.
  static func status(ofPartIn path: String) -> stat? {
    var rest = Substring(SubdatasetPath(path)?.file ?? path)
    while rest.hasPrefix("/vsi"), let slash = rest.dropFirst().firstIndex(of: "/") {
      rest = rest[rest.index(after: slash)...]
    }
    var status = stat()
    while !rest.isEmpty {
      if unsafe stat(String(rest), &status) == 0 {
        return status
      }
      guard let slash = rest.lastIndex(of: "/") else { return nil }
      rest = rest[..<slash]
    }
    return nil
  }
}
