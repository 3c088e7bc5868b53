import RasterCore
import RasterLoader
import TestSupport
import Testing

/// File names are those of the products' download pages.
@Suite("Companions of products") struct CompanionRastersTests {
  private func select(
    _ names: [String], layer: String, as path: String = "*", in folder: TemporaryFolder
  ) throws -> TilePaths.Selection {
    for name in names { try folder.write("", to: name) }
    return try TilePaths.select([folder.path(path)], layer: layer)
  }

  @Test(
    "those of a DEM are left out, with the product's name",
    arguments: [
      (
        ["ALPSMLC30_N043E131_DSM.tif"],
        ["ALPSMLC30_N043E131_MSK.tif", "ALPSMLC30_N043E131_STK.tif"], "ALOS AW3D30"
      ),
      (["N043E131_AVE_DSM.tif"], ["N043E131_AVE_MSK.tif", "N043E131_AVE_STK.tif"], "ALOS AW3D30"),
      (["ASTGTMV003_N43E131_dem.tif"], ["ASTGTMV003_N43E131_num.tif"], "ASTER GDEM"),
      (
        ["Copernicus_DSM_COG_10_N43_00_E131_00_DEM.tif"],
        [
          "Copernicus_DSM_COG_10_N43_00_E131_00_EDM.tif",
          "Copernicus_DSM_COG_10_N43_00_E131_00_FLM.tif",
          "Copernicus_DSM_COG_10_N43_00_E131_00_HEM.tif",
          "Copernicus_DSM_COG_10_N43_00_E131_00_WBM.tif",
        ], "Copernicus DEM"
      ),
      (["n43e131.hgt"], ["n43e131.num", "n43e131.swb"], "SRTM and NASADEM"),
      (
        ["NASADEM_NC.001_NASADEM_HGT_doy2000042_aid0001.tif"],
        ["NASADEM_NUMNC.001_NASADEM_NUM_doy2000042_aid0001.tif"], "SRTM and NASADEM"
      ),
      (
        ["TDM1_DEM__30_N43E131_DEM.tif"],
        ["TDM1_DEM__30_N43E131_COV.tif", "TDM1_DEM__30_N43E131_IPM.tif"], "TanDEM-X"
      ),
      (
        ["12_34_10m_v4.1_dem.tif"], ["12_34_10m_v4.1_count.tif", "12_34_10m_v4.1_datamask.tif"],
        "ArcticDEM and REMA"
      ),
      (
        ["dem.tif"], ["dem_slope.tif", "Hillshade.tif", "aspect-deg.tif", "dem_TRI.tif"],
        "terrain derived from a DEM"
      ),
    ])
  func elevation(tiles: [String], companions: [String], title: String) throws {
    try TemporaryFolder.with { folder in
      let found = try select(tiles + companions, layer: "dem", in: folder)
      #expect(Set(found.tiles.map(\.baseName)) == Set(tiles))
      #expect(Set(found.companions.map(\.path.baseName)) == Set(companions))
      #expect(found.companions.allSatisfy { $0.title == title })
    }
  }

  @Test(
    "those of a land cover are left out",
    arguments: [
      (
        "ESA_WorldCover_10m_2021_v200_N42E129_Map.tif",
        ["ESA_WorldCover_10m_2021_v200_N42E129_InputQuality.tif"]
      ),
      (
        "PROBAV_LC100_global_v3.0.1_2019-nrt_Discrete-Classification-map_EPSG-4326.tif",
        [
          "PROBAV_LC100_global_v3.0.1_2019-nrt_Discrete-Classification-proba_EPSG-4326.tif",
          "PROBAV_LC100_global_v3.0.1_2019-nrt_Forest-Type-layer_EPSG-4326.tif",
          "PROBAV_LC100_global_v3.0.1_2019-nrt_Tree-CoverFraction-layer_EPSG-4326.tif",
        ]
      ),
      (
        "MCD12Q1.061_LC_Type1_doy2021001_aid0001.tif",
        [
          "MCD12Q1.061_LC_Prop2_Assessment_doy2021001_aid0001.tif",
          "MCD12Q1.061_LC_Type2_doy2021001_aid0001.tif", "MCD12Q1.061_QC_doy2021001_aid0001.tif",
        ]
      ),
      ("lc.tif", ["lc_mask.tif", "lc-confidence.tif", "lc_qa.tif"]),
    ])
  func landCover(tile: String, companions: [String]) throws {
    try TemporaryFolder.with { folder in
      let found = try select([tile] + companions, layer: "landcover", in: folder)
      #expect(found.tiles.map(\.baseName) == [tile])
      #expect(found.companions.count == companions.count)
      // The forest type is a layer of its own where it is asked for.
      #expect(
        try TilePaths.select([folder.path("*")], layer: "forest-type").tiles.count
          == companions.count + 1)
    }
  }

  @Test(
    "names that only look so stay tiles",
    arguments: [
      ("dem", ["north_slope_dem.tif", "brooks_range_dem.tif"]),
      ("dem", ["slope_north.tif", "slope_south.tif"]), ("dem", ["num_1.tif", "msk.tif"]),
      ("dem", ["trieste.tif", "aspen.tif"]), ("landcover", ["slope.tif", "lc.tif"]),
      ("landcover", ["mask.tif", "lc.tif"]), ("landcover", ["north_mask.tif", "south_mask.tif"]),
      ("landcover", ["MCD12Q1_LC_Type2_a.tif", "MCD12Q1_LC_Type2_b.tif"]),
      ("dem", ["N043E131_DSM.tif", "N043E132_DSM.tif"]),
    ])
  func kept(layer: String, names: [String]) throws {
    try TemporaryFolder.with { folder in
      let found = try select(names, layer: layer, in: folder)
      #expect(found.tiles.count == names.count && found.companions.isEmpty)
    }
  }

  @Test("a file named by its own path is taken as given") func named() throws {
    try TemporaryFolder.with { folder in
      let names = ["a_dem.tif", "a_num.tif"].map { folder.path($0) }
      for name in ["a_dem.tif", "a_num.tif", "b_num.tif"] { try folder.write("", to: name) }
      #expect(try TilePaths.select(names, layer: "dem").tiles == names)
      let both = try TilePaths.select(names + [folder.path("*")], layer: "dem")
      #expect(both.tiles == names && both.companions.map(\.path.baseName) == ["b_num.tif"])
    }
  }

  @Test("companions without what they belong to are refused") func alone() throws {
    try TemporaryFolder.with { folder in
      let error = #expect(throws: HabitatError.self) {
        try select(["ALPSMLC30_N043E131_STK.tif"], layer: "dem", in: folder)
      }
      #expect(error?.slug == "no-tiles" && error?.what.contains("_STK.tif") == true)
    }
  }

  @Test(
    "a band that says it holds angles is no DEM",
    arguments: [
      ("Slope", "", true), ("", "degrees", true), ("aspect", "", true), ("", "%", true),
      ("", "m", false), ("elevation", "metre", false), ("", "", false), ("Band 1", "ft", false),
    ])
  func described(description: String, unit: String, isDerived: Bool) {
    #expect(DerivedTerrain.isDescribed(by: description, unit: unit) == isDerived)
  }
}
