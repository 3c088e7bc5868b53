import GeoIO
import RasterCore
import Testing

@Suite("Shifts of datum")
struct DatumShiftTests {
  private static func shift(
    _ source: String, _ target: String, longitude: Double, latitude: Double
  ) throws -> DatumShift {
    let from = try CoordinateReferenceSystem(userInput: source)
    let place = try CoordinateTransform(
      from: CoordinateReferenceSystem(userInput: "EPSG:4326"), to: from
    ).transform(Point(x: longitude, y: latitude))
    return try DatumShift(
      from: from, to: CoordinateReferenceSystem(userInput: target), at: [place])
  }

  @Test(
    "a shift with parameters for the place is sound",
    arguments: [
      ("EPSG:32652", "EPSG:4326", 131.0, 43.0), ("EPSG:4284", "EPSG:4326", 131.5, 43.2),
      ("EPSG:3857", "EPSG:32652", 131.0, 43.0), ("EPSG:28423", "EPSG:32652", 131.5, 43.2),
      // Beijing 1954 in the Ordos: EPSG:15918, right to 1 m.
      ("EPSG:4214", "EPSG:4326", 108.5, 37.0),
    ])
  func known(source: String, target: String, longitude: Double, latitude: Double) throws {
    #expect(try Self.shift(source, target, longitude: longitude, latitude: latitude) == .sound)
  }

  /// `projinfo -s EPSG:4555 -t EPSG:4326 --hide-ballpark` of PROJ 9.1.1 finds no operation, nor does
  /// `-s EPSG:4610`; those of Beijing 1954 are for six areas of which none holds Hunchun.
  @Test(
    "where PROJ takes coordinates as they are, the shift is unknown",
    arguments: ["EPSG:4555", "EPSG:4610", "EPSG:4214", "EPSG:2345"])
  func unknown(source: String) throws {
    #expect(try Self.shift(source, "EPSG:4326", longitude: 130.4, latitude: 42.9) != .sound)
    #expect(try Self.shift("EPSG:4326", source, longitude: 130.4, latitude: 42.9) != .sound)
  }

  /// Their frames differ by less than 2 m (EPSG's notes on each datum); a sphere has no frame.
  @Test(
    "datums of the age of satellites agree, wherever the place",
    arguments: [
      "EPSG:4490", "EPSG:4553", "EPSG:7683", "EPSG:4258", "EPSG:7844", "EPSG:4269", "EPSG:5179",
      "EPSG:6668", "+proj=sinu +R=6371007.181", "+proj=longlat +R=6371229",
    ])
  func modern(source: String) throws {
    #expect(try Self.shift(source, "EPSG:4326", longitude: 131.5, latitude: 43.2) == .sound)
    #expect(try Self.shift("EPSG:32652", source, longitude: 131.5, latitude: 43.2) == .sound)
  }

  /// VN-2000 lies 190 m off WGS 84 (EPSG:5194), though its ellipsoid is that of WGS 84.
  @Test("an ellipsoid alone makes no datum of the age of satellites")
  func vietnam() throws {
    #expect(try Self.shift("EPSG:4756", "EPSG:4326", longitude: 106, latitude: 16) == .sound)
    #expect(try Self.shift("EPSG:4756", "EPSG:4326", longitude: 131, latitude: 43) != .sound)
  }

  @Test("a turn of the prime meridian is no shift of datum")
  func meridian() throws {
    let paris = "+proj=longlat +datum=WGS84 +pm=paris"
    #expect(try Self.shift(paris, "EPSG:4326", longitude: 131, latitude: 43) == .sound)
  }
}
