/// Finds patches: cells that touch, corners included.
///
/// Runs of cells may be added in any order and from any thread's hands (`merge`), each cell once: what is found
/// depends on the cells alone. Memory grows with the runs.
package struct PatchLabelling: Sendable {
  /// Neighbouring cells of a row.
  package struct Run: Hashable, Sendable {
    package var first: Int32
    /// The column after the last.
    package var end: Int32
    /// Of its cells together, in whole units.
    package var area: Int64

    package init(first: Int32, end: Int32, area: Int64) {
      (self.first, self.end, self.area) = (first, end, area)
    }
  }

  private var runs: [Int: [Run]] = [:]

  package init() {}

  package mutating func add(_ found: [Run], row: Int) {
    if !found.isEmpty { runs[row, default: []] += found }
  }

  package mutating func merge(_ other: PatchLabelling) {
    runs.merge(other.runs) { $0 + $1 }
  }

  /// The patches of the cells added so far.
  ///
  /// - Complexity: O(*n* log *n*) for *n* runs.
  package func patches() -> Patches {
    var sets = DisjointSets()
    var found: [Patches.Run] = []
    found.reserveCapacity(runs.values.reduce(0) { $0 + $1.count })
    var previous: (row: Int, runs: [Run], first: Int)?
    for row in runs.keys.sorted() {
      // Parts of a row that were added one by one meet where they end.
      let mine = runs[row]!.sorted { $0.first < $1.first }
      let first = sets.add(mine.map(\.area))
      for (offset, run) in mine.enumerated() {
        found.append(
          Patches.Run(
            row: Int32(row), first: run.first, end: run.end, patch: Int32(first + offset)))
      }
      if let above = previous, above.row == row - 1 {
        var index = 0
        for (offset, run) in mine.enumerated() {
          // Runs above that end before this one's diagonal neighbours touch none of the later ones.
          while index < above.runs.count, above.runs[index].end < run.first { index += 1 }
          var next = index
          while next < above.runs.count, above.runs[next].first <= run.end {
            sets.unite(above.first + next, first + offset)
            next += 1
          }
        }
      }
      for index in mine.indices.dropFirst() where mine[index].first == mine[index - 1].end {
        sets.unite(first + index - 1, first + index)
      }
      previous = (row, mine, first)
    }
    return Patches(runs: found, sets: &sets)
  }
}

/// Patches of cells, numbered from 0 in the order of their first cells, row by row.
package struct Patches: Sendable {
  package struct Run: Hashable, Sendable {
    package let row: Int32
    package let first: Int32
    /// The column after the last.
    package let end: Int32
    package fileprivate(set) var patch: Int32

    package var columns: Range<Int> { Int(first)..<Int(end) }
  }

  /// By row, and in it by column; two may touch where they were added one by one.
  package let runs: [Run]
  /// By patch, in the units of what was added.
  package let areas: [Int64]

  fileprivate init(runs: [Run], sets: inout DisjointSets) {
    var runs = runs
    var areas: [Int64] = []
    // The root of a set is its first run.
    for index in runs.indices {
      let root = sets.root(of: index)
      if root == index {
        runs[index].patch = Int32(areas.count)
        areas.append(sets.areas[root])
      } else {
        runs[index].patch = runs[root].patch
      }
    }
    (self.runs, self.areas) = (runs, areas)
  }
}

/// Union–find over runs, with the area of each set; its root is its first member.
private struct DisjointSets {
  private var parents: [Int32] = []
  /// By root.
  private(set) var areas: [Int64] = []

  /// Adds sets of one run each and gives the number of the first.
  mutating func add(_ areas: [Int64]) -> Int {
    let first = parents.count
    self.areas += areas
    parents += (first..<first + areas.count).map(Int32.init)
    return first
  }

  mutating func unite(_ a: Int, _ b: Int) {
    let (one, two) = (root(of: a), root(of: b))
    guard one != two else { return }
    let (low, high) = (min(one, two), max(one, two))
    parents[high] = Int32(low)
    areas[low] += areas[high]
  }

  mutating func root(of member: Int) -> Int {
    var member = member
    while Int(parents[member]) != member {
      parents[member] = parents[Int(parents[member])]
      member = Int(parents[member])
    }
    return member
  }
}
