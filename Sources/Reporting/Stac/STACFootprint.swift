public import Documents
public import RasterCore

/// Where a raster lies on the Earth as GeoJSON tells it (RFC 7946): in degrees, longitudes from −180 to
/// 180, cut at the antimeridian.
public struct STACFootprint: Hashable, Sendable {
  /// West, south, east, north; west is greater than east where the antimeridian lies between.
  public let box: [Double]
  /// Outlines, counter-clockwise, not closed.
  public let outlines: [[Point]]

  /// - Parameter ring: longitude and latitude in degrees, not closed; longitudes run on over the
  ///   antimeridian. What is wider than the Earth is all round it.
  public init(ring: [Point]) {
    let extent = Extent(around: ring) ?? Extent(minX: -180, minY: -90, maxX: 180, maxY: 90)
    let (south, north) = (Self.rounded(extent.minY), Self.rounded(extent.maxY))
    // The digits that are kept decide, so that noise in the last ones makes no sliver.
    let turns = ((Self.rounded(extent.minX) + 180) / 360).rounded(.down)
    let west = Self.rounded(extent.minX - 360 * turns)
    let east = Self.rounded(extent.maxX - 360 * turns)
    guard east - west < 360 else {
      box = [-180, south, 180, north]
      outlines = [Extent(minX: -180, minY: south, maxX: 180, maxY: north).corners]
      return
    }
    var moved = ring.map { Point(x: Self.rounded($0.x - 360 * turns), y: Self.rounded($0.y)) }
    if Self.doubleArea(moved) < 0 { moved.reverse() }
    guard east > 180 else {
      (box, outlines) = ([west, south, east, north], [moved])
      return
    }
    box = [west, south, Self.rounded(east - 360), north]
    let beyond = Self.part(of: moved) { $0.x - 180 }
    outlines = [
      Self.part(of: moved) { 180 - $0.x },
      beyond.map { Point(x: Self.rounded($0.x - 360), y: $0.y) },
    ]
  }

  /// The geometry of GeoJSON.
  public var geometry: JSONValue {
    let polygons = outlines.map { outline in
      JSONValue.array([
        .array((outline + outline.prefix(1)).map { .array([.number($0.x), .number($0.y)]) })
      ])
    }
    return .object([
      .init("type", .string(polygons.count == 1 ? "Polygon" : "MultiPolygon")),
      .init("coordinates", polygons.count == 1 ? polygons[0] : .array(polygons)),
    ])
  }

  /// A centimetre on the ground.
  private static func rounded(_ degrees: Double) -> Double { (degrees * 1e7).rounded() / 1e7 }

  private static func doubleArea(_ ring: [Point]) -> Double {
    ring.indices.reduce(0) { sum, index in
      let (a, b) = (ring[index], ring[(index + 1) % ring.count])
      return sum + a.x * b.y - b.x * a.y
    }
  }

  /// What lies where `side` is not negative; it is linear, and zero on the meridian that cuts.
  private static func part(of ring: [Point], side: (Point) -> Double) -> [Point] {
    var part: [Point] = []
    for index in ring.indices {
      let (a, b) = (ring[index], ring[(index + 1) % ring.count])
      let (here, next) = (side(a), side(b))
      if here >= 0 { part.append(a) }
      if here * next < 0 {
        part.append(Point(x: 180, y: rounded(a.y + (b.y - a.y) * here / (here - next))))
      }
    }
    return part
  }
}
