import Foundation

/// The address of a file that is read from a server by ranges of bytes, as a user may write it.
package struct RemoteAddress: Hashable, Sendable {
  /// What is asked for: `https://…` or `http://…`.
  package let url: String

  /// `nil` of another scheme: libcurl would read `file:///etc/passwd` without a word.
  package init?(url: String) {
    guard let (scheme, rest) = Self.parts(of: url), ["http", "https"].contains(scheme),
      !rest.prefix(while: { !"/?#".contains($0) }).isEmpty
    else { return nil }
    self.url = scheme + "://" + rest
  }

  /// Of a public bucket: `s3://bucket/key`.
  ///
  /// Source: Amazon S3 User Guide, "Virtual hosting of general purpose buckets": the name of a bucket with dots fits no
  /// certificate, so that it stands in the path.
  package init?(bucket address: String) {
    guard let (scheme, rest) = Self.parts(of: address), scheme == "s3",
      let slash = rest.firstIndex(of: "/"), slash != rest.startIndex,
      rest.index(after: slash) != rest.endIndex
    else { return nil }
    let (bucket, key) = (rest[..<slash], rest[rest.index(after: slash)...])
    url =
      bucket.contains(".")
      ? "https://s3.amazonaws.com/\(bucket)/\(key)" : "https://\(bucket).s3.amazonaws.com/\(key)"
  }

  private static func parts(of text: String) -> (scheme: String, rest: Substring)? {
    guard let colon = text.range(of: "://") else { return nil }
    return (text[..<colon.lowerBound].lowercased(), text[colon.upperBound...])
  }

  /// For records and messages.
  package var shown: String { Self.withoutSecrets(url) }

  /// A path that holds an address, without what may be somebody's key: `user:password@` and what follows `?`.
  package static func withoutSecrets(_ path: String) -> String {
    guard let colon = path.range(of: "://") else { return path }
    var rest = path[colon.upperBound...]
    if let query = rest.firstIndex(where: { "?#".contains($0) }) { rest = rest[..<query] }
    let host = rest.prefix { $0 != "/" }
    if let at = host.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    return String(path[..<colon.upperBound] + rest)
  }
}
