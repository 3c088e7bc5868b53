import Foundation
import Synchronization
import Testing

@testable import RemoteFiles

@Suite("Tries of one range")
struct RangeFetcherTests {
  /// A clock that goes only while somebody waits.
  private final class Hours: Sendable {
    let seconds = Mutex(0.0)
    let pauses = Mutex<[Double]>([])
    var clock: RangeFetcher.Clock {
      RangeFetcher.Clock(
        now: { [self] in Date(timeIntervalSince1970: seconds.withLock { $0 }) },
        pause: { [self] pause in
          pauses.withLock { $0.append(pause) }
          pass(pause)
        })
    }
    func pass(_ count: Double) { seconds.withLock { $0 += count } }
  }

  private let address = RemoteAddress(url: "https://a.b/c")!
  private static let content = FakeServer.content(200_000)

  private func outcome(
    _ hours: Hours, _ fault: @escaping @Sendable (Int, RangeRequest) -> RangeTransport.Reply?
  ) -> (tries: Int, bytes: [UInt8]?, failure: RemoteFailure?) {
    let server = FakeServer(Self.content, fault: fault)
    do throws(RemoteFailure) {
      let fetcher = RangeFetcher(server.transport, clock: hours.clock)
      let bytes = try fetcher.fetch(.head, from: address).bytes
      return (server.asked.count, bytes, nil)
    } catch {
      return (server.asked.count, nil, error)
    }
  }

  @Test("what passes is tried again, with longer and longer pauses")
  func again() {
    let hours = Hours()
    let (tries, bytes, _) = outcome(hours) { number, _ in
      number < 5 ? FakeServer.reply(56, "Connection reset by peer") : nil
    }
    #expect(tries == 5 && bytes == Array(Self.content[..<65536]))
    #expect(hours.pauses.withLock { $0 } == [0.5, 1, 2, 4])
  }

  @Test("five tries are enough")
  func forEver() {
    let hours = Hours()
    let (tries, _, failure) = outcome(hours) { _, _ in
      FakeServer.reply(0, "HTTP error code : 503")
    }
    #expect(tries == 5 && failure?.cause == .unavailable)
    #expect(failure?.reason == "HTTP 503, 5 times")
  }

  /// 10 s of silence, 0.5, 10, 1, 10, 2 and 10 make 43.5; a pause of 4 s and a fifth silence would make 57.5.
  @Test("a silent server is left before the minute is over")
  func silence() {
    let hours = Hours()
    let (tries, _, failure) = outcome(hours) { _, _ in
      hours.pass(10)
      return FakeServer.reply(28, "Operation too slow")
    }
    #expect(tries == 4 && failure?.cause == .unavailable)
    #expect(hours.seconds.withLock { $0 } <= 45)
  }

  @Test("the time that a server asks for is kept, or told if it is long")
  func asked() {
    @Sendable func reply(_ wait: Int) -> RangeTransport.Reply {
      FakeServer.reply(0, "HTTP error code : 429", headers: ["Retry-After=\(wait)"])
    }
    let hours = Hours()
    #expect(outcome(hours) { number, _ in number == 1 ? reply(3) : nil }.tries == 2)
    #expect(hours.pauses.withLock { $0 } == [3])
    let (tries, _, failure) = outcome(Hours()) { _, _ in reply(3600) }
    #expect(tries == 1 && failure?.reason.contains("3600 seconds") == true)
  }

  @Test("what no other try mends is not tried again", arguments: [401, 403, 404])
  func final(status: Int) {
    let hours = Hours()
    let (tries, _, failure) = outcome(hours) { _, _ in
      FakeServer.reply(0, "HTTP error code : \(status)")
    }
    #expect(tries == 1 && failure != nil && hours.pauses.withLock { $0.isEmpty })
  }
}
