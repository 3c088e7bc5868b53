extension LeastCostPath {
  /// How much of the path's length is each cell's: half of the steps that touch it.
  package var cellLengths: [Double] {
    var lengths = Array(repeating: 0.0, count: cells.count)
    for (index, length) in stepLengths.enumerated() {
      lengths[index] += length / 2
      lengths[index + 1] += length / 2
    }
    return lengths
  }

  /// The longest stretch of cells without a break for which `isHostile` holds, in the unit of the steps.
  ///
  /// - Parameter isHostile: by cell of the path.
  package func longestRun(_ isHostile: [Bool]) -> Double {
    precondition(isHostile.count == cells.count)
    var (longest, run) = (0.0, 0.0)
    for (length, isHostile) in zip(cellLengths, isHostile) {
      run = isHostile ? run + length : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// The shares of the path's length in each category; they sum to 1. A path of one cell is that cell's altogether.
  ///
  /// - Parameter categories: by cell of the path.
  package func shares<Category: Hashable>(of categories: [Category]) -> [Category: Double] {
    precondition(categories.count == cells.count)
    let length = length
    var shares: [Category: Double] = [:]
    for (part, category) in zip(cellLengths, categories) {
      shares[category, default: 0] += length > 0 ? part / length : 1
    }
    return shares
  }

  /// The highest resistance of its cells.
  package func greatestResistance(on surface: ResistanceSurface) -> Float {
    cells.reduce(0) { max($0, surface[$1] ?? 0) }
  }

  /// How many of its steps slip between two impassable cells.
  package func cracks(on surface: ResistanceSurface) -> Int {
    zip(cells, cells.dropFirst()).count { surface.isCrack(from: $0, to: $1) }
  }

  /// The cores whose cells it touches, other than the two that it joins, by number.
  ///
  /// - Parameter pair: the two.
  package func coresCrossed(_ cores: [Core], other pair: CorePair) -> [Int] {
    cores.filter { core in
      core.id != pair.first && core.id != pair.second && cells.contains(where: core.contains)
    }.map(\.id).sorted()
  }
}
