import Foundation

/// How often a server is asked again, and how long it is waited for.
package struct RetryPolicy: Hashable, Sendable {
  /// Seconds before the second try, the third and so on.
  package var pauses = [0.5, 1, 2, 4]
  /// Seconds to reach a server.
  package var connecting = 5.0
  /// Seconds without a byte after which a try has failed. What goes on slowly is let go on.
  package var silence = 10.0
  /// Seconds for one range from the first try on, after which no other is begun that could not end in them.
  package var deadline = 45.0

  package init() {}

  /// What becomes of a try that has failed.
  package enum Decision: Hashable, Sendable {
    case again(after: Double)
    case giveUp(RemoteFailure)
  }

  /// - Parameters:
  ///   - tries: how many there were, the one that failed included.
  ///   - elapsed: seconds since the first was begun.
  package func decision(
    after failure: RemoteFailure, tries: Int, elapsed: Double
  ) -> Decision {
    guard failure.cause == .unavailable else { return .giveUp(failure) }
    guard tries <= pauses.count else {
      return .giveUp(RemoteFailure(.unavailable, "\(failure.reason), \(tries) times"))
    }
    let pause = failure.retryAfter ?? pauses[tries - 1]
    if elapsed + pause + silence <= deadline { return .again(after: pause) }
    if let wait = failure.retryAfter {
      return .giveUp(
        RemoteFailure(
          .unavailable,
          "\(failure.reason), and it asks to be left alone for \(Int(wait.rounded(.up))) seconds"))
    }
    return .giveUp(
      RemoteFailure(
        .unavailable, "\(failure.reason), after \(tries) tries in \(Int(elapsed)) seconds"))
  }

  /// `Retry-After`: seconds, or a date (RFC 9110, 10.2.3 and 5.6.7); `nil` where it is neither.
  static func seconds(of text: String, now: Date) -> Double? {
    if let seconds = Double(text), seconds.isFinite { return max(0, seconds) }
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format.date(from: text).map { max(0, $0.timeIntervalSince(now)) }
  }
}
