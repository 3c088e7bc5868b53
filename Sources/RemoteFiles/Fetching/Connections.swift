import Dispatch
import Synchronization

/// The connections of a process, handed out one at a time, whichever file they are for.
package final class Connections: Sendable {
  /// As many as a browser opens to a server, about.
  package static let most = 8

  /// As many as are free.
  private let slots: DispatchSemaphore
  private let free: Mutex<[Int]>

  package init(_ count: Int = most) {
    slots = DispatchSemaphore(value: count)
    free = Mutex((0..<count).reversed())
  }

  /// Waits for a connection, and gives it back after `body`.
  package func with<Value>(_ body: (Int) -> Value) -> Value {
    slots.wait()
    let taken = free.withLock { $0.removeLast() }
    defer {
      free.withLock { $0.append(taken) }
      slots.signal()
    }
    return body(taken)
  }
}
