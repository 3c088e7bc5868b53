import Reclassification

/// A land-cover product as its files give it away.
struct LandCoverProduct: Sendable {
  /// The built-in legend of its codes.
  let legend: String
  let title: String
  /// Parts of file names, in lower case, without blanks, hyphens and underscores.
  let names: [String]
  /// Words of metadata, likewise.
  let words: [String]

  /// Names by which each product is distributed. CORINE and MODIS have two legends each; the codes tell.
  static let all: [LandCoverProduct] = [
    .init(
      legend: "esa_worldcover", title: "ESA WorldCover 10 m", names: ["worldcover"],
      words: ["worldcover"]),
    .init(
      legend: "esa_cci_lc", title: "ESA CCI / C3S land cover 300 m",
      names: ["esaccilc", "c3slc", "ccilc", "lccsclass", "lccsmap"],
      words: ["lccs", "ccilandcover", "climatechangeinitiative", "c3slandcover"]),
    .init(
      legend: "copernicus_lc100", title: "Copernicus Global Land Cover 100 m (CGLS-LC100)",
      names: ["lc100", "cglslc", "discreteclassification"],
      words: ["lc100", "copernicusgloballand"]),
    .init(
      legend: "modis_igbp", title: "MODIS MCD12Q1, IGBP classes", names: ["mcd12q1", "lctype1"],
      words: ["mcd12q1", "lctype1"]),
    .init(
      legend: "mcd12c1_igbp", title: "MODIS MCD12C1, IGBP classes", names: ["mcd12c1"],
      words: ["mcd12c1", "majoritylandcovertype1"]),
    .init(
      legend: "globeland30", title: "GlobeLand30", names: ["globeland", "lc030"],
      words: ["globeland"]),
    .init(
      legend: "glc_fcs30", title: "GLC_FCS30 30 m", names: ["glcfcs30"], words: ["glcfcs30"]),
    .init(
      legend: "dynamic_world", title: "Dynamic World V1", names: ["dynamicworld"],
      words: ["dynamicworld"]),
    .init(
      legend: "esri_lulc10", title: "Esri / Impact Observatory land use 10 m",
      names: ["esrilulc", "lulc10", "iolulc", "sentinel2lulc", "esrilandcover"],
      words: ["impactobservatory", "esrilulc", "esrilandcover"]),
    .init(
      legend: "corine", title: "CORINE Land Cover, 3-digit codes",
      names: ["corine", "clc20", "clc"],
      words: ["corine", "clccode"]),
    .init(
      legend: "corine_grid", title: "CORINE Land Cover, grid codes 1…44",
      names: ["corine", "clc20", "clc19"], words: ["corine"]),
    .init(legend: "nlcd", title: "NLCD 30 m", names: ["nlcd"], words: ["nlcd"]),
    .init(
      legend: "from_glc10", title: "FROM-GLC10", names: ["fromglc"], words: ["fromglc"]),
    .init(
      legend: "ten_categories", title: "the ten categories of this program", names: [], words: []),
  ]

  /// Esri's tiles are named for their UTM zone and years: `52T_20200101-20210101.tif`.
  static func isEsriTile(_ name: String) -> Bool {
    let parts = name.split(separator: "_")
    guard parts.count >= 2, (2...3).contains(parts[0].count), let band = parts[0].last,
      band.isLetter, parts[0].dropLast().allSatisfy(\.isNumber)
    else { return false }
    let years = parts[1].prefix { $0 != "." }.split(separator: "-")
    return years.count == 2 && years.allSatisfy { $0.count == 8 && $0.allSatisfy(\.isNumber) }
  }
}

extension String {
  /// Letters and digits in lower case: what is left of a name however it is punctuated.
  var plain: String { lowercased().filter { $0.isLetter || $0.isNumber } }
}
