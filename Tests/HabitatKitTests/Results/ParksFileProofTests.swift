import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("A GeoPackage on the disk is what was written")
struct ParksFileProofTests {
  private static func withParks(_ body: (TemporaryFolder) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      try GeoPackageFile.check(
        folder.path("out/parks.gpkg"), rows: ["parks": 3, "layer_styles": 1])
      try body(folder)
    }
  }

  @Test("a GeoPackage without its mark, with fewer rows or cut short is none")
  func geopackage() throws {
    try Self.withParks { folder in
      let path = folder.path("out/parks.gpkg")
      for rows in [["parks": 4], ["parks": 2], ["parks": 3, "other": 1]] {
        let error = #expect(throws: HabitatError.self) {
          try GeoPackageFile.check(path, rows: rows)
        }
        #expect(error?.slug == "write-failed" && error?.kind == .cannotWrite)
      }
      let whole = try folder.contents(of: "out/parks.gpkg")
      var unmarked = whole
      unmarked.replaceSubrange(68..<72, with: [0, 0, 0, 0])
      for damaged in [unmarked, Data(), whole.dropLast(4096), whole.prefix(99)] {
        let copy = try folder.write(damaged, to: "copy.gpkg")
        #expect(throws: HabitatError.self) {
          try GeoPackageFile.check(copy, rows: ["parks": 3])
        }
      }
    }
  }
}
