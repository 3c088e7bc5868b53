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

  /// One result for each item, in the order of the items, whichever thread made it.
  ///
  /// - Parameter makeWork: called once on each thread; what it returns works on that thread alone.
  static func map<Item: Sendable, Value: Sendable>(
    _ items: [Item], threads: Int,
    _ makeWork:
      @escaping @Sendable () throws(HabitatError) -> (
        (Item) throws(HabitatError) -> Value
      )
  ) throws(HabitatError) -> [Value] {
    let next = Atomic<Int>(0)
    let values = Mutex([Value?](repeating: nil, count: items.count))
    try run(max(1, min(threads, items.count))) { _ throws(HabitatError) in
      let work = try makeWork()
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < items.count else { return }
        let value = try work(items[number])
        values.withLock { $0[number] = value }
      }
    }
    return values.withLock { $0.compactMap { $0 } }
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
