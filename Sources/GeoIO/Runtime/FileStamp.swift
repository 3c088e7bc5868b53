import Machine

/// What tells that a file has been changed or exchanged, without reading it.
///
/// Of a path into an archive (`/vsizip/a.zip/b.tif`) it is that of the archive; of one on the network what its
/// server tells, if the network is open; of one that is no file it holds nothing and is always the same.
public struct FileStamp: Hashable, Sendable {
  private var file: FileStatus?
  /// `nil` of a file of this machine.
  public private(set) var remote: RemoteFile?

  public init(_ path: String) {
    if NetworkAccess.isRemote(path) {
      if !NetworkAccess.isForbidden(path) { remote = RemoteFile(path) }
      return
    }
    guard let status = Self.status(ofPartIn: path)?.status, status.kind == .file else { return }
    file = status
  }

  /// Whether there was a file.
  public var isOfFile: Bool {
    if case .found = remote { return true }
    return file != nil
  }

  /// Of the first part of the path that is there.
  static func status(ofPartIn path: String) -> (place: String, status: FileStatus)? {
    var rest = Substring(SubdatasetPath(path)?.file ?? path)
    while rest.hasPrefix("/vsi"), let slash = rest.dropFirst().firstIndex(of: "/") {
      rest = rest[rest.index(after: slash)...]
    }
    while !rest.isEmpty {
      if let status = FileStatus(of: String(rest)) { return (String(rest), status) }
      guard let slash = rest.lastIndex(of: "/") else { return nil }
      rest = rest[..<slash]
    }
    return nil
  }
}
