import GeoIO
import RasterCore
import Testing

@Suite("Coordinate reference systems")
struct CoordinateReferenceSystemTests {
  static func crs(_ text: String) throws -> CoordinateReferenceSystem {
    try CoordinateReferenceSystem(userInput: text)
  }

  @Test("longitude and latitude are read as degrees on their ellipsoid")
  func geographic() throws {
    let crs = try Self.crs("EPSG:4326")
    #expect(crs.isGeographic && crs.datumIsKnown)
    #expect(crs.name == "EPSG:4326")
    #expect(abs(crs.unit - .pi / 180) < 1e-15)
    #expect(crs.ellipsoid.semiMajorAxis == 6_378_137)
    #expect(abs(1 / crs.ellipsoid.flattening - 298.257223563) < 1e-9)
  }

  @Test("digits alone are a code of EPSG", arguments: ["32652", "4326"])
  func digits(code: String) throws { #expect(try Self.crs(code) == Self.crs("EPSG:\(code)")) }

  /// EPSG Dataset: unit 9003 is 12/39.37 m, unit 9105 is a hundredth of a right angle.
  @Test(
    "a unit is the metres or radians it stands for",
    arguments: [
      ("EPSG:32652", false, 1.0), ("EPSG:2263", false, 12 / 39.37),
      ("EPSG:4807", true, Double.pi / 200),
    ])
  func unit(text: String, isGeographic: Bool, unit: Double) throws {
    let crs = try Self.crs(text)
    #expect(crs.isGeographic == isGeographic)
    #expect(abs(crs.unit - unit) < 1e-12)
  }

  /// a and 1/f of EPSG's ellipsoids 7004 (Bessel), 7008 (Clarke 1866), 7024 (Krassowsky), 1024 and 7011.
  @Test(
    "an ellipsoid is that of the datum",
    arguments: [
      ("EPSG:4162", 6_377_397.155, 299.1528128), ("EPSG:4301", 6_377_397.155, 299.1528128),
      ("EPSG:4267", 6_378_206.4, 294.978698213898), ("EPSG:4284", 6_378_245, 298.3),
      ("EPSG:4490", 6_378_137, 298.257222101), ("EPSG:4807", 6_378_249.2, 293.466021293627),
      ("EPSG:5186", 6_378_137, 298.257222101), ("EPSG:5174", 6_377_397.155, 299.1528128),
    ])
  func ellipsoid(text: String, semiMajorAxis: Double, inverseFlattening: Double) throws {
    let ellipsoid = try Self.crs(text).ellipsoid
    #expect(abs(ellipsoid.semiMajorAxis - semiMajorAxis) < 1e-6)
    #expect(abs(1 / ellipsoid.flattening - inverseFlattening) < 1e-9)
  }

  @Test("a sphere has no flattening")
  func sphere() throws {
    #expect(try Self.crs("+proj=longlat +R=6371007").ellipsoid.flattening == 0)
  }

  @Test(
    "what is no CRS of the Earth's surface is refused as a wrong option",
    arguments: ["EPSG:999999", "nonsense", "", "EPSG:5773", "EPSG:4978"])
  func refused(text: String) {
    let error = #expect(throws: HabitatError.self) { try Self.crs(text) }
    #expect(error?.kind == .usage)
    #expect(error?.slug == "bad-crs")
  }

  @Test(
    "a CRS that has no map says what it is",
    arguments: [
      ("EPSG:4978", "geocentric"), ("EPSG:5773", "vertical"), ("LOCAL_CS[\"x\"]", "engineering"),
    ])
  func kind(text: String, word: String) {
    let error = #expect(throws: HabitatError.self) { try Self.crs(text) }
    #expect(error?.what.contains(word) == true)
  }

  @Test(
    "two are the same when coordinates need no change between them",
    arguments: [
      ("EPSG:32652", "+proj=utm +zone=52 +datum=WGS84 +units=m", true),
      ("EPSG:4326", "+proj=longlat +datum=WGS84", true), ("EPSG:4326", "OGC:CRS84", true),
      ("EPSG:32652", "EPSG:32653", false), ("EPSG:4326", "EPSG:4269", false),
      ("EPSG:4326", "EPSG:32652", false), ("EPSG:32618", "EPSG:26918", false),
      ("EPSG:4326", "+proj=longlat +ellps=WGS84 +pm=paris", false),
    ])
  func sameness(one: String, two: String, isSame: Bool) throws {
    let (a, b) = (try Self.crs(one), try Self.crs(two))
    #expect(a.isSame(as: b) == isSame)
    #expect(b.isSame(as: a) == isSame)
    #expect(a.isSame(as: a))
  }

  @Test(
    "the text of a CRS stands for the same CRS",
    arguments: ["EPSG:32652", "EPSG:4326", "EPSG:2154"])
  func wkt(text: String) throws {
    let crs = try Self.crs(text)
    #expect(try Self.crs(crs.wkt).isSame(as: crs))
    #expect(!crs.wkt.contains("\n"))
  }

  @Test(
    "under a projected CRS lie longitude and latitude on its datum",
    arguments: [
      ("EPSG:32652", "EPSG:4326"), ("EPSG:2154", "EPSG:4171"), ("EPSG:4326", "EPSG:4326"),
    ])
  func base(text: String, expected: String) throws {
    let base = try Self.crs(text).geographicBase
    #expect(base.isGeographic)
    #expect(base.isSame(as: try Self.crs(expected)))
  }

  @Test(
    "a datum of which a file knows only the ellipsoid is unknown",
    arguments: [
      ("+proj=longlat +ellps=clrk66", false), ("+proj=longlat +R=6371007", false),
      (
        "GEOGCS[\"x\",DATUM[\"Not_specified_based_on_Clarke_1866_spheroid\","
          + "SPHEROID[\"Clarke 1866\",6378206.4,294.978698213898]],PRIMEM[\"Greenwich\",0],"
          + "UNIT[\"degree\",0.0174532925199433]]", false
      ),
      ("EPSG:4326", true), ("EPSG:4267", true), ("+proj=longlat +datum=NAD27", true),
    ])
  func datum(text: String, isKnown: Bool) throws {
    #expect(try Self.crs(text).datumIsKnown == isKnown)
  }
}

@Suite("Axes, meridians and bases")
struct CoordinateReferenceAxesTests {
  /// By the axes in EPSG's tables: Křovák south and west, Lo west and south, UPS (N,E) and (E,N), which GIS
  /// orders alike.
  @Test(
    "a CRS is left-handed where y lies clockwise of x",
    arguments: [
      ("EPSG:5513", true), ("EPSG:2065", true), ("EPSG:5514", false), ("EPSG:2052", false),
      ("EPSG:2053", false), ("EPSG:28423", false), ("EPSG:2180", false), ("EPSG:32661", false),
      ("EPSG:5041", false), ("EPSG:32761", false), ("EPSG:5042", false), ("EPSG:3031", false),
      ("EPSG:3413", false), ("EPSG:3411", false), ("EPSG:4326", false),
      ("+proj=utm +zone=52 +axis=wnu", true), ("+proj=utm +zone=52 +axis=esu", true),
      ("+proj=utm +zone=52 +axis=wsu", false), ("+proj=longlat +axis=wnu", true),
    ])
  func handedness(text: String, isLeftHanded: Bool) throws {
    #expect(try CoordinateReferenceSystem(userInput: text).isLeftHanded == isLeftHanded)
  }

  /// PRIMEM["Paris", 2.5969213 grads]: 2.33722917°.
  @Test(
    "another datum leaves prime meridian and unit",
    arguments: [
      ("+proj=longlat +pm=paris +ellps=clrk80ign", 1.0, 2.33722917),
      ("+proj=longlat +ellps=krass +pm=30d19'42.09", 1.0, 30 + 19.0 / 60 + 42.09 / 3600),
      (
        """
        GEOGCS["x",DATUM["unknown",SPHEROID["Clarke 1880 (IGN)",6378249.2,293.466021293627]],\
        PRIMEM["Greenwich",0],UNIT["grad",0.015707963267949]]
        """, 0.9, 0
      ),
    ])
  func datum(text: String, degrees: Double, meridian: Double) throws {
    let own = try CoordinateReferenceSystem(userInput: text)
    #expect(!own.datumIsKnown)
    for datum in ["EPSG:4326", "EPSG:4284", "EPSG:4807"] {
      let stand = try CoordinateReferenceSystem(userInput: datum)
      let made = own.onDatum(of: stand)
      #expect(made.datumIsKnown)
      #expect(made.ellipsoid.semiMajorAxis == stand.ellipsoid.semiMajorAxis)
      // Some go by way of 1/f: a digit of rounding.
      #expect(abs(made.ellipsoid.flattening - stand.ellipsoid.flattening) < 1e-15)
      let place = try CoordinateTransform(from: made, to: stand.degreesFromGreenwich)
        .transform(Point(x: 100, y: 40))
      #expect(abs(place.x - (100 * degrees + meridian)) < 1e-8)
      #expect(abs(place.y - 40 * degrees) < 1e-8)
    }
  }

  @Test("degrees from Greenwich on a known datum are the very CRS where that counts them")
  func sameDatum() throws {
    let (degrees, pulkovo) = (
      try CoordinateReferenceSystem(userInput: "EPSG:4326"),
      try CoordinateReferenceSystem(userInput: "EPSG:4284")
    )
    #expect(degrees.degreesFromGreenwich == degrees)
    let unknown = try CoordinateReferenceSystem(userInput: "+proj=longlat +ellps=krass")
    #expect(unknown.onDatum(of: pulkovo) == pulkovo)
    let projected = try CoordinateReferenceSystem(userInput: "EPSG:28423")
    #expect(projected.geographicBase.isSame(as: pulkovo))
  }

  /// The grid's pole lies at 47° N, 49° W; so its origin lies at 43° N, 131° E.
  @Test("longitudes and latitudes about a pole of their own are a map of the Earth's")
  func rotated() throws {
    let rotated = try CoordinateReferenceSystem(
      userInput: "+proj=ob_tran +o_proj=longlat +o_lon_p=0 +o_lat_p=47 +lon_0=131 +datum=WGS84 "
        + "+to_meter=0.0174532925199433")
    #expect(!rotated.isGeographic && rotated.turn == nil && !rotated.isLeftHanded)
    #expect(abs(rotated.unit - 6_378_137 * .pi / 180) < 1e-6)
    let base = rotated.geographicBase
    #expect(base.isGeographic)
    let place = try CoordinateTransform(from: rotated, to: base).transform(Point(x: 0, y: 0))
    #expect(abs(place.x - 131) < 1e-9 && abs(place.y - 43) < 1e-9)
  }
}
