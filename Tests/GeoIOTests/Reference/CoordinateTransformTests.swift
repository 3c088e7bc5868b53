import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("Transforms between coordinate reference systems")
struct CoordinateTransformTests {
  static func transform(_ source: String, _ target: String) throws -> CoordinateTransform {
    try CoordinateTransform(
      from: CoordinateReferenceSystem(userInput: source),
      to: CoordinateReferenceSystem(userInput: target))
  }

  @Test(
    "x is east and y is north on both sides",
    arguments: [
      // On the central meridian at the equator UTM is (500 000, 0) by definition.
      ("EPSG:4326", "EPSG:32652", Point(x: 129, y: 0), Point(x: 500_000, y: 0)),
      // Half of the girth, π · 6 378 137 m.
      ("EPSG:4326", "EPSG:3857", Point(x: 180, y: 0), Point(x: .pi * 6_378_137, y: 0)),
      // The origin of Lambert-93: 3° E, 46.5° N.
      ("EPSG:4171", "EPSG:2154", Point(x: 3, y: 46.5), Point(x: 700_000, y: 6_600_000)),
    ])
  func axisOrder(source: String, target: String, point: Point, expected: Point) throws {
    let image = try Self.transform(source, target).transform(point)
    // Definitions in metres; PROJ's series are good to a micrometre.
    #expect(abs(image.x - expected.x) < 1e-5 && abs(image.y - expected.y) < 1e-5)
  }

  @Test("there and back is where it was", arguments: UInt64(0)..<10)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let there = try Self.transform("EPSG:4326", "EPSG:32652")
    let back = try Self.transform("EPSG:32652", "EPSG:4326")
    let point = Point(
      x: .random(in: 124...134, using: &random), y: .random(in: -80...80, using: &random))
    let image = back.transform(there.transform(point))
    #expect(abs(image.x - point.x) < 1e-9 && abs(image.y - point.y) < 1e-9)  // 0.1 mm
  }

  @Test("between equal systems not even a last digit changes")
  func identity() throws {
    let transform = try Self.transform("EPSG:4326", "+proj=longlat +datum=WGS84")
    let point = Point(x: 131.123456789012345, y: 43.1)
    let (isIdentity, image) = (transform.isIdentity, transform.transform(point))
    #expect(isIdentity)
    #expect(image == point)
  }

  @Test("what has no image becomes NaN and leaves its neighbours alone")
  func noImage() throws {
    let transform = try Self.transform("EPSG:4326", "+proj=gnom +lat_0=90 +datum=WGS84")
    var points = [Point(x: 0, y: 89), Point(x: 0, y: -40), Point(x: 0, y: 88)]
    transform.transform(&points)
    #expect(points[0].x.isFinite && points[2].x.isFinite)
    #expect(points[1].x.isNaN && points[1].y.isNaN)
  }

  /// The image of each edge is walked in steps of a thousandth and held against the ring returned.
  @Test(
    "edges straight on one side stay within the tolerance of their curves on the other",
    arguments: [
      ("EPSG:4326", "EPSG:32652", 0.5), ("EPSG:4326", "EPSG:6933", 0.5),
      ("EPSG:4326", "+proj=laea +lat_0=43 +lon_0=131 +datum=WGS84", 0.05),
      ("EPSG:32652", "EPSG:4326", 2e-9),
    ])
  func edges(source: String, target: String, tolerance: Double) throws {
    let isGeographic = try CoordinateReferenceSystem(userInput: source).isGeographic
    let ring =
      isGeographic
      ? [Point(x: 130, y: 42), Point(x: 134, y: 42.5), Point(x: 133, y: 45), Point(x: 130, y: 44)]
      : [Point(x: 4e5, y: 4.6e6), Point(x: 7e5, y: 4.7e6), Point(x: 5e5, y: 5e6)]
    let transform = try Self.transform(source, target)
    let turn = isGeographic ? nil : Optional(360.0)
    let image = transform.transformEdges(
      of: PolygonShape(rings: [ring]), tolerance: tolerance, turn: turn)
    let chain = try #require(image).rings[0]
    var worst = 0.0
    for index in ring.indices {
      let (a, b) = (ring[index], ring[(index + 1) % ring.count])
      var walk = (0...300).map { step in
        let t = Double(step) / 300
        return Point(x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y))
      }
      transform.transform(&walk)
      for point in walk { worst = max(worst, Self.distance(from: point, to: chain)) }
    }
    #expect(worst <= tolerance)
    #expect(worst > 0)  // the edges do bend, or nothing was tested
  }

  /// From a point to the nearest edge of a ring.
  static func distance(from point: Point, to ring: [Point]) -> Double {
    ring.indices.map { index in
      let (a, b) = (ring[index], ring[(index + 1) % ring.count])
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy)
      let t = min(max(along, 0), 1)
      return hypot(point.x - a.x - t * dx, point.y - a.y - t * dy)
    }.min()!
  }

  @Test("a ring over the antimeridian stays whole")
  func antimeridian() throws {
    let transform = try Self.transform("EPSG:32660", "EPSG:4326")
    // UTM zone 60 reaches 180° E about 250 km east of its meridian at this latitude.
    let shape = PolygonShape.box(6e5, 6.6e6, 9e5, 6.7e6)
    let image = transform.transformEdges(of: shape, tolerance: 1e-6, turn: 360)
    let box = try #require(image?.extent)
    #expect(box.width < 10)
    #expect(box.minX < 180 && box.maxX > 180 || box.minX < -180 && box.maxX > -180)
  }

  @Test("an outline of all longitudes stays whole on another datum")
  func allLongitudes() throws {
    let transform = try Self.transform(
      "EPSG:4326", "+proj=longlat +ellps=bessel +towgs84=600,200,600")
    let image = transform.transformEdges(
      of: PolygonShape.box(-180, 60, 180, 70), tolerance: 1e-6, turn: 360)
    let box = try #require(image?.extent)
    #expect(abs(box.width - 360) < 0.05)
  }

  @Test("an edge by the pole gets as many points as its curve on the ground asks for")
  func polarEdge() throws {
    let transform = try Self.transform("EPSG:3413", "EPSG:4326")
    func points(_ south: Double) throws -> Int {
      let image = transform.transformEdges(
        of: .box(-1e5, south, 1e5, south + 1e5), tolerance: 1 / 111_000.0, turn: 360)
      return try #require(image).rings[0].count
    }
    let (near, far) = (try points(100), try points(1e6))
    // A parallel of radius r bends off a chord by s²/8r: 100 m from the pole s is 28 m for 1 m, but only there.
    #expect(near < 20 * far)
  }

  @Test("a polygon with a point that has no image has none")
  func edgesWithoutImage() throws {
    let transform = try Self.transform("EPSG:4326", "+proj=gnom +lat_0=90 +datum=WGS84")
    let shape = PolygonShape.box(0, -10, 10, 80)
    let image = transform.transformEdges(of: shape, tolerance: 1, turn: nil)
    #expect(image == nil)
  }
}
