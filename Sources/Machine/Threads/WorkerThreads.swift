import Foundation
package import RasterCore
import Synchronization

/// Threads that take numbered pieces of work one after another, lowest number first.
///
/// Threads and not tasks: workers wait for one another's turn to write, which tasks of a shared pool
/// must not do.
package enum WorkerThreads {
  /// What all threads share: which piece is the next, and whether one has failed.
  fileprivate final class Queue: Sendable {
    let count: Int
    let taken = Atomic<Int>(0)
    let isStopped = Atomic<Bool>(false)

    init(count: Int) { self.count = count }
  }

  /// The numbers of the pieces that are left, handed out once each among all threads; none any more after a
  /// failure. Of one thread.
  package final class Numbers {
    private let queue: Queue
    /// The piece that the thread works on, 0 before its first.
    fileprivate private(set) var current = 0

    fileprivate init(_ queue: Queue) { self.queue = queue }

    /// `nil` where nothing is left to do.
    package func next() -> Int? {
      guard !queue.isStopped.load(ordering: .relaxed) else { return nil }
      let number = queue.taken.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < queue.count else { return nil }
      current = number
      return number
    }
  }

  /// Runs `work` on as many threads, or as there are pieces, until all have returned; then throws what was
  /// thrown over the piece of the lowest number.
  ///
  /// Pieces are taken up in order, and who has taken one up ends it. So the failure is the same one whichever thread
  /// is the fastest, and is what a single thread would meet.
  ///
  /// - Parameter work: called once a thread; it takes the numbers of its pieces, from 0 to below `count`.
  package static func run(
    _ count: Int, threads: Int,
    _ work: @escaping @Sendable (Numbers) throws(HabitatError) -> Void
  ) throws(HabitatError) {
    let queue = Queue(count: count)
    let running = max(1, min(threads, count))
    let state = State(running: running)
    for started in 0..<running {
      do throws(HabitatError) {
        try SystemThread.start {
          let numbers = Numbers(queue)
          do throws(HabitatError) {
            try work(numbers)
            state.finish(nil)
          } catch {
            queue.isStopped.store(true, ordering: .relaxed)
            state.finish(State.Failure(piece: numbers.current, error: error))
          }
        }
      } catch {
        // Those that run do the work of all.
        state.finish(started == 0 ? State.Failure(piece: 0, error: error) : nil)
      }
    }
    if let failure = state.waitForAll() { throw failure.error }
  }

  /// One result for each item, in the order of the items, whichever thread made it.
  ///
  /// - Parameter makeWork: called once on each thread; what it returns works on that thread alone.
  package static func map<Item: Sendable, Value: Sendable>(
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
    struct Failure {
      let piece: Int
      let error: HabitatError
    }
    private struct Count {
      var running: Int
      var failure: Failure?
    }
    private let count: Mutex<Count>
    private let allDone = DispatchSemaphore(value: 0)

    init(running: Int) { count = Mutex(Count(running: running)) }

    func finish(_ failure: Failure?) {
      let isLast = count.withLock { count in
        count.running -= 1
        if let failure, failure.piece < count.failure?.piece ?? .max { count.failure = failure }
        return count.running == 0
      }
      if isLast { allDone.signal() }
    }

    func waitForAll() -> Failure? {
      allDone.wait()
      return count.withLock { $0.failure }
    }
  }
}
