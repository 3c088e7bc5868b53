package import Foundation

/// Fetches one range, as often as the policy lets it try.
package struct RangeFetcher: Sendable {
  private let transport: RangeTransport
  private let connections: Connections
  private let policy: RetryPolicy
  private let clock: Clock

  /// The time, for tests that do not wait.
  package struct Clock: Sendable {
    package let now: @Sendable () -> Date
    package let pause: @Sendable (_ seconds: Double) -> Void

    package init(
      now: @escaping @Sendable () -> Date, pause: @escaping @Sendable (_ seconds: Double) -> Void
    ) {
      (self.now, self.pause) = (now, pause)
    }

    package static let system = Clock(
      now: { Date() }, pause: { Thread.sleep(forTimeInterval: $0) })
  }

  package init(
    _ transport: RangeTransport, connections: Connections = Connections(),
    policy: RetryPolicy = RetryPolicy(), clock: Clock = .system
  ) {
    (self.transport, self.connections) = (transport, connections)
    (self.policy, self.clock) = (policy, clock)
  }

  /// - Returns: the version that the server told, and the bytes of the range that the file has.
  package func fetch(
    _ request: RangeRequest, from address: RemoteAddress
  ) throws(RemoteFailure) -> (version: RemoteVersion, bytes: [UInt8]) {
    let start = clock.now()
    var tries = 0
    while true {
      tries += 1
      // Nobody waits with a connection in the hand.
      let reply = connections.with { transport.send(request, address, $0) }
      do throws(RemoteFailure) {
        return (try request.version(from: reply.answer, now: clock.now()), reply.body)
      } catch {
        let elapsed = clock.now().timeIntervalSince(start)
        switch policy.decision(after: error, tries: tries, elapsed: elapsed) {
        case .again(let pause): clock.pause(pause)
        case .giveUp(let failure): throw failure
        }
      }
    }
  }
}
