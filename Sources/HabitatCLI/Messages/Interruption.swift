import Foundation
import Synchronization

/// Ctrl-C and a polite kill: noted here, acted on between two strips.
enum Interruption {
  private static let wasAsked = Atomic<Bool>(false)

  static var isRequested: Bool { wasAsked.load(ordering: .relaxed) }

  static func listen() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { _ in Interruption.wasAsked.store(true, ordering: .relaxed) }
    }
    // A reader that has gone away shows as a failed write, not as a killed program.
    signal(SIGPIPE, SIG_IGN)
    // So does a file that may not grow any more.
    signal(SIGXFSZ, SIG_IGN)
  }
}
