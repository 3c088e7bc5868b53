package import RasterCore
import Synchronization

/// Lets a run be called off from another thread up to the moment when its files take their places.
package final class Withdrawal: Sendable {
  private enum State {
    case nothingWritten
    /// With what removes it.
    case underway(@Sendable () -> Void)
    case final
    case withdrawn
  }

  private let state = Mutex(State.nothingWritten)

  package init() {}

  /// From now on there is something to remove.
  package func begin(_ discard: @escaping @Sendable () -> Void) throws(HabitatError) {
    try enter(.underway(discard))
  }

  /// From now on the run goes to its end.
  package func close() throws(HabitatError) { try enter(.final) }

  /// - Returns: `false` where it is too late.
  package func withdraw() -> Bool {
    state.withLock { state in
      switch state {
      case .final: return false
      case .underway(let discard): discard()
      case .nothingWritten, .withdrawn: break
      }
      state = .withdrawn
      return true
    }
  }

  private func enter(_ next: State) throws(HabitatError) {
    let isWithdrawn = state.withLock { state in
      if case .withdrawn = state { return true }
      state = next
      return false
    }
    if isWithdrawn { throw .interrupted }
  }
}
