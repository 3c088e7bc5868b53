import CostDistance
import RasterCore
import TestSupport

/// A grid with cores, as tests need it.
struct Landscape {
  var columns: Int
  var values: [Float]
  var steps: StepLengths
  var cores: [Core]

  var rows: Int { steps.rows }
  var surface: ResistanceSurface { surface(.all) }

  func surface(_ diagonals: ResistanceSurface.Diagonals) -> ResistanceSurface {
    ResistanceSurface(columns: columns, values: values, steps: steps, diagonals: diagonals)
  }

  var cells: [GridCell] {
    (0..<rows).flatMap { row in (0..<columns).map { GridCell(row: row, column: $0) } }
  }

  /// A rough grid with holes; rows of unlike lengths, `cores` cores of a few cells each that do not touch.
  init(
    seed: UInt64, columns: Int = 19, rows: Int = 14, resistances: ClosedRange<Float> = 1...50,
    impassable: Int = 20, cores count: Int = 3
  ) {
    var random = SeededGenerator(seed: seed &+ 1000)
    self.columns = columns
    let spread = Float.random(in: 0...1, using: &random)
    values = (0..<columns * rows).map { _ in
      if Int.random(in: 0..<100, using: &random) < impassable { return 0 }
      let share = Float.random(in: 0...1, using: &random)
      let rough = resistances.lowerBound + (resistances.upperBound - resistances.lowerBound) * share
      // Some grids are of few values, so that there are ties.
      return spread < 0.3 ? max(resistances.lowerBound, (rough / 10).rounded()) : rough
    }
    let east = (0..<rows).map { 90 + Double($0) / 8 }
    let south = (1..<max(2, rows)).prefix(max(0, rows - 1)).map { 100 + Double($0) / 16 }
    steps =
      spread < 0.3
      ? StepLengths(cellWidth: 100, cellHeight: 100, rows: rows)
      : StepLengths(
        east: east, south: south,
        diagonal: south.indices.map { row in
          (south[row] * south[row] + east[row] * east[row + 1]).squareRoot()
        })
    cores = []
    // Cells of a core are passable: whether it starts at all is another test's business.
    for number in 0..<count {
      let column = columns * number / count + Int.random(in: 0..<2, using: &random)
      let row = Int.random(in: 0..<rows, using: &random)
      let runs = [row, row + 1].filter { $0 < rows }.map {
        Core.Run(row: $0, columns: column..<min(columns, column + 2))
      }
      cores.append(Core(id: number + 1, runs: runs))
      for cell in cores[number].cells {
        values[cell.row * columns + cell.column] = resistances.lowerBound
      }
    }
  }

  init(columns: Int, values: [Float], steps: StepLengths, cores: [Core]) {
    (self.columns, self.values, self.steps, self.cores) = (columns, values, steps, cores)
  }

  func spread(
    from core: Int, stop: SweepStop = .never, _ diagonals: ResistanceSurface.Diagonals = .all
  ) -> CostSurface {
    var costs = CostSurface(surface(diagonals))
    costs.spread(from: cores[core], stop: stop)
    return costs
  }

  /// Neighbours to which a step leads, and its cost.
  func neighbours(
    of cell: GridCell, _ diagonals: ResistanceSurface.Diagonals = .all
  ) -> [(cell: GridCell, cost: Double)] {
    func value(_ row: Int, _ column: Int) -> Float {
      guard (0..<rows).contains(row), (0..<columns).contains(column) else { return 0 }
      return values[row * columns + column]
    }
    var found: [(GridCell, Double)] = []
    for down in -1...1 {
      for right in -1...1 where down != 0 || right != 0 {
        let other = value(cell.row + down, cell.column + right)
        guard other > 0 else { continue }
        if diagonals == .withoutCracks, down != 0, right != 0,
          value(cell.row + down, cell.column) == 0, value(cell.row, cell.column + right) == 0
        {
          continue
        }
        let upper = min(cell.row, cell.row + down)
        let length =
          down == 0
          ? steps.east[cell.row] : right == 0 ? steps.south[upper] : steps.diagonal[upper]
        found.append(
          (
            GridCell(row: cell.row + down, column: cell.column + right),
            length / 2 * (Double(value(cell.row, cell.column)) + Double(other))
          ))
      }
    }
    return found
  }

  /// The oracle: Dijkstra's algorithm at its plainest, the cheapest cell sought among all each time.
  func slowCosts(
    from starts: some Sequence<GridCell>, _ diagonals: ResistanceSurface.Diagonals = .all
  ) -> [Double] {
    var costs = Array(repeating: Double.infinity, count: columns * rows)
    for cell in starts where values[cell.row * columns + cell.column] > 0 {
      costs[cell.row * columns + cell.column] = 0
    }
    var waiting = Set(costs.indices)
    while let next = waiting.min(by: { costs[$0] < costs[$1] }), costs[next] < .infinity {
      waiting.remove(next)
      let cell = GridCell(row: next / columns, column: next % columns)
      for (neighbour, cost) in neighbours(of: cell, diagonals) {
        let index = neighbour.row * columns + neighbour.column
        costs[index] = min(costs[index], costs[next] + cost)
      }
    }
    return costs
  }
}

extension CostSurface {
  var all: [Double] { (0..<surface.rows).flatMap(row) }
}

/// Equal but for `tolerance`, relative.
func agree(_ one: Double, _ other: Double, within tolerance: Double) -> Bool {
  one == other || abs(one - other) <= tolerance * max(abs(one), abs(other))
}
