import Foundation

/// The connections of a process, handed out one at a time, whichever file they are for.
package final class Connections: Sendable {
  /// As many as a browser opens to a server, about.
  package static let most = 8

  private final class Free {
    var numbers: [Int]
    init(_ numbers: [Int]) { self.numbers = numbers }
  }

  private let changed = NSCondition()
  /// Looked at with `changed` locked only, which is what makes it safe to share.
  nonisolated(unsafe) private let free: Free

  package init(_ count: Int = most) {
    unsafe free = Free(Array((0..<count).reversed()))
  }

  /// Waits for a connection, and gives it back after `body`.
  package func with<Value>(_ body: (Int) -> Value) -> Value {
    changed.lock()
    var taken = unsafe free.numbers.popLast()
    while taken == nil {
      changed.wait()
      unsafe taken = free.numbers.popLast()
    }
    changed.unlock()
    defer {
      changed.lock()
      unsafe free.numbers.append(taken!)
      changed.signal()
      changed.unlock()
    }
    return body(taken!)
  }
}
