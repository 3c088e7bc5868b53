import RasterCore
import TestSupport
import Testing
import ZonalStatistics

/// A raster of codes in patches, or in noise.
private func codes(_ columns: Int, _ rows: Int, seed: UInt64, codeCount: UInt8) -> [[UInt8]] {
  var random = SeededGenerator(seed: seed)
  return (0..<rows).map { _ in
    var line: [UInt8] = []
    while line.count < columns {
      let length = Bool.random(using: &random) ? 1 : Int.random(in: 1...30, using: &random)
      let code = UInt8.random(in: 0..<codeCount, using: &random)
      line += [UInt8](repeating: code, count: min(length, columns - line.count))
    }
    return line
  }
}

private func zones(seed: UInt64, columns: Int, rows: Int) -> [ZoneCoverage] {
  let (width, height) = (Double(columns), Double(rows))
  return [
    ZoneCoverage(
      indexRings: Shapes.starWithHole(
        seed: seed, center: Point(x: width / 2, y: height / 2), radius: height * 0.6),
      columns: columns, rows: rows),
    ZoneCoverage.wholeRaster(columns: columns, rows: rows),
    // A box with shares of a half along its level borders, over the first and beyond the raster.
    ZoneCoverage(
      indexRings: [Shapes.box(3.25, 1.5, width + 9, height - 1.5)], columns: columns, rows: rows),
    ZoneCoverage(indexRings: [], columns: columns, rows: rows),
    ZoneCoverage(
      indexRings: [Shapes.star(seed: seed + 7, center: Point(x: 2, y: 2), radius: 0.3, points: 5)],
      columns: columns, rows: rows),
  ]
}

@Suite("Sums by zone and code")
struct ZoneTallyTests {
  @Test("a class has the share of its cells that exactextract and hand give")
  func byHand() {
    // exactextract's statistics cases 3 and 4: rows of codes 1, 2, 3 and a box of 0.5…2.5.
    let areas = Shapes.unitAreas(columns: 3, rows: 3)
    let zones = [
      ZoneCoverage(indexRings: [Shapes.box(0.5, 0.5, 2.5, 2.5)], columns: 3, rows: 3),
      ZoneCoverage(indexRings: [Shapes.box(0.5, 2, 1, 2.5)], columns: 3, rows: 3),
    ]
    var tally = ZoneTally(ZoneIndex(zones: zones, cellAreas: areas), codeCount: 4)
    for row in 0..<3 {
      tally.add(row: row, firstColumn: 0, codes: [UInt8](repeating: UInt8(row + 1), count: 3))
    }
    #expect(tally.areas(ofZone: 0) == [0, 1, 2, 1])
    #expect(tally.areas(ofZone: 1) == [0, 0, 0, 0.25])
  }

  @Test("nodata and classes of rasterstats' inline polygon, by share instead of by centre")
  func rasterstats() {
    // Polygon (0,0) (0,½) (1,1½) (1½,2) (2,2) (2,0) over 2 × 2 cells of codes 0, 1 / 0, 1: rasterstats
    // counts cell centres. Left column: top ⅛ below the line y = x + ½, bottom 1 − ⅛; right: 1 − ⅛
    // and 1.
    let ring = [(0.0, 2.0), (0, 1.5), (1, 0.5), (1.5, 0), (2, 0), (2, 2)]
      .map { Point(x: $0.0, y: $0.1) }
    let zone = ZoneCoverage(indexRings: [ring], columns: 2, rows: 2)
    var tally = ZoneTally(
      ZoneIndex(zones: [zone], cellAreas: Shapes.unitAreas(columns: 2, rows: 2)), codeCount: 2)
    for row in 0..<2 { tally.add(row: row, firstColumn: 0, codes: [0, 1]) }
    #expect(tally.areas(ofZone: 0) == [1, 1.875])
  }

  @Test("sums are those of the plain loop over cells", arguments: UInt64(0)..<8)
  func plainLoop(seed: UInt64) {
    let (columns, rows) = (61, 17)
    let zones = zones(seed: seed, columns: columns, rows: rows)
    let raster = codes(columns, rows, seed: seed, codeCount: 5)
    for areas in [
      Shapes.unevenAreas(seed: seed, columns: columns, rows: rows),
      CellAreas(
        geographic: Shapes.geographicGrid(
          west: 0, north: 60, step: 0.25, columns: columns, rows: rows)),
    ] {
      var tally = ZoneTally(ZoneIndex(zones: zones, cellAreas: areas), codeCount: 5)
      for row in 0..<rows { tally.add(row: row, firstColumn: 0, codes: raster[row]) }
      for (index, zone) in zones.enumerated() {
        var expected = [Int64](repeating: 0, count: 5)
        for row in 0..<rows {
          for column in 0..<columns {
            let share = Int128(zone.coverageFraction(column: column, row: row) * 0x1p30)
            let part = Int128(areas.area(column: column, row: row)) * share
            expected[Int(raster[row][column])] += Int64((part + 1 << 29) >> 30)
          }
        }
        #expect(Array(tally.units(ofZone: index)) == expected)
      }
    }
  }

  @Test(
    "any cutting, order and sharing among tallies gives the same whole numbers",
    arguments: UInt64(0)..<12)
  func anyPartition(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let (columns, rows) = (83, 29)
    let areas = Shapes.unevenAreas(seed: seed, columns: columns, rows: rows)
    let index = ZoneIndex(
      zones: zones(seed: seed, columns: columns, rows: rows), cellAreas: areas)
    let rasters = (0..<3).map { codes(columns, rows, seed: seed * 3 + $0, codeCount: 5) }
    var whole = ZoneTally(index, layers: 3, codeCount: 5)
    var pieces: [(row: Int, columns: Range<Int>, layer: Int)] = []
    let width = Int.random(in: 1...40, using: &random)
    for row in 0..<rows {
      for layer in 0..<3 {
        whole.add(row: row, firstColumn: 0, codes: rasters[layer][row], layer: layer)
        for start in stride(from: 0, to: columns, by: width) {
          pieces.append((row, start..<min(start + width, columns), layer))
        }
      }
    }
    var tallies = [ZoneTally](repeating: ZoneTally(index, layers: 3, codeCount: 5), count: 4)
    for piece in pieces.shuffled(using: &random) {
      tallies[Int.random(in: 0..<4, using: &random)].add(
        row: piece.row, firstColumn: piece.columns.lowerBound,
        codes: Array(rasters[piece.layer][piece.row][piece.columns]), layer: piece.layer)
    }
    var merged = ZoneTally(index, layers: 3, codeCount: 5)
    for tally in tallies.shuffled(using: &random) { merged += tally }
    for zone in 0..<index.zoneCount {
      for layer in 0..<3 {
        #expect(
          merged.units(ofZone: zone, layer: layer) == whole.units(ofZone: zone, layer: layer))
      }
    }
  }

  @Test("the whole raster is the sum of all its cells")
  func wholeRaster() {
    let grid = Shapes.geographicGrid(west: -180, north: 90, step: 2, columns: 180, rows: 90)
    let index = ZoneIndex(
      zones: [.wholeRaster(columns: 180, rows: 90)], cellAreas: CellAreas(geographic: grid))
    var tally = ZoneTally(index)
    for row in 0..<90 {
      tally.add(row: row, firstColumn: 0, codes: [UInt8](repeating: 127, count: 180))
    }
    // Half a unit of 2⁻¹² m² a cell.
    #expect(abs(tally.areas(ofZone: 0)[127] - 510_065_621_724_088.5) < 2)
    #expect(tally.areas(ofZone: 0).dropLast().allSatisfy { $0 == 0 })
  }

  @Test("zones of which many cross a row are each found")
  func manyZones() {
    // Small boxes, one a cell of a lattice, every one half a cell.
    let (columns, rows) = (100, 100)
    let zones = (0..<2500).map { index in
      let (x, y) = (Double(index % 50) * 2, Double(index / 50) * 2)
      return ZoneCoverage(
        indexRings: [Shapes.box(x + 0.25, y, x + 0.75, y + 1)], columns: columns, rows: rows)
    }
    let index = ZoneIndex(zones: zones, cellAreas: Shapes.unitAreas(columns: columns, rows: rows))
    var tally = ZoneTally(index, codeCount: 2)
    for row in 0..<rows {
      for start in [0, 50] {
        let line = (0..<50).map { UInt8(($0 + start) / 2 % 2) }
        tally.add(row: row, firstColumn: start, codes: line)
      }
    }
    for zone in zones.indices {
      #expect(tally.areas(ofZone: zone) == (zone % 2 == 0 ? [0.5, 0] : [0, 0.5]))
    }
  }
}
