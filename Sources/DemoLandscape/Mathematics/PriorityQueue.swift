/// Nodes by rising key; equal keys by rising node, so that the order never depends on the machine.
struct PriorityQueue {
  private var heap: [(key: Double, node: Int32)] = []

  var isEmpty: Bool { heap.isEmpty }

  mutating func insert(_ node: Int, key: Double) {
    heap.append((key, Int32(node)))
    var child = heap.count - 1
    let item = heap[child]
    while child > 0 {
      let parent = (child - 1) / 2
      guard Self.precedes(item, heap[parent]) else { break }
      heap[child] = heap[parent]
      child = parent
    }
    heap[child] = item
  }

  mutating func popFirst() -> (key: Double, node: Int)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      var parent = 0
      while true {
        var child = 2 * parent + 1
        guard child < heap.count else { break }
        if child + 1 < heap.count, Self.precedes(heap[child + 1], heap[child]) { child += 1 }
        guard Self.precedes(heap[child], last) else { break }
        heap[parent] = heap[child]
        parent = child
      }
      heap[parent] = last
    }
    return (first.key, Int(first.node))
  }

  private static func precedes(
    _ a: (key: Double, node: Int32), _ b: (key: Double, node: Int32)
  ) -> Bool {
    a.key < b.key || (a.key == b.key && a.node < b.node)
  }
}
