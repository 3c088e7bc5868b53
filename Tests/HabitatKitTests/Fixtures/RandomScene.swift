import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// Land cover with whatever else a run may have, made at random around one place of the Earth.
struct RandomScene {
  /// A map, a corner and a cell.
  struct Place: Sendable, CustomTestStringConvertible {
    let name: String
    let crs: String
    let west: Double
    let north: Double
    let step: Double
    let demCRS: String
    /// DEM cells' sides, in units of their CRS.
    let demStep: Double
    var testDescription: String { name }
  }

  static let sinusoidal = "+proj=sinu +lon_0=0 +R=6371007.181 +units=m +no_defs"

  static let places = [
    Place(
      name: "UTM", crs: "EPSG:32652", west: 640_000, north: 4_800_000, step: 300,
      demCRS: "EPSG:4326", demStep: 0.003),
    Place(
      name: "degrees", crs: "EPSG:4326", west: 130.72, north: 43.34, step: 0.0035,
      demCRS: "EPSG:32652", demStep: 210),
    Place(
      name: "degrees on another datum", crs: "EPSG:4284", west: 130.72, north: 43.34,
      step: 0.0012, demCRS: "EPSG:4326", demStep: 0.0041),
    Place(
      name: "sinusoidal", crs: sinusoidal, west: 10_500_000, north: 4_800_000,
      step: 463.312_716_5, demCRS: "EPSG:4326", demStep: 0.0083),
    Place(
      name: "around a pole", crs: "EPSG:3413", west: -70_000, north: 60_000, step: 3000,
      demCRS: "EPSG:3413", demStep: 1300),
    Place(
      name: "across the antimeridian", crs: "EPSG:4326", west: 179.81, north: 67, step: 0.01,
      demCRS: "EPSG:32601", demStep: 700),
    Place(
      name: "coarse", crs: "EPSG:6933", west: 11_000_000, north: 5_600_000, step: 14_000,
      demCRS: "EPSG:4326", demStep: 0.09),
  ]

  let place: Place
  let grid: Grid
  let folder: TemporaryFolder
  private(set) var options = ScoreOptions()

  /// Writes land cover, parks within its middle, and each other layer with a chance of two in three.
  init(
    _ place: Place, in folder: TemporaryFolder, using random: inout SeededGenerator,
    columns: Int = 56, rows: Int = 44
  ) throws {
    (self.place, self.folder) = (place, folder)
    grid = try .northUp(
      place.crs, west: place.west, north: place.north, step: place.step, columns: columns,
      rows: rows)
    try writeLandCover(to: "landcover.tif", &random)
    options.layers = "class,score,resistance,limiting"
    options.threads = 1
    options.inputs.landCover = [folder.path("landcover.tif")]
    options.inputs.legend = "ten_categories"
    if Int.random(in: 0..<6, using: &random) > 0 {
      try addTerrain(&random)
      options.species = "leopard"
    } else {
      options.models = [try folder.write(Self.modelWithoutTerrain, to: "model.json")]
    }
    if Int.random(in: 0..<3, using: &random) > 0 { try addRoads(&random) }
    switch Int.random(in: 0..<3, using: &random) {
    case 0: options.inputs.settlements = "derive"
    case 1: try addSettlements(&random)
    default: break
    }
    if Int.random(in: 0..<2, using: &random) > 0 { try addRefinement(&random) }
  }

  var species: String { options.species ?? "flat" }

  private static let modelWithoutTerrain = """
    { species: "flat", title: "Flat", version: "1",
      combine: { rule: "weightedMean", cap: null },
      layers: {
        landCover: { weight: 0.4, scores: {
          \(LandCategory.allCases.map { "\($0.key): \(9 * $0.rawValue)" }.joined(separator: ", ")) } },
        roads: { weight: 0.3, unit: "m", curve: [[0, 5], [7000, 100]], optional: true },
        settlements: { weight: 0.3, unit: "m", curve: [[0, 0], [9000, 100]], optional: true },
      },
      classes: { minimum: 30, medium: 60, maximum: 80 }, resistance: {} }
    """

  /// Patches of categories, and built-up cells strewn over them, some of which make settlements together.
  private func writeLandCover(to name: String, _ random: inout SeededGenerator) throws {
    let patches = (0..<500).map { _ in UInt8.random(in: 0...10, using: &random) }
    let isBuilt = (0..<4000).map { _ in Int.random(in: 0..<14, using: &random) == 0 }
    try Raster(grid) { column, row -> UInt8 in
      isBuilt[(column + 71 * row) % 4000]
        ? 10 : patches[(column / 4 + 17 * (row / 3)) % 500] % 10
    }.write(to: folder.path(name), on: grid, nodata: 0)
  }

  private mutating func addTerrain(_ random: inout SeededGenerator) throws {
    let crs = try CoordinateReferenceSystem(userInput: place.demCRS)
    let box = try box(in: crs)
    let factor = [0.6, 1, 1.9].randomElement(using: &random)!
    let step = place.demStep * factor
    let (phase, bend) = (
      Double.random(in: 0...6, using: &random), Double.random(in: 5...9, using: &random)
    )
    let dem = Grid(
      crs: crs,
      geotransform: Geotransform(
        originX: box.minX - 3.3 * step, columnStepX: step, originY: box.maxY + 2.7 * step,
        rowStepY: -step), columns: Int(box.width / step) + 6, rows: Int(box.height / step) + 6)
    try Raster(dem) { column, row -> Int16 in
      if (column + 31 * row) % 97 == 0 { return -32768 }
      return Int16(400 + 390 * sin(Double(column) / bend + phase) * cos(Double(row) / 5))
    }.write(to: folder.path("dem.tif"), on: dem, nodata: -32768)
    options.inputs.dem = [folder.path("dem.tif")]
  }

  /// The grid's box in another CRS, longitudes running on.
  private func box(in crs: CoordinateReferenceSystem) throws -> Extent {
    let transform = try CoordinateTransform(from: grid.crs, to: crs)
    var points = grid.places(steps: 16).map { grid.point(column: $0.x, row: $0.y) }
    transform.transform(&points)
    if let turn = crs.turn {
      let first = points[0].x
      for index in points.indices {
        points[index].x -= turn * ((points[index].x - first) / turn).rounded()
      }
    }
    return Extent(around: points)!
  }

  private func point(_ column: Double, _ row: Double) -> String {
    let point = grid.point(column: column, row: row)
    return "[\(point.x),\(point.y)]"
  }

  private func somewhere(_ random: inout SeededGenerator) -> (Double, Double) {
    (
      Double.random(in: -8...Double(grid.columns) + 8, using: &random),
      Double.random(in: -8...Double(grid.rows) + 8, using: &random)
    )
  }

  private func write(_ geometries: [String], to name: String) throws -> String {
    let features = geometries.map {
      "{\"type\":\"Feature\",\"properties\":{},\"geometry\":\($0)}"
    }
    return try folder.write(
      "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}", to: name
    )
  }

  private mutating func addRoads(_ random: inout SeededGenerator) throws {
    let lines = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      let points = (0..<3).map { _ in
        let (column, row) = somewhere(&random)
        return point(column, row)
      }
      return "{\"type\":\"LineString\",\"coordinates\":[\(points.joined(separator: ","))]}"
    }
    options.inputs.roads = try write(lines, to: "roads.geojson")
    options.inputs.assumedCRS.append("roads=" + place.crs)
  }

  private mutating func addSettlements(_ random: inout SeededGenerator) throws {
    let villages = (0..<3).map { _ in
      let (column, row) = somewhere(&random)
      return "{\"type\":\"Point\",\"coordinates\":\(point(column, row))}"
    }
    let (column, row) = somewhere(&random)
    let corners = [(0.0, 0.0), (0, 3), (4, 3.5), (3, 0), (0, 0)].map {
      point(column + $0.0, row + $0.1)
    }
    let town = "{\"type\":\"Polygon\",\"coordinates\":[[\(corners.joined(separator: ","))]]}"
    options.inputs.settlements = try write(villages + [town], to: "settlements.geojson")
    options.inputs.assumedCRS.append("settlements=" + place.crs)
  }

  /// A mask of water on a lattice of its own.
  private mutating func addRefinement(_ random: inout SeededGenerator) throws {
    let fine = try Grid.northUp(
      place.crs, west: place.west + 0.3 * place.step, north: place.north - 2.2 * place.step,
      step: 0.7 * place.step, columns: grid.columns, rows: grid.rows)
    let seed = Int.random(in: 3...11, using: &random)
    try Raster(fine) { column, row -> UInt8 in (column * column + 3 * row) % seed == 0 ? 1 : 0 }
      .write(to: folder.path("water.tif"), on: fine)
    options.inputs.water = folder.path("water.tif")
  }

  /// Writes parks that lie in a window of the grid: one along its cells, one across them that shares its land.
  mutating func addParks(in window: Window) throws {
    func corner(_ x: Double, _ y: Double) -> Point {
      grid.point(
        column: Double(window.column) + x * Double(window.columns),
        row: Double(window.row) + y * Double(window.rows))
    }
    let shapes = [
      [corner(0.1, 0.1), corner(0.1, 0.8), corner(0.6, 0.8), corner(0.6, 0.1)],
      [corner(0.5, 0.2), corner(0.3, 0.9), corner(0.93, 0.7), corner(0.8, 0.15)],
    ].map { PolygonShape(rings: [$0]) }
    try zip(["1", "2"], shapes).map { NamedPolygon($0, "Park \($0)", $1) }
      .write(to: folder.path("parks.gpkg"), crs: place.crs)
    options.inputs.parks = folder.path("parks.gpkg")
    options.inputs.parkID = "park_id"
  }
}
