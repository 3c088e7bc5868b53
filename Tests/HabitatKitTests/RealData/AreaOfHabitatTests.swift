import Foundation
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// The cases of aoh-calculator (quantifyearth/aoh-calculator at 2f21994, tests/test_aoh_binary.py),
/// where the rules are the same, and where this program must not follow it: that peer falls back to the
/// whole range where a habitat or an elevation is absent.
@Suite("Area of habitat in a range")
struct AreaOfHabitatTests {
  /// A global grid of codes that repeat along each row, a flat DEM of 150 m, the range 90° W to 90° E
  /// and 45° S to 45° N; only category 1 is habitat.
  ///
  /// - Returns: the range, habitat and all else, km².
  private func run(
    columns: Int, rows: Int, codes: [UInt8], elevations: ClosedRange<Int>
  ) throws -> (range: Double, habitat: Double, other: Double) {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: -180, north: 90, step: 360 / Double(columns),
        rowStep: 180 / Double(rows), columns: columns, rows: rows)
      try Raster(grid) { column, _ in codes[column % codes.count] }.write(
        to: folder.path("codes.tif"), on: grid)
      let dem = try Grid.northUp(
        "EPSG:4326", west: -180, north: 90, step: 3.6, columns: 100, rows: 50)
      try Raster(columns: 100, rows: 50, filledWith: Int16(150)).write(
        to: folder.path("dem.tif"), on: dem)
      try [NamedPolygon("1", "range", .box(-90, -45, 90, 45))].write(
        to: folder.path("range.gpkg"), crs: "EPSG:4326")
      let scores = LandCategory.allCases.map { "\($0.key): \($0.rawValue == 1 ? 100 : 0)" }
      let (low, high) = (elevations.lowerBound, elevations.upperBound)
      var options = ScoreOptions()
      options.models = [
        try folder.write(
          """
          { species: "x", title: "x", version: "1", layers: {
            landCover: { weight: 1, scores: { \(scores.joined(separator: ", ")) } },
            elevation: { weight: 1, unit: "m", curve: [[\(low - 1), 0], [\(low), 100],
              [\(high), 100], [\(high + 1), 0]] } },
            classes: { minimum: 30, medium: 60, maximum: 80 }, resistance: {} }
          """, to: "x.json")
      ]
      options.inputs.landCover = [folder.path("codes.tif")]
      options.inputs.legend = "ten_categories"
      options.inputs.dem = [folder.path("dem.tif")]
      options.inputs.parks = folder.path("range.gpkg")
      options.output = folder.path("out")
      let row = try options.run().species[0].table.rows[0]
      return (row.area, row.parts[3], row.parts[0])
    }
  }

  /// Cells of 1.8°: the range is 100 columns by 50 rows of whole cells, every other one habitat.
  @Test("half of the columns are habitat, so half of the range is")
  func simple() throws {
    let area = try run(columns: 200, rows: 100, codes: [1, 2], elevations: 100...200)
    #expect(abs(area.habitat / area.range - 0.5) < 1e-9)
    #expect(abs(area.habitat + area.other - area.range) < 1e-5 * area.range)
  }

  @Test("several habitats of the ten categories stand for their cells")
  func pattern() throws {
    // Codes 1, 2, 3, 1 of cells of 1.8°: half of the columns again.
    let area = try run(columns: 200, rows: 100, codes: [1, 2, 3, 1], elevations: 100...200)
    #expect(abs(area.habitat / area.range - 0.5) < 1e-9)
  }

  /// Cells of 9° here and below, so that the range is made of whole cells.
  @Test("a range without the habitat has none, it does not fall back to the whole")
  func noHabitat() throws {
    let area = try run(columns: 40, rows: 20, codes: [2], elevations: 100...200)
    #expect(area.habitat == 0)
    #expect(abs(area.other / area.range - 1) < 1e-9)
  }

  @Test("a range beyond the elevations of a species has no habitat either")
  func noElevation() throws {
    let area = try run(columns: 40, rows: 20, codes: [1, 2, 3], elevations: 2100...2200)
    #expect(area.habitat == 0)
  }
}
