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
