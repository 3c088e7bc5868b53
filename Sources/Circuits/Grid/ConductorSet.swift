/// Sets of cells that are joined into conductors, where sets that share a cell become one.
package struct ConductorSet: Hashable, Sendable {
  /// Cells in rising order; conductors in the order of the first sets of which they are made.
  package let conductors: [[Int]]
  /// By set: its conductor.
  package let conductorOfSet: [Int]

  package init(_ sets: [[Int]]) {
    var parent = Array(sets.indices)
    func root(_ set: Int) -> Int {
      var set = set
      while parent[set] != set { set = parent[set] }
      return set
    }
    var owner: [Int: Int] = [:]
    for (set, cells) in sets.enumerated() {
      precondition(!cells.isEmpty, "a conductor has cells")
      for cell in cells {
        guard let other = owner.updateValue(set, forKey: cell) else { continue }
        let (one, two) = (root(set), root(other))
        parent[max(one, two)] = min(one, two)
      }
    }
    var numbers: [Int: Int] = [:]
    var cells: [Set<Int>] = []
    var conductorOfSet: [Int] = []
    for set in sets.indices {
      let root = root(set)
      if numbers[root] == nil {
        numbers[root] = cells.count
        cells.append([])
      }
      cells[numbers[root]!].formUnion(sets[set])
      conductorOfSet.append(numbers[root]!)
    }
    conductors = cells.map { $0.sorted() }
    self.conductorOfSet = conductorOfSet
  }
}
