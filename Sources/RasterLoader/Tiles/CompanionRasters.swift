import Foundation
import Machine

/// Rasters that products ship beside the one that is meant, and layers derived from a DEM: read as heights or
/// class codes, a stack count or a quality flag gives a result that looks like any other.
enum CompanionRasters {
  /// Names are patterns of `fnmatch`, in lower case, of base names without the ending of their format.
  struct Product: Sendable {
    let title: String
    let layer: String
    /// What the raster that is meant is called; without it nothing is a companion. `nil` where the companions'
    /// names alone tell the product.
    let main: String?
    let companions: [String]

    fileprivate static func dem(
      _ title: String, beside main: String? = nil, _ companions: [String]
    ) -> Self {
      .init(title: title, layer: "dem", main: main, companions: companions)
    }

    fileprivate static func landCover(
      _ title: String, beside main: String? = nil, _ companions: [String]
    ) -> Self {
      .init(title: title, layer: "landcover", main: main, companions: companions)
    }
  }

  /// Source: the products' user guides and download pages (AW3D30 v3.2/4.1, ASTER GDEM v3, Copernicus DEM
  /// handbook 5.0, SRTM and NASADEM at LP DAAC, TanDEM-X 90 m, ArcticDEM v4, MERIT Hydro, HydroSHEDS, GEBCO,
  /// ETOPO 2022; WorldCover v200, CGLS-LC100 v3, CCI/C3S v2, MCD12Q1 v6.1, Dynamic World, Annual NLCD).
  static let products: [Product] = [
    .dem("ALOS AW3D30", beside: "*_dsm", ["*_msk", "*_stk"]),
    .dem("ALOS AW3D30", ["alpsmlc30_*_msk", "alpsmlc30_*_stk"]),
    .dem("ASTER GDEM", beside: "*_dem", ["*_num"]),
    .dem("ASTER GDEM", ["astgtm*_num", "astgtm_num*", "astwbd*_att"]),
    .dem("Copernicus DEM", beside: "*_dem", ["*_edm", "*_flm", "*_hem", "*_wbm", "*_acm"]),
    .dem(
      "Copernicus DEM",
      [
        "copernicus_dsm_*_edm", "copernicus_dsm_*_flm", "copernicus_dsm_*_hem",
        "copernicus_dsm_*_wbm",
      ]),
    .dem("SRTM and NASADEM", ["*.num", "*.swb", "*.err", "*.srtmswbd.raw", "srtm_mk_*"]),
    .dem("SRTM and NASADEM", beside: "*_[dh][eg][mt]*", ["*_num", "*_swb", "*_num_doy*"]),
    .dem("SRTM and NASADEM", ["srtmgl*_num*", "nasadem_num*", "nasadem_s[ch]*"]),
    .dem(
      "TanDEM-X", beside: "*_dem",
      ["*_hem", "*_amp", "*_am2", "*_amp2", "*_com", "*_cov", "*_lsm", "*_wam", "*_ipm"]),
    .dem(
      "ArcticDEM and REMA", beside: "*_dem*",
      [
        "*_bitmask", "*_count", "*_countmt", "*_datamask", "*_mad", "*_matchtag", "*_maxdate",
        "*_mindate", "*_browse",
      ]),
    .dem("MERIT Hydro", beside: "*_elv", ["*_dir", "*_upa", "*_upg", "*_wth", "*_hnd"]),
    .dem("HydroSHEDS", beside: "*_dem*", ["*_dir", "*_acc", "*_dir_*", "*_acc_*"]),
    .dem("HydroSHEDS", beside: "*_con*", ["*_dir", "*_acc", "*_dir_*", "*_acc_*"]),
    .dem("GEBCO", ["gebco_*tid*"]),
    .dem("ETOPO", ["etopo*_geoid*", "etopo*_sid*"]),
    .landCover(
      "ESA WorldCover",
      [
        "*worldcover*inputquality*", "*worldcover*input_quality*", "*worldcover*_s2rgbnir",
        "*worldcover*_s1vvvhratio", "*worldcover*_ndvi", "*worldcover*_swir",
        "*worldcover*_gamma0",
      ]),
    .landCover(
      "CGLS-LC100",
      [
        "*lc100*coverfraction*", "*lc100*classification-proba*", "*lc100*forest-type*",
        "*lc100*change-confidence*", "*lc100*data*density*",
      ]),
    .landCover(
      "CGLS-LC100", beside: "*discrete*classification*",
      ["*coverfraction*", "*classification-proba*", "*forest-type*", "*change-confidence*"]),
    .landCover(
      "ESA CCI / C3S land cover",
      [
        "*lccs-map*change_count*", "*lccs-map*processed_flag*", "*lccs-map*current_pixel_state*",
        "*lccs-map*observation_count*", "*lccs-map*quality*flag*",
      ]),
    .landCover(
      "ESA CCI / C3S land cover", beside: "*lccs_class*",
      ["*change_count*", "*processed_flag*", "*current_pixel_state*", "*observation_count*"]),
    .landCover("MODIS MCD12Q1", ["*lc_prop[1-3]_assessment*", "mcd12q1*_qc*", "mcd12q1*_lw*"]),
    .landCover(
      "MODIS MCD12Q1", beside: "*lc_type1*",
      ["*lc_type[2-5]*", "*lc_prop[1-3]*", "*[_.]qc", "*[_.]lw"]),
    .landCover("MODIS MCD12C1", ["mcd12c1*assessment*", "mcd12c1*percent*"]),
    .landCover(
      "Dynamic World", ["*dynamic*world*_prob*", "dw_*_prob*", "*dynamicworld*-prob*"]),
    .landCover(
      "Annual NLCD",
      [
        "annual_nlcd_lndchg_*", "annual_nlcd_lcconf_*", "annual_nlcd_fctimp_*",
        "annual_nlcd_impdsc_*", "annual_nlcd_spcchg_*",
      ]),
  ]

  /// Those among `names`, base names, that are companions of others or of a known product, each with what it
  /// belongs to.
  static func titles(of names: [String], layer: String) -> [String: String] {
    let stems = names.map { (name: $0, stem: $0.rasterStem) }
    var titles: [String: String] = [:]
    for product in products where product.layer == layer {
      let isThere = product.main.map { main in
        stems.contains { $0.stem.matches(main) && !product.holds($0.stem) }
      }
      guard isThere ?? true else { continue }
      for (name, stem) in stems where titles[name] == nil && product.holds(stem) {
        titles[name] = product.title
      }
    }
    let others = stems.filter { titles[$0.name] == nil }
    let known = Set(others.map(\.stem))
    for (name, stem) in others {
      switch layer {
      case "dem" where DerivedTerrain.isNamed(by: stem): titles[name] = DerivedTerrain.title
      case "landcover" where qualifies(stem, among: known):
        titles[name] = "the land cover beside it"
      default: break
      }
    }
    // Where all are called so, the word is part of the region's name.
    let derived = others.filter { titles[$0.name] == DerivedTerrain.title }
    if derived.count == others.count { for (name, _) in derived { titles[name] = nil } }
    return titles
  }

  /// Endings by which a layer about another is told: `lc_quality` beside `lc`.
  private static let qualifiers = [
    "quality", "qualityflag", "flag", "flags", "probability", "proba", "prob", "confidence",
    "uncertainty", "mask", "qa", "qc",
  ]

  private static func qualifies(_ stem: String, among stems: Set<String>) -> Bool {
    qualifiers.contains { word in
      ["_", "-", "."].contains { mark in
        stem.hasSuffix(mark + word) && stems.contains(String(stem.dropLast(word.count + 1)))
      }
    }
  }
}

/// Layers computed from a DEM, by what names and bands say.
public enum DerivedTerrain {
  public static let title = "terrain derived from a DEM"

  private static let words = [
    "hillshade", "shadedrelief", "slope", "aspect", "roughness", "contour", "curvature",
    "ruggedness",
  ]
  private static let shortWords: Set<String> = ["tri", "tpi", "shade"]
  private static let heights: Set<String> = [
    "dem", "dsm", "dtm", "srtm", "hgt", "elevation", "elev", "height", "heights", "altitude",
    "alt",
  ]

  /// Of words for heights and for what is made of them the last one counts: `dem_slope` is a slope and
  /// `north_slope_dem` a DEM.
  static func isNamed(by stem: String) -> Bool {
    for word in stem.split(whereSeparator: { !$0.isLetter }).map(String.init).reversed() {
      if heights.contains(word) { return false }
      if shortWords.contains(word) || words.contains(where: word.hasPrefix) { return true }
    }
    return false
  }

  /// Whether a band says that it holds no heights: by its name, or by counting degrees or per cent.
  public static func isDescribed(by description: String, unit: String) -> Bool {
    let unit = unit.lowercased().filter { $0.isLetter || $0 == "%" || $0 == "°" }
    let angles = ["degree", "degrees", "deg", "°", "radian", "radians", "rad", "percent", "%"]
    return angles.contains(unit) || isNamed(by: description.lowercased())
  }
}

extension String {
  /// The base name in lower case, less the endings of formats and packing.
  var rasterStem: String {
    var parts = baseName.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    while parts.count > 1, let last = parts.last,
      RasterEndings.formats.contains(String(last)) || ["zip", "gz"].contains(last)
    {
      parts.removeLast()
    }
    return parts.joined(separator: ".")
  }

  fileprivate func matches(_ pattern: String) -> Bool {
    FileNamePattern(pattern, sparesHidden: false).matches(self)
  }
}

extension CompanionRasters.Product {
  fileprivate func holds(_ stem: String) -> Bool { companions.contains(where: stem.matches) }
}
