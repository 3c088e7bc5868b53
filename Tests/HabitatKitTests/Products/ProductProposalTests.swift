import Reclassification
import Testing

@testable import HabitatKit

/// Names are those under which the products are distributed; no raster is needed to tell them.
@Suite("Land-cover products by name, metadata and codes") struct ProductProposalTests {
  private func legends(
    names: [String] = ["classes.tif"], descriptions: [String] = [], codes: Set<Int>? = nil
  ) throws -> [String] {
    try ProductProposal.proposals(names: names, descriptions: descriptions, codes: codes)
      .map(\.legend)
  }

  static let names: [(name: String, legend: String)] = [
    ("ESA_WorldCover_10m_2021_v200_N42E129_Map.tif", "esa_worldcover"),
    ("ESACCI-LC-L4-LCCS-Map-300m-P1Y-2015-v2.0.7.tif", "esa_cci_lc"),
    ("C3S-LC-L4-LCCS-Map-300m-P1Y-2020-v2.1.1.nc", "esa_cci_lc"),
    ("NETCDF:\"/data/C3S-LC-L4-LCCS-Map-300m-P1Y-2020-v2.1.1.nc\":lccs_class", "esa_cci_lc"),
    (
      "PROBAV_LC100_global_v3.0.1_2019-nrt_Discrete-Classification-map_EPSG-4326.tif",
      "copernicus_lc100"
    ),
    ("MCD12Q1.A2019001.h26v04.061.2022169160720.hdf", "modis_igbp"),
    ("HDF4_EOS:EOS_GRID:\"a/MCD12Q1.A2019001.h26v04.061.hdf\":MCD12Q1:LC_Type1", "modis_igbp"),
    ("MCD12Q1.061_LC_Type1_doy2019001_aid0001.tif", "modis_igbp"),
    ("MCD12C1.A2019001.061.2022170020638.hdf", "mcd12c1_igbp"),
    ("n51_35_2020lc030.tif", "globeland30"), ("GLC_FCS30_2020_E130N45.tif", "glc_fcs30"),
    ("GLC_FCS30D_20002022_E130N45_Annual_V1.1.tif", "glc_fcs30"),
    ("DynamicWorld_2021_primorye.tif", "dynamic_world"),
    ("52T_20210101-20220101.tif", "esri_lulc10"), ("52T-2021.tif", "esri_lulc10"),
    ("U2018_CLC2018_V2020_20u1.tif", "corine_grid"),
    ("nlcd_2019_land_cover_l48_20210604.img", "nlcd"),
    ("Annual_NLCD_LndCov_2021_CU_C1V0.tif", "nlcd"), ("fromglc10v01_42_130.tif", "from_glc10"),
  ]

  @Test("a name as it is distributed tells the product", arguments: names)
  func byName(name: String, legend: String) throws {
    #expect(try legends(names: ["some/folder/" + name]).contains(legend), "\(name)")
    #expect(try legends(names: [name]).count <= 2)
  }

  @Test(
    "other layers that come with a product, and other names, tell none",
    arguments: [
      "C3S-LC-L4-LCCS-Map-300m-P1Y-2018-v2.1.1-N79W180-change_count.tif",
      "NETCDF:\"C3S-LC-L4-LCCS-Map-300m-P1Y-2020-v2.1.1.nc\":processed_flag",
      "HDF4_EOS:EOS_GRID:\"MCD12Q1.A2019001.h26v04.061.hdf\":MCD12Q1:LC_Type2",
      "HDF4_EOS:EOS_GRID:\"MCD12C1.A2019001.061.hdf\":MOD12C1:Majority_Land_Cover_Type_2",
      "PROBAV_LC100_global_v3.0.1_2019-nrt_Forest-Type-layer_EPSG-4326.tif",
      "worldcover/scan.tif", "52T.tif", "52T_2021-a.tif", "habitat.tif",
    ])
  func byOtherName(name: String) throws { #expect(try legends(names: [name]) == []) }

  @Test(
    "metadata tell the product whatever the file is called",
    arguments: [
      ("product ESA WorldCover 10m 2021", "esa_worldcover"),
      ("title Land Cover Map of ESA CCI LCCS", "esa_cci_lc"),
      ("lccs_class#long_name Land cover class defined in LCCS", "esa_cci_lc"),
      ("title Copernicus Global Land Cover discrete", "copernicus_lc100"),
      ("LOCALGRANULEID MCD12Q1.A2019001.h26v04", "modis_igbp"),
      ("long_name Majority_Land_Cover_Type_1", "mcd12c1_igbp"),
      ("source GlobeLand30 V2020", "globeland30"), ("product GLC_FCS30", "glc_fcs30"),
      ("id GOOGLE/DYNAMICWORLD/V1", "dynamic_world"),
      ("provider Impact Observatory", "esri_lulc10"), ("TIFFTAG CORINE Land Cover", "corine_grid"),
      ("layer NLCD Land Cover Class", "nlcd"), ("name FROM-GLC10", "from_glc10"),
    ])
  func byMetadata(text: String, legend: String) throws {
    #expect(try legends(descriptions: [text]).contains(legend))
  }

  private func classes(of name: String) throws -> Set<Int> {
    let legend = try Legend.builtIn(named: name)
    return Set(legend.codes.filter { legend.entry(for: $0)?.category != nil })
  }

  @Test(
    "all classes of a legend, and nothing else, tell it before any that has others",
    // The forest type of CGLS-LC100 refines a land cover and is none itself.
    arguments: Legend.builtInNames.filter { $0 != "copernicus_forest_type" })
  func byCodes(legend: String) throws {
    let codes = try classes(of: legend)
    let found = try legends(codes: codes)
    #expect(found.contains(legend))
    // GlobeLand30 and FROM-GLC10 have the same codes.
    for other in found.prefix(while: { $0 != legend }) {
      #expect(try classes(of: other) == codes, "\(other)")
    }
  }

  @Test("a code that no legend has takes the products away", arguments: [77_777, -5])
  func unknownCode(code: Int) throws {
    #expect(try legends(codes: [code]) == [])
  }
}
