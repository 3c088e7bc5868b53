import GeoIO
import RasterCore
import RasterLoader
import Reclassification

extension Legend {
  /// The legend of a landscape's land cover.
  ///
  /// - Throws: `.input`: `legend-missing`, `not-a-file`, `bad-legend`; `.usage`, slug `unknown-legend`.
  init(of landscape: Landscape) throws(HabitatError) {
    guard let name = landscape.legend else {
      throw HabitatError(
        .input, "legend-missing", "nothing says what the codes of the land cover mean",
        at: "landcover: \(landscape.landCover?.paths.listed ?? landscape.name)",
        fix: "add --legend NAME; habitat check says which one fits this land cover, and "
          + "habitat legends lists them")
    }
    let isBuiltIn = Legend.builtInNames.contains(name)
    if !isBuiltIn { try FileSystem.refuseSpecialFile(name, at: "legend: \(name)") }
    if !isBuiltIn, case .bytes = FileSystem.size(of: name) {
      self = try Legend(bytes: try FileSystem.contents(of: name), file: name)
    } else {
      self = try Legend.builtIn(named: name)
    }
  }

  /// What each code becomes, with the region's defaults for codes that leave something open.
  ///
  /// Source: the crosswalks' tags; forests of unknown leaf type take `defaultForest`, and where rice is
  /// not grown, codes for it are cultivated land.
  func codeTable(refinedBy refinement: Landscape.Refinement) -> CodeTable {
    @Sendable func settled(_ category: LandCategory) -> LandCategory {
      category == .rice && refinement.excludesRice ? .cultivated : category
    }
    return CodeTable { code in
      switch category(of: code) {
      case .nodata, .byDefault(nil): .nodata
      case .unknown: .unknown
      case .byDefault(.some(let category)):
        LandState(settled(category), flags: LandState.byDefault)
      case .category(let category):
        refined(settled(category), tags: entry(for: code)?.tags ?? [], by: refinement)
      }
    }
  }

  private func refined(
    _ category: LandCategory, tags: Set<String>, by refinement: Landscape.Refinement
  ) -> LandState {
    var (category, flags) = (category, UInt8(0))
    if tags.contains("forest_type") {
      category = refinement.defaultForest ?? category
      flags |= LandState.leafTypeByDefault
    }
    if tags.contains("rice"), !refinement.excludesRice {
      if category == .rice, refinement.ricePossible == false { category = .cultivated }
      flags |= LandState.riceByDefault
    }
    return LandState(category, flags: flags)
  }
}
