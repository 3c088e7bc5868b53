import RasterCore
import Reclassification

/// The code under which a cell of one species is tallied: its land category and what became of it.
enum CellCode {
  /// Outcomes of a scorer: 0 no land cover, 1…4 a class, 5 no terrain, 6 no distance.
  static let outcomes: UInt8 = 1 << 3
  static let count = 128

  @inline(__always) static func code(category: UInt8, outcome: UInt8) -> UInt8 {
    category &<< 3 | outcome
  }

  /// Sums of `areas`, indexed by code, over all categories.
  static func sum(_ areas: [Double], outcome: UInt8) -> Double {
    stride(from: Int(outcome), to: areas.count, by: Int(outcomes)).reduce(0) { $0 + areas[$1] }
  }

  /// What `areas`, indexed by code, hold of one category.
  static func areas(_ areas: [Double], of category: LandCategory) -> AreaTable.CategoryAreas {
    func area(_ outcome: UInt8) -> Double {
      areas[Int(code(category: category.rawValue, outcome: outcome))]
    }
    return AreaTable.CategoryAreas(
      category: category, parts: SuitabilityClass.allCases.map { area($0.rawValue) },
      nodata: NodataReason.allCases.reduce(0) { $0 + area($1.rawValue) })
  }
}
