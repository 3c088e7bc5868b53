import GeoIO
public import RasterCore

extension PolygonShape {
  /// A rectangle.
  public static func box(
    _ west: Double, _ south: Double, _ east: Double, _ north: Double
  ) -> PolygonShape {
    PolygonShape(
      rings: [Extent(minX: west, minY: south, maxX: east, maxY: north).corners])
  }

  /// Well-known text, each ring a polygon of its own: for shapes without holes.
  public var wellKnownText: String {
    let polygons = rings.map { ring in
      let points = (ring + [ring[0]]).map { "\($0.x) \($0.y)" }
      return "((" + points.joined(separator: ", ") + "))"
    }
    return "MULTIPOLYGON (" + polygons.joined(separator: ", ") + ")"
  }
}

/// A polygon with what names it.
public struct NamedPolygon: Sendable {
  public var id: String
  public var name: String
  public var shape: PolygonShape
  public init(_ id: String, _ name: String, _ shape: PolygonShape) {
    (self.id, self.name, self.shape) = (id, name, shape)
  }
}

extension [NamedPolygon] {
  /// Writes a GeoPackage, or another format of GDAL's, with the fields `park_id` and `name`.
  public func write(
    to path: String, crs: String, layers: [String] = ["parks"], driver: String = "GPKG"
  ) throws {
    let writer = try VectorWriter(creating: path, driver: driver)
    for layer in layers {
      try writer.addLayer(
        layer, crs: try CoordinateReferenceSystem(userInput: crs), kind: .polygon,
        fields: [("park_id", .text), ("name", .text)],
        features: map { (.polygon($0.shape), [.text($0.id), .text($0.name)]) })
    }
    try writer.close()
  }
}
