import Foundation

/// What tells that a file has been changed or exchanged, without reading it.
///
/// Of a path into an archive (`/vsizip/a.zip/b.tif`) it is that of the archive; of one on the network what its
/// server tells, if the network is open; of one that is no file it holds nothing and is always the same.
public struct FileStamp: Hashable, Sendable {
  private var bytes: Int?
  /// When the content was changed, and when anything was, which programs cannot set; seconds, nanoseconds.
  private var contentTime = SIMD2<Int>.zero
  private var statusTime = SIMD2<Int>.zero
  private var number: UInt64 = 0
  private var device: UInt64 = 0
  /// `nil` of a file of this machine.
  public private(set) var remote: RemoteFile?

  public init(_ path: String) {
    if NetworkAccess.isRemote(path) {
      if !NetworkAccess.isForbidden(path) { remote = RemoteFile(path) }
      return
    }
    guard let status = Self.status(ofPartIn: path)?.status, status.st_mode & S_IFMT == S_IFREG
    else { return }
    bytes = Int(status.st_size)
    contentTime = SIMD2(Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    statusTime = SIMD2(Int(status.st_ctim.tv_sec), Int(status.st_ctim.tv_nsec))
    (number, device) = (UInt64(status.st_ino), UInt64(status.st_dev))
  }

  /// Whether there was a file.
  public var isOfFile: Bool {
    if case .found = remote { return true }
    return bytes != nil
  }

  /// Of the first part of the path that is there.
  static func status(ofPartIn path: String) -> (place: String, status: stat)? {
    var rest = Substring(SubdatasetPath(path)?.file ?? path)
    while rest.hasPrefix("/vsi"), let slash = rest.dropFirst().firstIndex(of: "/") {
      rest = rest[rest.index(after: slash)...]
    }
    var status = stat()
    while !rest.isEmpty {
      if unsafe stat(String(rest), &status) == 0 { return (String(rest), status) }
      guard let slash = rest.lastIndex(of: "/") else { return nil }
      rest = rest[..<slash]
    }
    return nil
  }
}
