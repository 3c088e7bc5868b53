import Foundation
package import RasterCore
import Synchronization

/// Lets threads hand in numbered pieces in any order and passes them on in order, one at a time.
///
/// The thread that holds the next piece carries it, and whatever waits behind it, to the end; others
/// leave theirs and go on, unless too many wait already. Pieces must be taken up lowest number first:
/// then the next piece is always in the hands of a thread that does not wait.
package final class OrderedTurns<Piece: Sendable>: Sendable {
  private struct State {
    var next = 0
    var isBusy = false
    var waiting: [Int: Piece] = [:]
    var isStopped = false
  }

  private let state = Mutex(State())
  private let changed = NSCondition()
  private let capacity: Int
  private let consume: @Sendable (Int, Piece) throws(HabitatError) -> Void

  /// - Parameter capacity: pieces that may wait before a thread that brings another one must.
  package init(
    capacity: Int, _ consume: @escaping @Sendable (Int, Piece) throws(HabitatError) -> Void
  ) {
    self.capacity = capacity
    self.consume = consume
  }

  /// Wakes all that wait and takes no more: a thread has failed.
  package func stop() {
    state.withLock { $0.isStopped = true }
    notify()
  }

  package func handIn(_ number: Int, _ piece: Piece) throws(HabitatError) {
    waitForRoom(number)
    var mine: (number: Int, piece: Piece)? = state.withLock { state in
      guard !state.isStopped else { return nil }
      state.waiting[number] = piece
      return Self.takeNext(&state)
    }
    while let turn = mine {
      do throws(HabitatError) {
        try consume(turn.number, turn.piece)
      } catch {
        stop()
        throw error
      }
      mine = state.withLock { state in
        state.isBusy = false
        state.next += 1
        return state.isStopped ? nil : Self.takeNext(&state)
      }
      notify()
    }
  }

  private static func takeNext(_ state: inout State) -> (number: Int, piece: Piece)? {
    guard !state.isBusy, let piece = state.waiting.removeValue(forKey: state.next) else {
      return nil
    }
    state.isBusy = true
    return (state.next, piece)
  }

  private func waitForRoom(_ number: Int) {
    changed.lock()
    defer { changed.unlock() }
    while state.withLock({ state in
      !state.isStopped && state.waiting.count >= capacity && number != state.next
    }) {
      changed.wait()
    }
  }

  private func notify() {
    changed.lock()
    changed.broadcast()
    changed.unlock()
  }
}
