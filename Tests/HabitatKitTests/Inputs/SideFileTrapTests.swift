import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// Which wins in GDAL 3.6.2 was seen with `gdalinfo` on the same files.
@Suite("Side files that contradict their raster") struct SideFileTrapTests {
  /// What a check says of a land cover of 100 m cells in UTM zone 52 with a file beside it.
  private func warnings(
    _ name: String, _ text: String, crs: String = "EPSG:32652"
  ) throws -> [HabitatWarning] {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        crs, west: 600_000, north: 4_800_000, step: 100, columns: 8, rows: 6)
      try Raster<UInt8>(grid) { column, _ in column < 4 ? 1 : 7 }
        .write(to: folder.path("lc.tif"), on: grid, nodata: 0)
      try folder.write(text, to: name)
      var options = CheckOptions()
      options.inputs.landCover = [folder.path("lc.tif")]
      options.inputs.legend = "ten_categories"
      let report = try options.check().run()
      #expect(report.errors.isEmpty)
      return report.warnings
    }
  }

  private static func auxiliary(_ text: String) -> String {
    "<PAMDataset>\(text)</PAMDataset>"
  }

  @Test(
    "an .aux.xml wins and is told",
    arguments: [
      ("<GeoTransform>600000,30,0,4800000,0,-30</GeoTransform>", "geotransform", "30 × 30"),
      ("<SRS>EPSG:32653</SRS>", "CRS", "says EPSG:32653"),
      (
        "<PAMRasterBand band=\"1\"><NoDataValue>7</NoDataValue></PAMRasterBand>", "nodata value",
        "says 7, the raster itself 0"
      ),
    ])
  func auxiliaryWins(text: String, subject: String, said: String) throws {
    let found = try warnings("lc.tif.aux.xml", Self.auxiliary(text))
    #expect(found.map(\.slug) == ["sidecar-contradicts"])
    #expect(found.first?.what.contains(subject) == true)
    #expect(found.first?.what.contains(said) == true)
    #expect(found.first?.what.contains("the sidecar file is followed") == true)
  }

  @Test(
    "a world file, a .prj and a .hdr lose and are told",
    arguments: [
      ("lc.tfw", "30\n0\n0\n-30\n600015\n4799985\n"), ("lc.wld", "100\n0\n0\n-100\n0\n0\n"),
      ("lc.prj", "EPSG:32653"), ("lc.hdr", "ULXMAP 600015\nULYMAP 4799985\nXDIM 30\nYDIM 30\n"),
      ("lc.hdr", "NODATA 255\n"),
    ])
  func rasterWins(name: String, text: String) throws {
    let found = try warnings(name, text)
    #expect(found.map(\.slug) == ["sidecar-contradicts"])
    #expect(found.first?.what.contains("the raster is followed") == true)
  }

  @Test(
    "side files that agree, add or cannot be read say nothing",
    arguments: [
      ("lc.tfw", "100\n0\n0\n-100\n600050\n4799950\n"),
      ("lc.tfw", "100.0000001\n0\n0\n-100\n600050.4\n4799949.7\n"), ("lc.tfw", "rubbish"),
      ("lc.hdr", "ULXMAP 600050\nULYMAP 4799950\nXDIM 100\nYDIM 100\nNODATA 0\n"),
      ("lc.hdr", "ENVI\ndescription = {x}\n"), ("lc.tif.aux.xml", "<PAMDataset>broken"),
      ("lc.tif.aux.xml", auxiliary("<Metadata><MDI key=\"a\">b</MDI></Metadata>")),
      (
        "lc.tif.aux.xml",
        auxiliary(
          "<SRS>EPSG:32652</SRS><GeoTransform>600000,100,0,4800000,0,-100</GeoTransform>"
            + "<PAMRasterBand band=\"1\"><NoDataValue>0</NoDataValue></PAMRasterBand>")
      ),
      // As ArcGIS writes it: another name, the same CRS.
      (
        "lc.prj",
        """
        PROJCS["WGS_1984_UTM_Zone_52N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",
        6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],
        PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],
        PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",129.0],
        PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]
        """
      ),
    ])
  func silent(name: String, text: String) throws {
    #expect(try warnings(name, text).isEmpty)
  }
}
