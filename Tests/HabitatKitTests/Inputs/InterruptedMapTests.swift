import GeoIO
import RasterCore
import Testing

@testable import HabitatKit

@Suite("Maps that are cut open in several places") struct InterruptedMapTests {
  @Test(
    "maps cut between lobes are refused, others are not",
    arguments: [
      ("+proj=igh +datum=WGS84 +units=m", true), ("+proj=igh_o +datum=WGS84 +units=m", true),
      ("+proj=healpix +datum=WGS84 +units=m", true), ("ESRI:54052", true),
      ("+proj=goode +datum=WGS84 +units=m", false), ("EPSG:8857", false), ("EPSG:32652", false),
    ])
  func interruptedMaps(crs: String, isInterrupted: Bool) throws {
    let crs = try CoordinateReferenceSystem(userInput: crs)
    var slug: String?
    do { try PreparedInputs.refuseInterruptedMap(crs) } catch { slug = error.slug }
    #expect(slug == (isInterrupted ? "grid-interrupted" : nil))
  }
}
