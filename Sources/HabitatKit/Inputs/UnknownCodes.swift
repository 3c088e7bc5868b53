import RasterCore
import RasterLoader

extension HabitatError {
  /// Codes of the land cover that the legend lacks: what a run and a check refuse alike.
  ///
  /// - Parameters:
  ///   - codes: ascending, each with its km².
  ///   - proposals: products that the land cover may be of, the likeliest first.
  static func unknownCodes(
    _ codes: [(code: Int, area: Double)], legend: String, in tiles: [RasterTile],
    _ proposals: [ProductProposal]
  ) -> HabitatError {
    let shown = codes.prefix(20).map { "\($0.code) (\($0.area.grouped(decimals: 3)) km²)" }
    let more = codes.count > 20 ? " and \(codes.count - 20) more" : ""
    // A nodata value that no cell can hold leaves the true mark of "no value" among the codes.
    let isUndeclared = tiles.contains(where: \.hasImpossibleNodata) && codes.first?.code == 0
    let fitting = proposals.filter { $0.unknownCodes.isEmpty && $0.legend != legend }
    // Of several that know the codes only a name or metadata can tell which it is.
    let right = fitting.first(where: \.isStrong) ?? (fitting.count == 1 ? fitting[0] : nil)
    return HabitatError(
      .input, "unknown-code",
      "the legend \(legend) has no line for these codes of the land cover: "
        + shown.joined(separator: ", ") + more,
      at: "landcover: \(tiles.map(\.path).listed)",
      fix: (isUndeclared
        ? "the declared nodata value cannot occur: if 0 marks \"no value\", add --nodata landcover=0; else "
        : "")
        + (right.map { "--legend \($0.legend) has them, if this is \($0.title); else " } ?? "")
        + "choose the legend of the product (habitat legends), add the codes to a legend of your own, "
        + "or give it a DEFAULT")
  }
}
