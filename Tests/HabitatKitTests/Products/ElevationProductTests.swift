import Foundation
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Elevation products and their voids") struct ElevationProductTests {
  @Test(
    "a name as it is distributed tells the product",
    arguments: [
      ("N43E131.hgt", "SRTM"), ("dem/N43E131.SRTMGL1.hgt.zip", "SRTM"), ("srtm_63_04.tif", "SRTM"),
      ("Copernicus_DSM_COG_10_N43_00_E131_00_DEM.tif", "Copernicus DEM GLO-30"),
      ("Copernicus_DSM_COG_30_N43_00_E131_00_DEM.tif", "Copernicus DEM GLO-90"),
      ("ALPSMLC30_N043E131_DSM.tif", "ALOS World 3D (AW3D30)"),
      ("N043E131_AVE_DSM.tif", "ALOS World 3D (AW3D30)"),
      ("ASTGTMV003_N43E131_dem.tif", "ASTER GDEM"),
      ("gebco_2023_n44.0_s42.0_w130.0_e132.0.tif", "GEBCO"),
      ("NETCDF:\"GEBCO_2023.nc\":elevation", "GEBCO"),
    ])
  func names(path: String, title: String) {
    #expect(ElevationProduct.product(of: path)?.title == title)
  }

  @Test("other names tell none", arguments: ["N42E129.tif", "dem.tif", "north43.hgt", "srt.tif"])
  func otherNames(path: String) { #expect(ElevationProduct.product(of: path) == nil) }

  /// A tile of 1201 × 1201 heights, of which the middle row is void.
  private func srtm(_ folder: TemporaryFolder) throws -> String {
    var bytes = Data(capacity: 2 * 1201 * 1201)
    for row in 0..<1201 {
      let height = UInt16(bitPattern: row == 600 ? -32768 : 250)
      for _ in 0..<1201 { bytes.append(contentsOf: [UInt8(height >> 8), UInt8(height & 255)]) }
    }
    return try folder.write(bytes, to: "N43E130.hgt")
  }

  /// Land cover within that tile.
  private func landCover(_ folder: TemporaryFolder) throws -> String {
    let grid = try Grid.northUp(
      "EPSG:4326", west: 130.4, north: 43.6, step: 0.01, columns: 20, rows: 20)
    try Raster(grid) { _, _ in UInt8(1) }.write(to: folder.path("lc.tif"), on: grid)
    return folder.path("lc.tif")
  }

  private func check(_ folder: TemporaryFolder, dem: String) throws -> CheckReport {
    var options = CheckOptions()
    options.inputs.landCover = [try landCover(folder)]
    options.inputs.legend = "ten_categories"
    options.inputs.dem = [dem]
    return try options.check().run()
  }

  @Test("an SRTM tile is placed by its name, and its voids are declared") func hgt() throws {
    try TemporaryFolder.with { folder in
      let report = try check(folder, dem: try srtm(folder))
      let found = try #require(report.elevation)
      #expect(found.products.map(\.title) == ["SRTM"])
      #expect(found.survey?.range == 250...250 && found.survey?.voids == 1201)
      #expect(found.coverage?.share == 1 && report.errors.isEmpty && report.warnings.isEmpty)
      #expect(report.text.contains("may be SRTM (file name): voids hold −32768"))
    }
  }

  @Test(
    "voids as AW3D30, ASTER and GLO-30 have them: −9999 undeclared is one, the sea at 0 m is none",
    arguments: [
      ("ALPSMLC30_N043E130_DSM.tif", Float(-9999), 40), ("ASTGTMV003_N43E130_dem.tif", -9999, 40),
      ("ASTGTMV003_N43E130_dem.tif", 0, 0), ("Copernicus_DSM_COG_10_N43_00_E130_00_DEM.tif", 0, 0),
      ("gebco_2023_n44.0_s43.0_w130.0_e131.0.tif", -3500, 0),
    ])
  func voids(name: String, value: Float, count: Int) throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 130.3, north: 43.7, step: 0.01, columns: 40, rows: 40)
      try Raster(grid) { _, row in row == 20 ? value : 120 }
        .write(to: folder.path(name), on: grid)
      let report = try check(folder, dem: folder.path(name))
      #expect(report.elevation?.survey?.voids == count)
      #expect(report.elevation?.survey?.range?.upperBound == 120)
      #expect(report.warnings.contains { $0.slug == "dem-void-undeclared" } == (count > 0))
      #expect(report.elevation?.products.count == 1)
    }
  }
}
