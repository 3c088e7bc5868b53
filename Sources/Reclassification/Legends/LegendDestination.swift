import Documents
import RasterCore

/// The right-hand side of a rule.
enum LegendDestination: Hashable {
  case category(LandCategory)
  case nodata
  case passThrough

  /// `nil` for nodata, and for codes that are passed through.
  var category: LandCategory? {
    guard case .category(let category) = self else { return nil }
    return category
  }
}

extension LegendSource {
  /// What a category, its number or a word for nodata stands for.
  ///
  /// - Parameters:
  ///   - passThrough: the word for "leave the code as it is", if the form has one.
  ///   - nodata: a number that means it, beside 0 and 255, as in `ten_categories`.
  func destination(
    _ text: String, line: Int, passThrough: String? = nil, nodata: Int? = nil
  ) throws(HabitatError) -> LegendDestination {
    if let number = Int(text) {
      if [0, 255, nodata].contains(number) { return .nodata }
      if let category = UInt8(exactly: number).flatMap(LandCategory.init(rawValue:)) {
        return .category(category)
      }
      throw failure(
        "there is no category \(number)", line: line, fix: "write 1…10, or 0 for nodata")
    }
    let word = text.lowercased()
    if let passThrough, word == passThrough.lowercased() { return .passThrough }
    if ["nodata", "no_data", "null"].contains(word) { return .nodata }
    if let category = LandCategory(key: word) { return .category(category) }
    let keys = LandCategory.allCases.map(\.key) + ["nodata"]
    throw failure(
      text.isEmpty ? "the rule has no right-hand side" : "there is no category \"\(text)\"",
      line: line,
      fix: word.nearest(in: keys).map { "did you mean \($0)?" }
        ?? "write 0…10 or a key: \(keys.joined(separator: ", "))")
  }
}
