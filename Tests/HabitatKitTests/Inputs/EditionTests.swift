import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Editions of a land cover") struct EditionTests {
  /// What a check of tiles refuses; each is a name and how many boxes east of the first it lies.
  private func errors(_ tiles: [(name: String, place: Int)]) throws -> [HabitatError] {
    try TemporaryFolder.with { folder in
      for (name, place) in tiles {
        let grid = try Grid.northUp(
          "EPSG:32652", west: 640_000 + Double(place) * 300, north: 4_800_000, step: 100,
          columns: 4, rows: 3)
        try folder.write("", to: name)
        try Raster<UInt8>(columns: 4, rows: 3, filledWith: 1).write(
          to: folder.path(name), on: grid)
      }
      var options = CheckOptions()
      options.inputs.landCover = tiles.map { folder.path($0.name) }
      options.inputs.legend = "ten_categories"
      return try options.check().run().errors
    }
  }

  @Test(
    "two years over one another are refused, with both names",
    arguments: [
      ("lc_2015.tif", "lc_2020.tif"), ("y2015.tif", "y2020.tif"), ("2015/lc.tif", "2020/lc.tif"),
      (
        "ESA_WorldCover_10m_2020_v100_N42E129_Map.tif",
        "ESA_WorldCover_10m_2021_v200_N42E129_Map.tif"
      ),
      ("52T_20200101-20210101.tif", "52T_20210101-20220101.tif"),
      (
        "ESACCI-LC-L4-LCCS-Map-300m-P1Y-2015-v2.0.7.tif",
        "C3S-LC-L4-LCCS-Map-300m-P1Y-2018-v2.1.1.tif"
      ),
      (
        "MCD12Q1.A2019001.h26v04.061.2022169232921.tif",
        "MCD12Q1.A2020001.h26v04.061.2021362223120.tif"
      ),
      ("U2018_CLC2012_V2020_20u1.tif", "U2018_CLC2018_V2020_20u1.tif"),
      (
        "PROBAV_LC100_global_v3.0.1_2018-conso_Discrete-Classification-map_EPSG-4326.tif",
        "PROBAV_LC100_global_v3.0.1_2019-nrt_Discrete-Classification-map_EPSG-4326.tif"
      ),
    ])
  func refused(one: String, other: String) throws {
    let errors = try errors([(one, 0), (other, 0)])
    #expect(errors.map(\.slug) == ["landcover-editions"])
    #expect(errors.first?.what.contains(one.split(separator: "/").last!) == true)
    #expect(errors.first?.what.contains(other.split(separator: "/").last!) == true)
    #expect(errors.first?.fix.contains("--landcover") == true)
  }

  @Test(
    "neighbours, whatever numbers their names hold, and other products are not",
    arguments: [
      ("N2000E0120_2018.tif", "N2010E0120_2018.tif"), ("tile_2001.tif", "tile_2002.tif"),
      ("lc_2015_a.tif", "lc_2020_b.tif"), ("h26v04_2020.tif", "h26v05_2020.tif"),
      (
        "MCD12Q1.A2020001.h26v04.061.2021362223120.tif",
        "MCD12Q1.A2020001.h27v04.061.2021362223999.tif"
      ),
      ("E2000N1990.tif", "E2000N1995.tif"), ("x2001_y2005.tif", "x2001_y2006.tif"),
    ])
  func neighbours(one: String, other: String) throws {
    #expect(try errors([(one, 0), (other, 1)]).isEmpty)
  }

  @Test(
    "a coordinate is no year, though the tiles overlap",
    arguments: [
      ("N2000E0120.tif", "N2010E0120.tif"), ("h2001v2002.tif", "h2001v2003.tif"),
      ("x2001_y2005.tif", "x2001_y2006.tif"), ("2000N0120E.tif", "2010N0120E.tif"),
      ("lc_v1.tif", "lc_v2.tif"), ("sheet_0815.tif", "sheet_4711.tif"),
    ])
  func coordinates(one: String, other: String) throws {
    #expect(try errors([(one, 0), (other, 0)]).isEmpty)
  }
}
