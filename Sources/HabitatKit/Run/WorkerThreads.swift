import Foundation
import RasterCore
import Synchronization

/// Threads that take numbered pieces of work one after another, lowest number first.
///
/// Threads and not tasks: workers wait for one another's turn to write, which tasks of a shared pool
/// must not do.
enum WorkerThreads {
  /// Runs `work` on `count` threads until it returns or one throws; then throws what was first thrown.
  ///
  /// - Parameter work: called once a thread with the thread's number.
  static func run(
    _ count: Int, _ work: @escaping @Sendable (Int) throws(HabitatError) -> Void
  ) throws(HabitatError) {
    let state = State(running: count)
    for number in 0..<count {
      let thread = Thread {
        do throws(HabitatError) {
          try work(number)
          state.finish(nil)
        } catch {
          state.finish(error)
        }
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    if let failure = state.waitForAll() { throw failure }
  }

  private final class State: Sendable {
    private struct Count {
      var running: Int
      var failure: HabitatError?
    }
    private let count: Mutex<Count>
    private let allDone = DispatchSemaphore(value: 0)

    init(running: Int) { count = Mutex(Count(running: running)) }

    func finish(_ failure: HabitatError?) {
      let isLast = count.withLock { count in
        count.running -= 1
        if count.failure == nil { count.failure = failure }
        return count.running == 0
      }
      if isLast { allDone.signal() }
    }

    func waitForAll() -> HabitatError? {
      allDone.wait()
      return count.withLock { $0.failure }
    }
  }
}
