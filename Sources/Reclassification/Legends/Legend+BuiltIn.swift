import Documents
import Foundation
public import RasterCore

extension Legend {
  /// The name of the legend of rasters that hold the ten categories themselves.
  public static let tenCategoriesName = "ten_categories"

  /// The crosswalks that come with the library, in alphabetical order.
  ///
  /// `copernicus_forest_type` is the legend of a refinement layer, not of a land cover.
  public static let builtInNames: [String] = (Array(embedded.keys) + [tenCategoriesName]).sorted()

  /// The crosswalk whose name has the same letters and digits, in whatever case and with whatever signs between
  /// them: `ESA-WorldCover` is `esa_worldcover`.
  public static func builtInName(like name: String) -> String? {
    func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
    return builtInNames.first { plain($0) == plain(name) }
  }

  /// The built-in crosswalk of that name.
  ///
  /// - Throws: `.usage`, slug `unknown-legend`, with the nearest name and the list; `.input`, slug `input-missing`,
  ///   where the name is that of a file.
  public static func builtIn(named name: String) throws(HabitatError) -> Legend {
    if name == tenCategoriesName { return tenCategories }
    guard let bytes = embedded[name] else {
      let isFile = name.contains("/") || name.contains(".")
      if isFile {
        throw HabitatError(
          .input, "input-missing", "there is no file \"\(name)\"", at: "--legend \(name)",
          fix: "check the path, or name a built-in legend: habitat legends")
      }
      let nearest = name.nearest(in: builtInNames).map { "did you mean \($0)? " } ?? ""
      throw HabitatError(
        .usage, "unknown-legend", "there is no legend called \"\(name)\"", at: "--legend \(name)",
        fix: nearest + "built in: \(builtInNames.joined(separator: ", ")); or name a legend file")
    }
    return try Legend(bytes: bytes, name: name, file: "\(name).csv")
  }

  /// Codes 1…10 are the categories; 0 and 255 are nodata.
  public static let tenCategories: Legend = {
    var entries: [Int: Entry] = [:]
    for category in LandCategory.allCases {
      entries[Int(category.rawValue)] = Entry(category: category, label: category.name)
    }
    for code in [0, 255] {
      entries[code] = Entry(category: nil, label: "No data", note: "[nodata]")
    }
    return Legend(name: tenCategoriesName, entries: entries)
  }()

  private static let embedded: [String: [UInt8]] = [
    "copernicus_forest_type": PackageResources.copernicus_forest_type_csv,
    "copernicus_lc100": PackageResources.copernicus_lc100_csv,
    "corine": PackageResources.corine_csv,
    "corine_grid": PackageResources.corine_grid_csv,
    "dynamic_world": PackageResources.dynamic_world_csv,
    "esa_cci_lc": PackageResources.esa_cci_lc_csv,
    "esa_worldcover": PackageResources.esa_worldcover_csv,
    "esri_lulc10": PackageResources.esri_lulc10_csv,
    "from_glc10": PackageResources.from_glc10_csv,
    "glc_fcs30": PackageResources.glc_fcs30_csv,
    "globeland30": PackageResources.globeland30_csv,
    "mcd12c1_igbp": PackageResources.mcd12c1_igbp_csv,
    "modis_igbp": PackageResources.modis_igbp_csv,
    "nlcd": PackageResources.nlcd_csv,
  ]
}
