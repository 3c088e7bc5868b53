/// What tells one version of a file on a server from the next.
package struct RemoteVersion: Hashable, Sendable {
  /// As the server writes it, quotes included; empty where it tells none.
  package let etag: String
  /// Likewise.
  package let lastModified: String
  /// Of the whole file.
  package let byteCount: Int

  package init(etag: String, lastModified: String, byteCount: Int) {
    (self.etag, self.lastModified, self.byteCount) = (etag, lastModified, byteCount)
  }

  /// Whether a server that says `other` still speaks of this version. The tag decides; some servers of one name differ in
  /// the date by which they have the same bytes.
  package func isSame(as other: RemoteVersion) -> Bool {
    guard byteCount == other.byteCount, etag == other.etag else { return false }
    return !etag.isEmpty || lastModified == other.lastModified
  }
}
