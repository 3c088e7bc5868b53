package import Foundation

/// One range of bytes that a server is asked for, and what counts as an answer.
package struct RangeRequest: Hashable, Sendable {
  /// Not empty; it may reach beyond the end of a file whose length is not known yet.
  package let range: Range<Int>
  /// What has been read of before; `nil` in the first request for a file.
  package let version: RemoteVersion?

  /// The first request asks for this much: it holds the tables of the blocks of most files, and tells the length.
  package static let headBytes = 64 << 10

  package init(_ range: Range<Int>, of version: RemoteVersion?) {
    (self.range, self.version) = (range, version)
  }

  package static let head = RangeRequest(0..<headBytes, of: nil)

  /// Compression would let some servers forget the range.
  package var headers: String {
    "Range: bytes=\(range.lowerBound)-\(range.upperBound - 1)\r\nAccept-Encoding: identity"
  }

  /// More than this is no answer to the request. A page of failure is let through, for its number.
  package var mostBytes: Int { max(range.count, 64 << 10) }

  /// The version of the file that the answer is of, where it is the range and nothing else.
  ///
  /// - Parameter now: what a date in `Retry-After` counts from.
  package func version(
    from answer: RemoteAnswer, now: Date = Date()
  ) throws(RemoteFailure) -> RemoteVersion {
    if let status = answer.failedStatus { throw failure(of: status, answer, now) }
    if answer.clientCode != 0 || !answer.message.isEmpty {
      throw ClientCode.failure(answer.clientCode, answer.message)
    }
    guard let place = answer.header("Content-Range") else { throw whole(answer) }
    guard let (got, size) = Self.contents(of: place) else {
      throw RemoteFailure(.broken, "it tells no range that can be understood (\(place))")
    }
    let found = RemoteVersion(
      etag: answer.header("ETag") ?? "", lastModified: answer.header("Last-Modified") ?? "",
      byteCount: size)
    if let version, !version.isSame(as: found) {
      throw RemoteFailure(.changed, "its server has another version now")
    }
    let wanted = range.lowerBound..<min(range.upperBound, size)
    guard got == wanted else {
      throw RemoteFailure(.broken, "another range was sent than asked for (\(place))")
    }
    // A body may be short without a word, where settings of the environment tell libcurl to bear it.
    guard answer.byteCount == wanted.count else {
      throw RemoteFailure(
        .unavailable, "\(answer.byteCount) of \(wanted.count) bytes came")
    }
    return found
  }

  private func failure(of status: Int, _ answer: RemoteAnswer, _ now: Date) -> RemoteFailure {
    let word = answer.codeWord
    let reason = "HTTP \(status)" + (word.isEmpty ? "" : " \(word)")
    switch status {
    case 404 where version == nil, 410 where version == nil: return RemoteFailure(.missing, reason)
    case 404, 410: return RemoteFailure(.changed, "it has gone (\(reason))")
    case 416 where version != nil:
      return RemoteFailure(.changed, "it has become shorter (\(reason))")
    case 408, 429, 500...599:
      let wait = answer.header("Retry-After").flatMap { RetryPolicy.seconds(of: $0, now: now) }
      return RemoteFailure(.unavailable, reason, retryAfter: wait)
    default: return RemoteFailure(.refused(status, word), reason)
    }
  }

  /// An answer without a range is the whole file, or a page.
  private func whole(_ answer: RemoteAnswer) -> RemoteFailure {
    let kind = answer.header("Content-Type")?.lowercased() ?? ""
    if kind.hasPrefix("text/html") {
      return RemoteFailure(.page(kind), "it sends a page, perhaps of a sign-in")
    }
    return RemoteFailure(.noRanges, "it answers with the whole file")
  }

  /// `bytes 0-65535/30850000`.
  static func contents(of text: String) -> (range: Range<Int>, byteCount: Int)? {
    let parts = text.split(whereSeparator: { " -/".contains($0) })
    guard parts.count == 4, parts[0].lowercased() == "bytes", let first = Int(parts[1]),
      let last = Int(parts[2]), let size = Int(parts[3]), first >= 0, first <= last, last < size
    else { return nil }
    return (first..<last + 1, size)
  }
}

/// libcurl's numbers of failures.
///
/// Source: libcurl, `curl/curl.h`, `CURLcode`.
enum ClientCode {
  private static let passing: Set<Int> = [
    5, 6, 7,  // no host, or none that listens
    16, 18, 28, 35, 52, 55, 56, 92,  // silent, reset, short
  ]
  private static let certificate: Set<Int> = [51, 58, 59, 60, 66, 77, 80, 82, 83, 90, 91]
  /// More came than was asked for: the whole file.
  private static let tooLarge = 63

  static func failure(_ code: Int, _ message: String) -> RemoteFailure {
    let reason = message.isEmpty ? "libcurl's number \(code)" : message
    if certificate.contains(code) { return RemoteFailure(.certificate, reason) }
    if passing.contains(code) { return RemoteFailure(.unavailable, reason) }
    if code == tooLarge { return RemoteFailure(.noRanges, "it sends more than was asked for") }
    return RemoteFailure(.broken, reason)
  }
}
