import RasterLoader
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
  /// Parts of names of other layers that come with the product: quality flags, other classifications.
  var others: [String] = []
  let origin: ProductOrigin

  /// Names by which each product is distributed. CORINE and MODIS have two legends each; the codes tell.
  static let all: [LandCoverProduct] = [
    .init(
      legend: "esa_worldcover", title: "ESA WorldCover 10 m", names: ["worldcover"],
      words: ["worldcover"],
      origin: .init(
        attribution: "© ESA WorldCover project {year} / Contains modified Copernicus Sentinel data "
          + "({year}) processed by ESA WorldCover consortium", licence: "CC BY 4.0",
        url: "https://esa-worldcover.org")),
    .init(
      legend: "esa_cci_lc", title: "ESA CCI / C3S land cover 300 m",
      names: ["esaccilc", "c3slc", "ccilc", "lccsclass", "lccsmap"],
      words: ["lccs", "ccilandcover", "climatechangeinitiative", "c3slandcover"],
      others: ["changecount", "processedflag", "currentpixelstate", "observationcount"],
      origin: .init(
        attribution:
          "ESA Climate Change Initiative Land Cover, led by UCLouvain; Copernicus Climate "
          + "Change Service", url: "https://doi.org/10.24381/cds.006f2c9a")),
    .init(
      legend: "copernicus_lc100", title: "Copernicus Global Land Cover 100 m (CGLS-LC100)",
      names: ["lc100", "cglslc", "discreteclassification"],
      words: ["lc100", "copernicusgloballand"],
      others: ["foresttype", "coverfraction", "classificationproba", "changeconfidence"],
      origin: .init(
        attribution: "Copernicus Global Land Service, Land Cover 100 m (Buchhorn et al.)",
        licence: "CC BY 4.0", url: "https://doi.org/10.5281/zenodo.3939050")),
    .init(
      legend: "modis_igbp", title: "MODIS MCD12Q1, IGBP classes", names: ["mcd12q1", "lctype1"],
      words: ["mcd12q1", "lctype1"],
      others: ["lctype2", "lctype3", "lctype4", "lctype5", "lcprop", "mcd12q1qc", "mcd12q1lw"],
      origin: nasaLandCover),
    .init(
      legend: "mcd12c1_igbp", title: "MODIS MCD12C1, IGBP classes", names: ["mcd12c1"],
      words: ["mcd12c1", "majoritylandcovertype1"],
      others: [
        "landcovertype2", "landcovertype3", "typepercent", "assessment",
      ], origin: nasaLandCover),
    .init(
      legend: "globeland30", title: "GlobeLand30", names: ["globeland", "lc030"],
      words: ["globeland"],
      origin: .init(attribution: "National Geomatics Center of China (NGCC)")),
    .init(
      legend: "glc_fcs30", title: "GLC_FCS30 30 m", names: ["glcfcs30"], words: ["glcfcs30"],
      origin: .init(
        attribution:
          "Aerospace Information Research Institute, Chinese Academy of Sciences (Zhang et al.)"
      )),
    .init(
      legend: "dynamic_world", title: "Dynamic World V1", names: ["dynamicworld", "dwv1"],
      words: ["dynamicworld"],
      origin: .init(
        attribution: "Dynamic World by Google and the World Resources Institute; contains modified "
          + "Copernicus Sentinel data", licence: "CC BY 4.0", url: "https://dynamicworld.app")),
    .init(
      legend: "esri_lulc10", title: "Esri / Impact Observatory land use 10 m",
      names: ["esrilulc", "lulc10", "iolulc", "sentinel2lulc", "esrilandcover"],
      words: ["impactobservatory", "esrilulc", "esrilandcover"],
      origin: .init(
        attribution: "Impact Observatory, Microsoft and Esri", licence: "CC BY 4.0",
        url: "https://livingatlas.arcgis.com/landcover/")),
    .init(
      legend: "corine", title: "CORINE Land Cover, 3-digit codes",
      names: ["corine", "clc20", "clc"],
      words: ["corine", "clccode"], origin: copernicusLand),
    .init(
      legend: "corine_grid", title: "CORINE Land Cover, grid codes 1…44",
      names: ["corine", "clc20", "clc19"], words: ["corine"], origin: copernicusLand),
    .init(
      legend: "nlcd", title: "NLCD 30 m", names: ["nlcd"], words: ["nlcd"],
      origin: .init(
        attribution: "U.S. Geological Survey, Multi-Resolution Land Characteristics Consortium",
        licence: "public domain", url: "https://www.mrlc.gov")),
    .init(
      legend: "from_glc10", title: "FROM-GLC10", names: ["fromglc"], words: ["fromglc"],
      origin: .init(attribution: "Tsinghua University (Gong et al.)")),
    .init(
      legend: "ten_categories", title: "the ten categories of this program", names: [], words: [],
      origin: .init()),
  ]

  private static let nasaLandCover = ProductOrigin(
    attribution: "NASA LP DAAC (Friedl and Sulla-Menashe)", licence: "no restriction on use",
    url: "https://lpdaac.usgs.gov")
  private static let copernicusLand = ProductOrigin(
    attribution:
      "© European Union, Copernicus Land Monitoring Service, European Environment Agency",
    licence: "free of charge with attribution", url: "https://land.copernicus.eu")

  /// Whether a file or a raster of a container is of the product and no other layer that comes with it.
  func isNamed(by path: String) -> Bool {
    let name = path.rasterName
    guard !others.contains(where: name.plain.contains) else { return false }
    return names.contains(where: name.plain.contains)
      || legend == "esri_lulc10" && Self.isEsriTile(name)
  }

  /// Esri's tiles are named for their UTM zone and years: `52T_20200101-20210101.tif`, `52T-2021.tif`.
  private static func isEsriTile(_ name: String) -> Bool {
    let parts = name.prefix { $0 != "." }.split(whereSeparator: { "_-".contains($0) })
    guard parts.count >= 2, (2...3).contains(parts[0].count), let band = parts[0].last,
      band.isLetter, parts[0].dropLast().allSatisfy(\.isNumber)
    else { return false }
    let years = parts.dropFirst()
    return years.allSatisfy { $0.allSatisfy(\.isNumber) }
      && (years.count == 1 && years[1].count == 4 || years.count == 2 && years[1].count == 8)
  }
}

extension String {
  /// Letters and digits in lower case: what is left of a name however it is punctuated.
  var plain: String { lowercased().filter { $0.isLetter || $0.isNumber } }

  /// What names a raster: the file's base name and, of `DRIVER:"file":raster`, the raster's behind it.
  var rasterName: String {
    let parts = split(separator: "\"", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return baseName }
    return String(parts[1]).baseName + parts[2]
  }
}
