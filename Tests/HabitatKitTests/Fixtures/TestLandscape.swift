import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport

/// A small landscape of the Amur region, written to a folder of its own.
struct TestLandscape {
  let folder: TemporaryFolder
  let grid: Grid
  let landCover: Raster<UInt8>
  var parks: [NamedPolygon]
  /// Where the parks' outlines are straight.
  var parksCRS = "EPSG:4326"
  /// Files in the order in which they are named.
  var tiles: [String] = []

  /// - Parameter seed: of the land cover: patches of the ten categories with some nodata.
  init(
    in folder: TemporaryFolder, columns: Int = 40, rows: Int = 32, crs: String = "EPSG:32652",
    seed: UInt64 = 1
  ) throws {
    self.folder = folder
    switch crs {
    case "EPSG:4326":
      grid = try .northUp(
        crs, west: 130.72, north: 43.34, step: 0.0035, columns: columns, rows: rows)
    case "EPSG:3857":
      grid = try .northUp(
        crs, west: 14_552_000, north: 5_364_000, step: 400, columns: columns, rows: rows)
    default:
      grid = try .northUp(
        crs, west: 640_000, north: 4_800_000, step: 300, columns: columns, rows: rows)
    }
    var random = SeededGenerator(seed: seed)
    let patches = (0..<400).map { _ in UInt8.random(in: 0...10, using: &random) }
    landCover = Raster(grid) { column, row in
      patches[(column / 3 + 17 * (row / 3)) % 400]
    }
    // Within the grid, over its eastern rim, and a sliver smaller than a cell.
    parks = [
      NamedPolygon("1", "Inner, \"west\"", Self.hexagon(130.78, 43.30, 0.03)),
      NamedPolygon("2", "Восточный", Self.hexagon(130.87, 43.28, 0.035)),
      NamedPolygon("10", "Sliver", .box(130.75, 43.26, 130.7512, 43.2608)),
    ]
  }

  static func hexagon(_ x: Double, _ y: Double, _ radius: Double) -> PolygonShape {
    PolygonShape(rings: [
      (0..<6).map { corner in
        let angle = (Double(corner) + 0.3) * Double.pi / 3
        return Point(x: x + radius * cos(angle), y: y + 0.7 * radius * sin(angle))
      }
    ])
  }

  static func writeTerrain(to path: String, seed: UInt64 = 9) throws {
    let grid = try Grid.northUp(
      "EPSG:4326", west: 130.6, north: 43.4, step: 0.004, columns: 110, rows: 80)
    var random = SeededGenerator(seed: seed)
    let phase = Double.random(in: 0...6, using: &random)
    try Raster(grid) { column, row in
      Int16(400 + 390 * sin(Double(column) / 6 + phase) * cos(Double(row) / 5))
    }.write(to: path, on: grid, nodata: -32768)
  }

  /// Writes all files and asks for the leopard, its terrain and the parks.
  func options(out: String = "out") throws -> ScoreOptions {
    try landCover.write(to: folder.path("landcover.tif"), on: grid)
    try Self.writeTerrain(to: folder.path("dem.tif"))
    try parks.write(to: folder.path("parks.gpkg"), crs: parksCRS)
    return options(reading: ["landcover.tif"], out: out)
  }

  /// The same with other files, which are there already.
  func options(
    reading tiles: [String], parks: String = "parks.gpkg", out: String = "out"
  ) -> ScoreOptions {
    var options = ScoreOptions()
    options.species = "leopard"
    options.inputs.landCover = tiles.map { folder.path($0) }
    options.inputs.legend = "ten_categories"
    options.inputs.dem = [folder.path("dem.tif")]
    options.inputs.parks = folder.path(parks)
    options.inputs.parkID = "park_id"
    options.output = folder.path(out)
    options.threads = 2
    return options
  }
}

extension ScoreOptions {
  @discardableResult func run() throws -> ScoreResult { try ScoreRun(request()).run() }
}

extension AreaTable {
  func row(_ id: String) -> Row? { rows.first { $0.id == id } }
}

/// A model of land cover alone: each category has a score of its own.
enum LandCoverModel {
  /// - Parameter scores: by category, 1…10.
  static func text(species: String = "cover", scores: [Double]) -> String {
    let table = LandCategory.allCases.map { "\($0.key): \(scores[Int($0.rawValue) - 1])" }
    return """
      { species: "\(species)", title: "Cover", version: "1",
        layers: { landCover: { weight: 1, scores: { \(table.joined(separator: ", ")) } } },
        classes: { minimum: 30, medium: 60, maximum: 80 }, resistance: {} }
      """
  }
}
