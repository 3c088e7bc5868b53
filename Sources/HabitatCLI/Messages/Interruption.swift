import Foundation
import GeoIO
import HabitatKit
import Machine
import RasterCore
import Synchronization

/// Ctrl-C and polite kills.
///
/// The command runs on a thread of its own and asks `isRequested` between small pieces of work; the main
/// thread waits for signals, so that what cannot ask (a library at work on one large outline, a slow
/// network) does not keep the program either.
enum Interruption {
  /// How long a command may take to stop by itself.
  private static let grace = timespec(tv_sec: 0, tv_nsec: 700_000_000)

  private static let wasAsked = Atomic<Bool>(false)
  private static let withdrawal = Mutex<(@Sendable () -> Bool)?>(nil)

  static var isRequested: Bool { wasAsked.load(ordering: .relaxed) }

  /// - Parameter withdraw: removes what the command has begun to write; `false` where it is past that and
  ///   about to finish.
  static func onGivingUp(_ withdraw: @escaping @Sendable () -> Bool) {
    withdrawal.withLock { $0 = withdraw }
  }

  /// Runs `command`, which must end the program, and ends it on a signal: within a second, with nothing
  /// half-written; on a second signal at once.
  static func watch(over command: @escaping @Sendable () -> Void) -> Never {
    var signals = caught()
    // Threads inherit the mask: signals reach the one that waits for them.
    unsafe _ = pthread_sigmask(SIG_BLOCK, &signals, nil)
    // A reader that has gone away shows as a failed write, not as a killed program; so does a file that
    // may not grow any more.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    do throws(HabitatError) {
      try SystemThread.start(command)
    } catch {
      giveUp(over: error)
    }
    wait(for: &signals)
    wasAsked.store(true, ordering: .relaxed)
    var grace = grace
    let isUrgent = unsafe sigtimedwait(&signals, nil, &grace) >= 0
    let isWithdrawn = withdrawal.withLock { $0 }?() ?? true
    if !isUrgent {
      if !isWithdrawn { wait(for: &signals) }
      Terminal.show(HabitatError.interrupted)
    }
    _exit(HabitatError.interrupted.kind.exitCode)
  }

  /// Limits under which not even the program's own thread can start are too small for a run, and say for which
  /// one would not be.
  private static func giveUp(over failure: HabitatError) -> Never {
    var failure = failure
    do throws(HabitatError) {
      try Habitat.refuseTooSmallLimits(withThread: true)
    } catch {
      failure = error
    }
    Terminal.show(failure)
    _exit(failure.kind.exitCode)
  }

  /// What the program's parent has it ignore, as `nohup` does, stays ignored.
  private static func caught() -> sigset_t {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = signal(number, SIG_DFL)
      if unsafe unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      } else {
        unsafe sigaddset(&signals, number)
      }
    }
    return signals
  }

  private static func wait(for signals: inout sigset_t) {
    var number: Int32 = 0
    while unsafe sigwait(&signals, &number) != 0 {}
  }
}
