import Foundation
import GeoIO
import RasterCore
import Synchronization

/// Threads that take numbered pieces of work one after another, lowest number first.
///
/// Threads and not tasks: workers wait for one another's turn to write, which tasks of a shared pool
/// must not do.
enum WorkerThreads {
  /// The numbers of the pieces that are left, handed out once each; none any more after a failure.
  final class Numbers: Sendable {
    private let count: Int
    private let taken = Atomic<Int>(0)
    private let isStopped = Atomic<Bool>(false)

    fileprivate init(count: Int) { self.count = count }

    /// `nil` where nothing is left to do.
    func next() -> Int? {
      guard !isStopped.load(ordering: .relaxed) else { return nil }
      let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
      return number < count ? number : nil
    }

    fileprivate func stop() { isStopped.store(true, ordering: .relaxed) }
  }

  /// Runs `work` on as many threads, or as there are pieces, until all have returned; then throws what was
  /// first thrown.
  ///
  /// - Parameter work: called once a thread; it takes the numbers of its pieces, from 0 to below `count`.
  static func run(
    _ count: Int, threads: Int,
    _ work: @escaping @Sendable (Numbers) throws(HabitatError) -> Void
  ) throws(HabitatError) {
    let numbers = Numbers(count: count)
    let running = max(1, min(threads, count))
    let state = State(running: running)
    for started in 0..<running {
      do throws(HabitatError) {
        try SystemThread.start {
          do throws(HabitatError) {
            try work(numbers)
            state.finish(nil)
          } catch {
            numbers.stop()
            state.finish(error)
          }
        }
      } catch {
        // Those that run do the work of all.
        state.finish(started == 0 ? error : nil)
      }
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
    let values = Mutex([Value?](repeating: nil, count: items.count))
    try run(items.count, threads: threads) { numbers throws(HabitatError) in
      let work = try makeWork()
      while let number = numbers.next() {
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
