import Foundation
import Testing

@testable import RemoteFiles

@Suite("Answers of servers")
struct RangeRequestTests {
  private static let version = RemoteVersion(etag: "\"a\"", lastModified: "x", byteCount: 1000)

  private static func failure(
    _ answer: RemoteAnswer, _ version: RemoteVersion? = version
  ) -> RemoteFailure? {
    do throws(RemoteFailure) {
      _ = try RangeRequest(10..<20, of: version).version(from: answer)
      return nil
    } catch {
      return error
    }
  }

  private static func answer(
    _ place: String?, count: Int = 10, etag: String = "\"a\"", kind: String = "image/tiff"
  ) -> RemoteAnswer {
    RemoteAnswer(
      clientCode: 0, message: "",
      headers: ["Content-Type=\(kind)", "etag= \(etag)"]
        + (place.map { ["CONTENT-RANGE=\($0)"] } ?? []), byteCount: count)
  }

  @Test("the range, from the last hop, in any case of letters, is taken")
  func good() throws {
    let request = RangeRequest(10..<20, of: Self.version)
    #expect(request.headers == "Range: bytes=10-19\r\nAccept-Encoding: identity")
    let found = try request.version(from: Self.answer("bytes 10-19/1000"))
    #expect(found.etag == "\"a\"" && found.byteCount == 1000)
    let hops = RemoteAnswer(
      clientCode: 0, message: "",
      headers: [
        "ETag=\"hop\"", "Content-Length=0", "ETag=\"a\"", "Content-Range=bytes 10-19/1000",
      ],
      byteCount: 10)
    #expect(try request.version(from: hops).etag == "\"a\"")
    let end = RemoteAnswer(
      clientCode: 0, message: "", headers: ["Content-Range=bytes 0-2/3"], byteCount: 3)
    #expect(try RangeRequest.head.version(from: end).byteCount == 3)
  }

  static let wrong: [(RemoteAnswer, RemoteFailure.Cause)] = [
    (answer("bytes 10-19/1001"), .changed),
    (answer("bytes 10-19/1000", etag: "\"b\""), .changed),
    (answer("bytes 11-20/1000"), .broken),
    (answer("bytes 10-18/1000", count: 9), .broken),
    (answer("bytes */1000"), .broken),
    (answer("bytes 10-19/1000", count: 9), .unavailable),
    (answer(nil, count: 1000), .noRanges),
    (answer(nil, kind: "Text/HTML; charset=utf-8"), .page("text/html; charset=utf-8")),
  ]

  @Test("another answer is none, and says why", arguments: wrong)
  func notTaken(answer: RemoteAnswer, cause: RemoteFailure.Cause) {
    #expect(Self.failure(answer)?.cause == cause)
  }

  static let statuses: [(Int, RemoteFailure.Cause, first: RemoteFailure.Cause)] = [
    (401, .refused(401, "AccessDenied"), .refused(401, "AccessDenied")),
    (403, .refused(403, "AccessDenied"), .refused(403, "AccessDenied")),
    (404, .changed, .missing), (410, .changed, .missing),
    (408, .unavailable, .unavailable), (429, .unavailable, .unavailable),
    (500, .unavailable, .unavailable), (503, .unavailable, .unavailable),
    (416, .changed, .refused(416, "AccessDenied")),
  ]

  @Test("statuses of HTTP are told apart", arguments: statuses)
  func status(number: Int, later: RemoteFailure.Cause, first: RemoteFailure.Cause) {
    let answer = RemoteAnswer(
      clientCode: 0, message: "HTTP error code : \(number)", headers: ["Retry-After=7"],
      byteCount: 40, text: "<Error><Code>AccessDenied</Code></Error>")
    #expect(Self.failure(answer)?.cause == later)
    #expect(Self.failure(answer, nil)?.cause == first)
    #expect(Self.failure(answer)?.retryAfter == (later == .unavailable ? 7 : nil))
    #expect(Self.failure(answer)?.reason.contains("HTTP \(number)") == true)
  }

  static let numbers: [(Int, RemoteFailure.Cause)] = [
    (6, .unavailable), (7, .unavailable), (18, .unavailable), (28, .unavailable),
    (56, .unavailable), (60, .certificate), (77, .certificate), (63, .noRanges), (47, .broken),
    (1, .broken),
  ]

  @Test("libcurl's numbers are told apart, without a text too", arguments: numbers)
  func client(number: Int, cause: RemoteFailure.Cause) {
    for text in ["", "some words"] {
      let answer = RemoteAnswer(clientCode: number, message: text, headers: [], byteCount: 0)
      #expect(Self.failure(answer)?.cause == cause)
      #expect(Self.failure(answer)?.reason.isEmpty == false)
    }
  }

  @Test("a server that tells no tag is held to its date")
  func dates() {
    let version = RemoteVersion(etag: "", lastModified: "x", byteCount: 1)
    #expect(!version.isSame(as: RemoteVersion(etag: "", lastModified: "y", byteCount: 1)))
    #expect(version.isSame(as: version))
    #expect(
      Self.version.isSame(as: RemoteVersion(etag: "\"a\"", lastModified: "y", byteCount: 1000)))
  }

  /// RFC 9110, 5.6.7: the example; 37 s after the epoch of the test.
  @Test("the time to wait is a number or a date")
  func retryAfter() {
    let now = Date(timeIntervalSince1970: 784_111_740)
    #expect(RetryPolicy.seconds(of: "Sun, 06 Nov 1994 08:49:37 GMT", now: now) == 37)
    #expect(RetryPolicy.seconds(of: "120", now: now) == 120)
    #expect(RetryPolicy.seconds(of: "-3", now: now) == 0)
    #expect(RetryPolicy.seconds(of: "soon", now: now) == nil)
  }
}
