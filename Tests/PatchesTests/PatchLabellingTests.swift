import Patches
import TestSupport
import Testing

@Suite("Patches of cells that touch") struct PatchLabellingTests {
  /// `#` is a cell; each cell has the area 1. Rows are added from the last to the first.
  private static func patches(_ rows: [String], pieces: Int = .max) -> Patches {
    var labelling = PatchLabelling()
    for (row, text) in rows.enumerated().reversed() {
      var runs: [PatchLabelling.Run] = []
      for (column, character) in text.enumerated() where character == "#" {
        if let last = runs.last, Int(last.end) == column, column % pieces != 0 {
          runs[runs.count - 1].end += 1
          runs[runs.count - 1].area += 1
        } else {
          runs.append(.init(first: Int32(column), end: Int32(column) + 1, area: 1))
        }
      }
      // As another thread would bring them.
      var other = PatchLabelling()
      other.add(runs.reversed(), row: row)
      labelling.merge(other)
    }
    return labelling.patches()
  }

  @Test("cells touch along sides and at corners, and not across a gap") func byHand() {
    let patches = Self.patches([
      "##...#",
      "..#..#",
      "......",
      "#....#",
    ])
    #expect(patches.areas == [3, 2, 1, 1])
    #expect(patches.runs.map(\.patch) == [0, 1, 0, 1, 2, 3])
    #expect(patches.runs.map(\.row) == [0, 0, 1, 1, 3, 3])
    #expect(patches.runs.map(\.columns) == [0..<2, 5..<6, 2..<3, 5..<6, 0..<1, 5..<6])
  }

  @Test("arms that meet further down are one patch, numbered by its first cell") func arms() {
    let patches = Self.patches(["#.#.#", "#.#..", "###.#"])
    #expect(patches.areas == [7, 1, 1])
    #expect(patches.runs.map(\.patch) == [0, 0, 1, 0, 0, 0, 2])
  }

  @Test("nothing has no patches") func nothing() {
    #expect(Self.patches(["...", "..."]).areas.isEmpty)
  }

  /// The oracle: cells are spread from neighbour to neighbour until nothing changes.
  @Test(
    "patches are those of flooding cell by cell, however rows are cut", arguments: UInt64(0)..<20)
  func flooding(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let (columns, rows) = (23, 17)
    let cells = (0..<rows).map { _ in
      (0..<columns).map { _ in Int.random(in: 0..<5, using: &random) < 2 }
    }
    var labels = cells.enumerated().map { row, cells in
      cells.enumerated().map { column, isCell in isCell ? row * columns + column : -1 }
    }
    var changed = true
    while changed {
      changed = false
      for row in 0..<rows {
        for column in 0..<columns where labels[row][column] >= 0 {
          for y in max(0, row - 1)...min(rows - 1, row + 1) {
            for x in max(0, column - 1)...min(columns - 1, column + 1)
            where labels[y][x] > labels[row][column] {
              labels[y][x] = labels[row][column]
              changed = true
            }
          }
        }
      }
    }
    let firsts = Set(labels.joined().filter { $0 >= 0 }).sorted()
    let texts = cells.map { String($0.map { $0 ? "#" : "." }) }
    for pieces in [Int.max, 4] {
      let patches = Self.patches(texts, pieces: pieces)
      var found = labels.map { $0.map { _ in -1 } }
      for run in patches.runs {
        for column in run.columns { found[Int(run.row)][column] = firsts[Int(run.patch)] }
      }
      #expect(found == labels)
      #expect(patches.areas == firsts.map { first in Int64(labels.joined().count { $0 == first }) })
    }
  }
}
