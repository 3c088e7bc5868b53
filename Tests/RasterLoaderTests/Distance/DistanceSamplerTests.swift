import Foundation
import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

/// A small grid somewhere on the Earth.
struct Place: Sendable, CustomTestStringConvertible {
  let name: String
  let crs: String
  /// The middle, longitude and latitude.
  let middle: Point
  /// CRS units.
  let cell: Double
  var columns = 47
  var rows = 41
  var testDescription: String { name }

  static let all = [
    Place(name: "UTM", crs: "EPSG:32652", middle: Point(x: 131, y: 43), cell: 60),
    Place(
      name: "UTM, 20° outside its zone", crs: "EPSG:32652", middle: Point(x: 152, y: 50), cell: 60,
      columns: 270, rows: 7),
    Place(
      name: "degrees at 43° N", crs: "EPSG:4326", middle: Point(x: 131, y: 43), cell: 1.0 / 1200),
    Place(
      name: "degrees at 65° N", crs: "EPSG:4326", middle: Point(x: 30, y: 65), cell: 1.0 / 1200),
    Place(name: "Web Mercator at 60° N", crs: "EPSG:3857", middle: Point(x: 30, y: 60), cell: 100),
    Place(
      name: "equal-area far from its centre", crs: "EPSG:3035", middle: Point(x: 95, y: 51),
      cell: 90),
    Place(
      name: "MODIS sinusoidal",
      crs: "+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181 +units=m +no_defs",
      middle: Point(x: 131, y: 43), cell: 463.312_716_5, columns: 31, rows: 37),
    Place(
      name: "polar stereographic", crs: "EPSG:3995", middle: Point(x: 100, y: 89.95), cell: 100),
    Place(
      name: "degrees across the antimeridian", crs: "EPSG:4326", middle: Point(x: 180, y: 66),
      cell: 1.0 / 1200),
  ]

  func grid() throws -> Grid {
    let crs = try CoordinateReferenceSystem(userInput: self.crs)
    let transform = try CoordinateTransform(
      from: try CoordinateReferenceSystem(userInput: "EPSG:4326"), to: crs)
    let centre = transform.transform(middle)
    return Grid(
      crs: crs,
      geotransform: Geotransform(
        originX: centre.x - cell * Double(columns) / 2, columnStepX: cell,
        originY: centre.y + cell * Double(rows) / 2, rowStepY: -cell),
      columns: columns, rows: rows)
  }
}

/// Points, lines and polygons around a place, in longitude and latitude.
struct Scene {
  var parts: [FeatureGeometry] = []
  /// Of each part, points at most a few metres apart along it.
  var samples: [Point] = []
  var lineSamples: [Point] = []
  var polygons: [[[Point]]] = []

  init(seed: UInt64, around middle: Point, reach: Double) {
    var random = SeededGenerator(seed: seed)
    let degree = (x: 111_320 * cos(middle.y * .pi / 180), y: 111_320.0)
    func point(_ reach: Double, around centre: Point) -> Point {
      let x = centre.x + Double.random(in: -reach...reach, using: &random) / degree.x
      let y = centre.y + Double.random(in: -reach...reach, using: &random) / degree.y
      return Point(x: x > 180 ? x - 360 : x, y: min(y, 89.999))
    }
    for _ in 0..<2 { add(.point(point(reach, around: middle))) }
    for _ in 0..<2 {
      var line = [point(reach, around: middle)]
      for _ in 0..<3 { line.append(point(reach / 3, around: line.last!)) }
      add(.line(line))
    }
    for _ in 0..<2 {
      let centre = point(reach, around: middle)
      let radius = Double.random(in: 0.1...0.3, using: &random) * reach
      add(
        .polygon(
          [radius, radius / 2].map { radius in
            (0..<7).map { step in
              let angle = Double(step) * 2 * .pi / 7
              let x = centre.x + radius * cos(angle) / degree.x
              return Point(
                x: x > 180 ? x - 360 : x, y: min(centre.y + radius * sin(angle) / degree.y, 89.999))
            }
          }))
    }
  }

  private mutating func add(_ part: FeatureGeometry) {
    parts.append(part)
    switch part {
    case .point(let point): samples.append(point)
    case .line(let line):
      lineSamples += Self.densified(line)
      samples += Self.densified(line)
    case .polygon(let rings):
      polygons.append(rings)
      for ring in rings { samples += Self.densified(ring + [ring[0]]) }
    }
  }

  private static func densified(_ line: [Point]) -> [Point] {
    var points: [Point] = []
    for (a, b) in zip(line, line.dropFirst()) {
      // The short way round the Earth.
      var end = b
      end.x -= 360 * ((b.x - a.x) / 360).rounded()
      let count = max(1, Int(geodesicDistance(a, end) / 40))
      for step in 0...count {
        let share = Double(step) / Double(count)
        points.append(Point(x: a.x + share * (end.x - a.x), y: a.y + share * (end.y - a.y)))
      }
    }
    return points
  }

  /// Even-odd, edges straight in longitude and latitude.
  func holds(_ point: Point) -> Bool {
    polygons.contains { rings in
      var inside = false
      for ring in rings {
        for (a, b) in zip(ring, ring.dropFirst() + [ring[0]]) {
          let (ax, bx) = (turned(a.x, to: point.x), turned(b.x, to: point.x))
          guard (a.y > point.y) != (b.y > point.y) else { continue }
          if point.x < ax + (point.y - a.y) / (b.y - a.y) * (bx - ax) { inside.toggle() }
        }
      }
      return inside
    }
  }

  private func turned(_ x: Double, to middle: Double) -> Double {
    x - 360 * ((x - middle) / 360).rounded()
  }
}

@Suite struct DistanceSamplerTests {
  static let limit = 6000.0

  private static func source(
    _ scene: Scene, on grid: Grid, limit: Double = limit, crs: String = "EPSG:4326"
  ) throws -> DistanceSource {
    let wgs84 = try CoordinateReferenceSystem(userInput: "EPSG:4326")
    var builder = try DistanceSourceBuilder(
      from: try CoordinateReferenceSystem(userInput: crs), to: grid, ground: wgs84, limit: limit)
    for part in scene.parts { builder.add(part) }
    return builder.finish()
  }

  private static func distances(_ source: DistanceSource, _ window: Window) throws -> [Float] {
    var sampler = try DistanceSampler(source)
    var values = [Float](repeating: -1, count: window.cellCount)
    sampler.sample(window, into: &values)
    return values
  }

  @Test(
    "a distance is the geodesic to the nearest source", arguments: Place.all, [UInt64(1), 2])
  func equalsGeodesics(place: Place, seed: UInt64) throws {
    let grid = try place.grid()
    let wgs84 = try CoordinateReferenceSystem(userInput: "EPSG:4326")
    let toGround = try CoordinateTransform(from: grid.crs, to: wgs84)
    let toGrid = try CoordinateTransform(from: wgs84, to: grid.crs)
    let reach =
      0.75 * Double(max(grid.columns, grid.rows)) * grid.middleCellArea.squareRoot() + 1000
    let scene = Scene(seed: seed, around: place.middle, reach: reach)
    let values = try Self.distances(try Self.source(scene, on: grid), grid.window)
    let near = scene.samples.map(geocentric)

    var touched: Set<Int> = []
    for sample in scene.lineSamples {
      var image = toGrid.transform(sample)
      let middle = (grid.extent.minX + grid.extent.maxX) / 2
      if grid.crs.isGeographic { image.x -= 360 * ((image.x - middle) / 360).rounded() }
      let index = grid.geotransform.index(of: image)
      let (column, row) = (Int(index.x.rounded(.down)), Int(index.y.rounded(.down)))
      guard (0..<grid.columns).contains(column), (0..<grid.rows).contains(row) else { continue }
      touched.insert(row * grid.columns + column)
    }
    for cell in touched { #expect(values[cell] == 0, "a line passes cell \(cell)") }

    var random = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let cell = Int.random(in: 0..<grid.cellCount, using: &random)
      let centre = toGround.transform(
        grid.geotransform.point(
          column: Double(cell % grid.columns) + 0.5, row: Double(cell / grid.columns) + 0.5))
      let here = geocentric(centre)
      var best = (squared: Double.infinity, index: 0)
      for (index, other) in near.enumerated() {
        let (x, y, z) = (other.x - here.x, other.y - here.y, other.z - here.z)
        let squared = x * x + y * y + z * z
        if squared < best.squared { best = (squared, index) }
      }
      let geodesic = geodesicDistance(centre, scene.samples[best.index])
      let value = Double(values[cell])
      if scene.holds(centre) {
        #expect(value == 0, "inside a polygon")
      } else if value == 0 {
        // A line passes the cell, perhaps between two samples.
        #expect(geodesic <= 0.75 * place.longerSide(of: grid))
      } else {
        // Samples are 40 m apart, so at most 20 m beside the nearest point.
        let expected = min(geodesic, Self.limit)
        let slack = 20 * 20 / (2 * max(geodesic, 20)) + 0.01 * place.longerSide(of: grid)
        #expect(abs(value - expected) <= slack, "cell \(cell): \(value), geodesic \(geodesic)")
      }
    }
  }

  @Test("a distance is the same whichever window holds the cell", arguments: Place.all)
  func isIndependentOfWindow(place: Place) throws {
    let grid = try place.grid()
    let scene = Scene(seed: 7, around: place.middle, reach: 4000)
    let source = try Self.source(scene, on: grid)
    let whole = try Self.distances(source, grid.window)
    var random = SeededGenerator(seed: 7)
    for _ in 0..<8 {
      let column = Int.random(in: 0..<grid.columns, using: &random)
      let row = Int.random(in: 0..<grid.rows, using: &random)
      let window = Window(
        column: column, row: row,
        columns: Int.random(in: 1...grid.columns - column, using: &random),
        rows: Int.random(in: 1...min(9, grid.rows - row), using: &random))
      let part = try Self.distances(source, window)
      for y in 0..<window.rows {
        let start = (row + y) * grid.columns + column
        #expect(
          part[y * window.columns..<(y + 1) * window.columns].elementsEqual(
            whole[start..<start + window.columns]))
      }
    }
  }

  @Test("the grid part equals a plain Euclidean transform", arguments: [UInt64(3), 4, 5])
  func equalsEuclid(seed: UInt64) throws {
    // Along the central meridian of UTM ground and grid differ by the scale, 0.9996.
    let place = Place(name: "UTM", crs: "EPSG:32652", middle: Point(x: 129, y: 43), cell: 30)
    let grid = try place.grid()
    var random = SeededGenerator(seed: seed)
    var points: [Point] = []
    for _ in 0..<40 {
      points.append(
        grid.geotransform.point(
          column: Double(Int.random(in: 0..<grid.columns, using: &random)) + 0.5,
          row: Double(Int.random(in: 0..<grid.rows, using: &random)) + 0.5))
    }
    var scene = Scene(seed: 0, around: place.middle, reach: 1)
    scene.parts = points.map { .point($0) }
    let source = try Self.source(scene, on: grid, crs: "EPSG:32652")
    let values = try Self.distances(source, grid.window)
    for cell in stride(from: 0, to: grid.cellCount, by: 13) {
      let centre = grid.geotransform.point(
        column: Double(cell % grid.columns) + 0.5, row: Double(cell / grid.columns) + 0.5)
      let plane = points.map { hypot($0.x - centre.x, $0.y - centre.y) }.min()!
      // The scale varies by 1e-5 within the grid; coordinates are whole thirds of a centimetre.
      #expect(abs(Double(values[cell]) - min(plane / 0.9996, Self.limit)) <= 1e-5 * plane + 0.02)
    }
  }

  @Test("a source beyond the raster counts as far as the limit, and no farther")
  func seesBeyondTheRaster() throws {
    let grid = try Place.all[0].grid()
    let west = grid.geotransform.point(column: 0, row: 20.5)
    for (away, isSeen) in [(5000.0, true), (6100.0, false)] {
      var scene = Scene(seed: 0, around: Place.all[0].middle, reach: 1)
      scene.parts = [
        .line([Point(x: west.x - away, y: west.y - 50), Point(x: west.x - away, y: west.y + 50)])
      ]
      let source = try Self.source(scene, on: grid, crs: "EPSG:32652")
      let values = try Self.distances(source, grid.window)
      let first = values[20 * grid.columns]
      #expect(isSeen ? abs(first - 5030) < 5 : first == 6000)
      #expect(values.allSatisfy { $0 <= 6000 })
      #expect(values[20 * grid.columns + 46] == 6000)
    }
  }

  @Test("far limits follow the curve of the Earth")
  func followsTheCurve() throws {
    let place = Place(
      name: "degrees", crs: "EPSG:4326", middle: Point(x: 20, y: 10), cell: 0.5, columns: 60,
      rows: 40)
    let grid = try place.grid()
    var scene = Scene(seed: 0, around: place.middle, reach: 1)
    let town = Point(x: 6, y: 1)
    scene.parts = [.point(town)]
    let source = try Self.source(scene, on: grid, limit: 2_000_000)
    let values = try Self.distances(source, grid.window)
    for cell in stride(from: 0, to: grid.cellCount, by: 17) {
      let centre = grid.geotransform.point(
        column: Double(cell % 60) + 0.5, row: Double(cell / 60) + 0.5)
      let geodesic = min(geodesicDistance(centre, town), 2_000_000)
      // The arc is that of a sphere: a part in a thousand at 2000 km.
      #expect(abs(Double(values[cell]) - geodesic) <= 1e-3 * geodesic + 500)
    }
  }

  @Test("without sources near the grid every cell is at the limit")
  func isEmptyFarAway() throws {
    let grid = try Place.all[0].grid()
    let scene = Scene(seed: 1, around: Point(x: 20, y: -30), reach: 5000)
    let source = try Self.source(scene, on: grid)
    #expect(source.isEmpty)
    #expect(try Self.distances(source, grid.window).allSatisfy { $0 == 6000 })
  }

  @Test("a cell that has no place on the Earth has no distance")
  func hasNoValueOffTheEarth() throws {
    // The rim of the half of the Earth that an orthographic map shows: x is 6378 km there.
    let crs = try CoordinateReferenceSystem(
      userInput: "+proj=ortho +lat_0=0 +lon_0=20 +datum=WGS84")
    let grid = Grid(
      crs: crs,
      geotransform: Geotransform(
        originX: 6_300_000, columnStepX: 10_000, originY: 20_000, rowStepY: -10_000),
      columns: 20, rows: 3)
    var scene = Scene(seed: 0, around: Place.all[0].middle, reach: 1)
    scene.parts = [.point(Point(x: 179, y: 60))]
    let values = try Self.distances(try Self.source(scene, on: grid), grid.window)
    #expect(values[0] == 6000)
    #expect(values[19].isNaN)
  }
}

extension Place {
  /// Metres on the ground.
  func longerSide(of grid: Grid) -> Double {
    guard let wgs84 = try? CoordinateReferenceSystem(userInput: "EPSG:4326"),
      let toGround = try? CoordinateTransform(from: grid.crs, to: wgs84)
    else { return .nan }
    let corners = [(20.0, 3.0), (21, 3), (20, 4)].map {
      toGround.transform(grid.geotransform.point(column: $0.0, row: $0.1))
    }
    return max(
      geodesicDistance(corners[0], corners[1]), geodesicDistance(corners[0], corners[2]))
  }
}
