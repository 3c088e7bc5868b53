import RemoteFiles
import Synchronization

/// A server without a network: one file, its log, and what it does instead of answering.
final class FakeServer: Sendable {
  struct State {
    var bytes: [UInt8]
    var etag = "\"a\""
    var asked: [Range<Int>] = []
    var mostAtOnce = 0
    fileprivate var atOnce = 0
  }
  let state: Mutex<State>
  /// Instead of the range; told the number of the request, from 1.
  private let fault: @Sendable (Int, RangeRequest) -> RangeTransport.Reply?

  init(
    _ bytes: [UInt8],
    fault: @escaping @Sendable (Int, RangeRequest) -> RangeTransport.Reply? = { _, _ in nil }
  ) {
    state = Mutex(State(bytes: bytes))
    self.fault = fault
  }

  /// Bytes none of which stands at a multiple of 256 from its like alone.
  static func content(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8 ^ $0 >> 16) }
  }

  var asked: [Range<Int>] { state.withLock { $0.asked } }

  func exchange(_ bytes: [UInt8], etag: String) {
    state.withLock { ($0.bytes, $0.etag) = (bytes, etag) }
  }

  var transport: RangeTransport {
    RangeTransport { [self] request, _, _ in
      let (number, bytes, etag) = state.withLock { state in
        state.asked.append(request.range)
        state.atOnce += 1
        state.mostAtOnce = max(state.mostAtOnce, state.atOnce)
        return (state.asked.count, state.bytes, state.etag)
      }
      defer { state.withLock { $0.atOnce -= 1 } }
      return fault(number, request) ?? Self.reply(request.range, of: bytes, etag: etag)
    }
  }

  static func reply(_ range: Range<Int>, of bytes: [UInt8], etag: String) -> RangeTransport.Reply {
    let sent = range.clamped(to: 0..<bytes.count)
    return reply(
      headers: [
        "Content-Range=bytes \(sent.lowerBound)-\(sent.upperBound - 1)/\(bytes.count)",
        "ETag=\(etag)", "Last-Modified=Wed, 01 Jan 2025 00:00:00 GMT",
      ], body: Array(bytes[sent]))
  }

  static func reply(
    _ code: Int = 0, _ message: String = "", headers: [String] = [], body: [UInt8] = []
  ) -> RangeTransport.Reply {
    RangeTransport.Reply(
      RemoteAnswer(
        clientCode: code, message: message, headers: headers, byteCount: body.count,
        text: String(decoding: body.prefix(1000), as: UTF8.self)), body: body)
  }
}
