import CostDistance
import RasterCore
import TestSupport
import Testing

@Suite("The narrowest place of a corridor") struct CorridorWidthTests {
  /// A passage of five rows, in which column 6 is walled off but for its middle.
  private static func passage(gap: Set<Int>) -> Landscape {
    var values = Array(repeating: Float(1), count: 5 * 13)
    for row in 0..<5 where !gap.contains(row) { values[row * 13 + 6] = 0 }
    return Landscape(
      columns: 13, values: values, steps: StepLengths(cellWidth: 100, cellHeight: 100, rows: 5),
      cores: [0, 12].map { column in
        Core(id: column + 1, runs: (0..<5).map { Core.Run(row: $0, columns: column..<column + 1) })
      })
  }

  /// A gap of one cell: its neighbours above and below lie 100 m off. Of three cells: the path takes the first.
  @Test(
    "is where the wall has its gap", arguments: [[2], [1, 2, 3], [2, 3]])
  func gap(rows: [Int]) {
    let landscape = Self.passage(gap: Set(rows))
    let link = landscape.links(.unlimited)[0]
    let place = link.corridor?.narrowestPlace(
      along: link.path!, cores: landscape.cores, columns: landscape.columns, steps: landscape.steps)
    #expect(place?.width == 200)
    #expect(place?.cell == GridCell(row: rows[0], column: 6))
  }

  @Test("a corridor that fills its grid has no end, and touching cores have no place between them")
  func none() {
    let open = Self.passage(gap: Set(0..<5))
    let link = open.links(.unlimited)[0]
    #expect(
      link.corridor?.narrowestPlace(
        along: link.path!, cores: open.cores, columns: open.columns, steps: open.steps) == nil)
    let halves = [0..<6, 6..<13].enumerated().map { index, columns in
      Core(id: index + 1, runs: (0..<5).map { Core.Run(row: $0, columns: columns) })
    }
    let touching = Landscape(
      columns: open.columns, values: open.values, steps: open.steps, cores: halves)
    let border = touching.links(.unlimited)[0]
    #expect(
      border.corridor?.narrowestPlace(
        along: border.path!, cores: touching.cores, columns: touching.columns,
        steps: touching.steps) == nil)
  }

  /// The oracle: from each cell of the path to each cell outside.
  @Test("is found as by comparing all cells", arguments: UInt64(0)..<60, [0.02, 0.3])
  func oracle(seed: UInt64, share: Double) {
    let landscape = Landscape(seed: seed, impassable: 5)
    let southings = landscape.steps.southings
    for link in landscape.links(.share(share)) {
      guard let corridor = link.corridor, let path = link.path else { continue }
      let ends = [landscape.core(link.pair.first), landscape.core(link.pair.second)]
      let outside = landscape.cells.filter { corridor[$0] == nil }
      let distances = path.cells.filter { cell in !ends.contains { $0.contains(cell) } }
        .map { cell in
          outside.map { other in
            let east =
              Double(cell.column - other.column)
              * (landscape.steps.east[cell.row] + landscape.steps.east[other.row]) / 2
            let south = southings[cell.row] - southings[other.row]
            return (south * south + east * east).squareRoot()
          }.min() ?? .infinity
        }
      let place = corridor.narrowestPlace(
        along: path, cores: ends, columns: landscape.columns, steps: landscape.steps)
      #expect(place?.width == distances.min().flatMap { $0 < .infinity ? 2 * $0 : nil })
    }
  }
}
