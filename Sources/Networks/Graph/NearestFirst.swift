/// A binary heap of nodes by distance; of equal distances the lowest node comes first.
struct NearestFirst {
  private var entries: [(distance: Double, node: Int)] = []

  mutating func push(_ distance: Double, _ node: Int) {
    entries.append((distance, node))
    var child = entries.count - 1
    while child > 0, precedes(child, (child - 1) / 2) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> (distance: Double, node: Int)? {
    guard let last = entries.indices.last else { return nil }
    entries.swapAt(0, last)
    defer { sink() }
    return entries.removeLast()
  }

  private mutating func sink() {
    var parent = 0
    while 2 * parent + 1 < entries.count {
      var child = 2 * parent + 1
      if child + 1 < entries.count, precedes(child + 1, child) { child += 1 }
      guard precedes(child, parent) else { return }
      entries.swapAt(child, parent)
      parent = child
    }
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    let (a, b) = (entries[a], entries[b])
    return a.distance != b.distance ? a.distance < b.distance : a.node < b.node
  }
}
