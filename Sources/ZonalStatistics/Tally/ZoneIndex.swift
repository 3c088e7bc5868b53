/// Which zones cross each row, with their runs, and the areas of the cells: what all tallies of a run
/// share.
///
/// A value that is cheap to copy; every copy refers to the same storage.
public struct ZoneIndex: Sendable {
  public let cellAreas: CellAreas
  public let zoneCount: Int
  /// The zones that take every cell.
  let wholeRasterZones: [Int]
  /// By row, the first of its entries, and the number of entries.
  let rowStarts: [Int]
  /// By row, one entry for each zone that crosses it, in the order of the zones.
  let entries: [Entry]
  /// By entry.
  let runs: [CoverageRun]

  /// A zone in a row; its runs end where those of the next entry begin.
  struct Entry {
    let zone: Int32
    let firstRun: Int
  }

  /// - Parameters:
  ///   - zones: all of one grid, that of the areas; a result names a zone by its place here.
  public init(zones: [ZoneCoverage], cellAreas: CellAreas) {
    precondition(
      zones.allSatisfy { $0.columns == cellAreas.columns && $0.rows == cellAreas.rows },
      "zones and cell areas are of one grid")
    (self.cellAreas, zoneCount) = (cellAreas, zones.count)
    wholeRasterZones = zones.indices.filter { zones[$0].isWholeRaster }
    var starts = [Int](repeating: 0, count: cellAreas.rows + 1)
    for zone in zones where !zone.isWholeRaster {
      for row in zone.rowRange { starts[row + 1] += 1 }
    }
    for row in 0..<cellAreas.rows { starts[row + 1] += starts[row] }
    var free = starts
    var zoneOfEntry = [Int32](repeating: 0, count: starts[cellAreas.rows])
    for (index, zone) in zones.enumerated() where !zone.isWholeRaster {
      for row in zone.rowRange {
        zoneOfEntry[free[row]] = Int32(index)
        free[row] += 1
      }
    }
    var (entries, runs): ([Entry], [CoverageRun]) = ([], [])
    entries.reserveCapacity(zoneOfEntry.count + 1)
    for row in 0..<cellAreas.rows {
      for zone in zoneOfEntry[starts[row]..<starts[row + 1]] {
        entries.append(Entry(zone: zone, firstRun: runs.count))
        runs += zones[Int(zone)].runs(inRow: row)
      }
    }
    entries.append(Entry(zone: -1, firstRun: runs.count))
    (rowStarts, self.entries, self.runs) = (starts, entries, runs)
  }

  /// The runs of an entry that reach into some columns; outer ones may reach beyond.
  @inline(__always) func runs(ofEntry entry: Int, in columns: Range<Int>) -> Range<Int> {
    let (start, end) = (entries[entry].firstRun, entries[entry + 1].firstRun)
    guard start < end, runs[start].start < columns.upperBound,
      runs[end - 1].end > columns.lowerBound
    else { return start..<start }
    let first = firstRun(in: start..<end) { $0.end > columns.lowerBound }
    let last = firstRun(in: first..<end) { $0.start >= columns.upperBound }
    return first..<last
  }

  /// The columns of some between the first and the last that any zone takes in a row.
  func hull(ofRow row: Int, in columns: Range<Int>) -> Range<Int> {
    guard wholeRasterZones.isEmpty else { return columns }
    var (start, end) = (columns.upperBound, columns.lowerBound)
    for entry in rowStarts[row]..<rowStarts[row + 1] {
      let runs = runs(ofEntry: entry, in: columns)
      guard !runs.isEmpty else { continue }
      start = min(start, Int(self.runs[runs.lowerBound].start))
      end = max(end, Int(self.runs[runs.upperBound - 1].end))
    }
    return start < end
      ? max(start, columns.lowerBound)..<min(end, columns.upperBound)
      : columns.lowerBound..<columns.lowerBound
  }

  /// The first run for which a condition holds that holds for all after it.
  @inline(__always) private func firstRun(
    in range: Range<Int>, where holds: (CoverageRun) -> Bool
  ) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if holds(runs[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
