import GeoIO
import RasterCore
import Testing

@Suite("Shifts of datum")
struct RoughTransformTests {
  private static func isRough(_ source: String, _ target: String) throws -> Bool {
    try CoordinateTransform.isRough(
      from: CoordinateReferenceSystem(userInput: source),
      to: CoordinateReferenceSystem(userInput: target))
  }

  @Test(
    "a shift that PROJ knows is no rough one",
    arguments: [
      ("EPSG:32652", "EPSG:4326"), ("EPSG:4284", "EPSG:4326"), ("EPSG:3857", "EPSG:32652"),
    ])
  func known(source: String, target: String) throws {
    #expect(try !Self.isRough(source, target))
  }

  // `projinfo -s EPSG:4555 -t EPSG:4326 --hide-ballpark` of PROJ 9.1.1 finds no operation.
  @Test("New Beijing has no shift to WGS 84 in PROJ's database")
  func unknown() throws {
    #expect(try Self.isRough("EPSG:4555", "EPSG:4326"))
  }
}
