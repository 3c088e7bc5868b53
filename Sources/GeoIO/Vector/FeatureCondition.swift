import CGDAL
import RasterCore

/// A condition that features meet, in OGR's SQL or, for databases, in their own.
///
/// Databases paste it into a query of theirs and stop reading where a statement ends, so that what follows
/// would be left out without a word. They also take queries within it, which may never end: a condition
/// holds none, so that it is decided feature by feature,
/// and calls no function that may say another thing the next time.
struct FeatureCondition {
  let text: String

  /// - Throws: `.input`, slug `bad-condition`, for what is no condition whatever the layer.
  init(_ text: String, at location: String) throws(HabitatError) {
    self.text = text
    guard let fault = Self.fault(in: text) else { return }
    throw HabitatError(
      .input, "bad-condition", "the condition \(fault): \(text.shortened(to: 120).shown)",
      at: location, fix: Self.fix)
  }

  private static let fix = "write one OGR SQL condition, such as name = 'x'"

  /// Has `layer` of `dataset` hand out only the features that meet the condition.
  ///
  /// - Throws: `.input`, slug `bad-condition`.
  func apply(
    to layer: OGRLayerH, of dataset: borrowing VectorDataset, at location: String
  ) throws(HabitatError) {
    let isExtract = dataset.isOpenStreetMap
    try reportingFailures(
      .input, "bad-condition", "it is no condition for these features", at: location, fix: Self.fix
    ) { log -> Void? in
      // In parentheses, so that what follows a condition in a query, such as a LIMIT, is none.
      guard unsafe OGR_L_SetAttributeFilter(layer, "(\(text))") == OGRERR_NONE else { return nil }
      // Databases look at a condition only when they are asked for rows; extracts cannot be counted.
      if !isExtract { unsafe _ = OGR_L_GetFeatureCount(layer, 1) }
      return log.messages.isEmpty ? () : nil
    }
  }

  private static func fault(in text: String) -> String? {
    if text.allSatisfy(\.isWhitespace) { return "is empty" }
    guard let tokens = ConditionToken.tokens(of: text) else {
      return "lacks a closing quote (within a text it is doubled: 'O''Brien')"
    }
    if tokens.contains(.mark(";")) { return "is followed by another statement" }
    if tokens.contains(.mark("\0")) { return "holds a zero byte" }
    if tokens.contains(.comment) { return "holds a comment" }
    if tokens.contains(.word("select")) { return "holds a query of its own" }
    var depth = 0
    for token in tokens where depth >= 0 {
      depth += token == .mark("(") ? 1 : token == .mark(")") ? -1 : 0
    }
    return depth == 0
      ? ConditionFunctions.fault(in: tokens) : "has parentheses without their counterparts"
  }
}
