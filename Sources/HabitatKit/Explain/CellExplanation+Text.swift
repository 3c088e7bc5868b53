public import Documents
import Foundation
public import RasterCore
import Styles

extension CellExplanation {
  /// The explanation for people, in lines as long as they are.
  public var text: String { text(on: .file) }

  /// The explanation for people.
  public func text(on page: TextPage) -> String {
    var facts = TextColumns()
    facts.add("Place asked for", "\(degrees(place)) (longitude, latitude on \(datum))")
    facts.add("Cell", "column \(column), row \(row), its centre at \(degrees(centre))")
    facts.add("Land cover", landCoverText)
    facts.add("Elevation", elevation.map { "\(Double($0).formatted(decimals: 1)) m" } ?? "no value")
    facts.add("Slope", slope.map { "\(Double($0).formatted(decimals: 1))°" } ?? "no value")
    var text = facts.text(on: page)
    for one in species { text += "\n" + one.text(landCover: categoryName, on: page) }
    let legendPage = TextPage(width: min(page.width ?? Self.legendWidth, Self.legendWidth))
    return text + "\n" + Self.legend.map { legendPage.folded($0) + "\n" }.joined()
  }

  /// What the columns of the tables mean.
  private static let legend = [
    "sub-score  how well the layer's value suits the species, 0 (not at all) to 100 (fully)",
    "weight     the layer's share in the score; the weights sum to 1",
    "loss       what the layer takes from the score: -weight · ln(sub-score / 100). 0 takes nothing; a "
      + "sub-score of 0 takes \"all\". The layer with the largest loss limits the place, but for a "
      + "score that land cover caps: then that does.",
    "Score and class are those of the rasters of a run; other numbers are rounded, --format json has all "
      + "digits.",
  ]

  /// Columns of the legend's lines where no terminal has fewer.
  private static let legendWidth = 100

  private var landCoverText: String {
    guard let code else {
      return category == "gap" ? "no tile lies here" : "no value (nodata)"
    }
    let name = label.isEmpty ? "" : " (\(label))"
    let defaults =
      decidedByDefault.isEmpty
      ? "" : "; \(decidedByDefault.joined(separator: " and ")) settled by default"
    return "\(categoryName), from code \(code)\(name)\(defaults)"
  }

  /// The category for people.
  private var categoryName: String {
    switch category {
    case "nodata": "no value (nodata)"
    case "gap": "no tile"
    case "unknown": "a code that the legend lacks"
    default: LandCategory(key: category)?.name ?? category
    }
  }

  private func degrees(_ point: Point) -> String {
    "\(point.x.formatted(decimals: 6)), \(point.y.formatted(decimals: 6))"
  }

  /// The explanation for scripts.
  public var json: JSONValue {
    func number(_ value: Float?) -> JSONValue { value.map { .literal("\($0)") } ?? .null }
    return .object([
      .init("longitude", .number(place.x)), .init("latitude", .number(place.y)),
      .init("datum", .string(datum)), .init("column", .number(Double(column))),
      .init("row", .number(Double(row))),
      .init("centre", .array([.number(orText: centre.x), .number(orText: centre.y)])),
      .init(
        "land_cover",
        .object([
          .init("code", code.map { .number(Double($0)) } ?? .null), .init("label", .string(label)),
          .init("category", .string(category)),
          .init("decided_by_default", .array(decidedByDefault.map { .string($0) })),
        ])), .init("elevation_m", number(elevation)), .init("slope_deg", number(slope)),
      .init("species", .array(species.map(\.json))),
    ])
  }
}

extension CellExplanation.Species {
  /// - Parameter category: of the cell's land cover, for people.
  fileprivate func text(landCover category: String, on page: TextPage) -> String {
    var text = page.folded("\(title) (\(name) \(modelVersion))".shown) + "\n"
    text += mark(on: page) + page.folded("  \(outcomeText)\n").dropFirst(page.hasColours ? 2 : 0)
    var table = TextColumns(numeric: [2, 3, 4], hasHeader: true)
    table.add("layer", "value", "sub-score", "weight", "loss")
    for layer in layers {
      table.add(
        layer.name, layer.unit == nil ? category : layer.valueText,
        layer.subscore.map { $0.formatted(decimals: 2) } ?? "no value",
        layer.weight.formatted(decimals: 3),
        layer.loss.map { $0.isFinite ? $0.formatted(decimals: 4) : "all" } ?? "–")
    }
    text += table.text(on: page)
    if !missingLayers.isEmpty {
      let missing = MissingLayers(layers: missingLayers, species: name)
      text += page.folded("  Scored without \(missing.names); the score is \(missing.effect).\n")
    }
    return text
  }

  /// The colour of the class in the place of the margin, where there are colours.
  private func mark(on page: TextPage) -> String {
    guard page.hasColours else { return "" }
    let colour = UInt8(exactly: classCode).flatMap { ColourLegend.suitabilityClasses.colours[$0] }
    return colour.map { page.painted("■ ", .colour($0)) } ?? "  "
  }

  /// The class, the score, what limits it and the resistance.
  private var outcomeText: String {
    guard classCode > 0 else { return className }
    var text = "\(className): score \(score) of 100"
    if let uncappedScore, Double(score) < uncappedScore - 1e-4 {
      text += ", kept down to the land cover's sub-score"
      text += " (else \(uncappedScore.formatted(decimals: 4)))"
    }
    text += limitingCode == 6 ? "; nothing limits it" : "; limited by \(limitingName.lowercased())"
    return text + "; resistance "
      + (resistance < 0 ? "none: a barrier" : Double(resistance).formatted(decimals: 1))
  }

  fileprivate var json: JSONValue {
    func number(_ value: Double?) -> JSONValue {
      value.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
    }
    return .object([
      .init("species", .string(name)), .init("title", .string(title)),
      .init("model_version", .string(modelVersion)),
      .init(
        "layers",
        .array(
          layers.map { layer in
            .object([
              .init("layer", .string(layer.key)),
              .init("value", layer.value.map { .literal("\($0)") } ?? .null),
              .init("at_least", .boolean(layer.isAtLeast)), .init("unit", .text(layer.unit)),
              .init("subscore", number(layer.subscore)),
              .init("weight", .number(layer.weight)), .init("loss", number(layer.loss)),
            ])
          })),
      .init("layers_missing", .array(missingLayers.map { .string($0) })),
      .init("uncapped_score", number(uncappedScore)), .init("score", .literal("\(score)")),
      .init("class", .number(Double(classCode))), .init("class_name", .string(className)),
      .init("limiting", .number(Double(limitingCode))),
      .init("limiting_name", .string(limitingName)),
      .init("resistance", .literal("\(resistance)")),
    ])
  }
}

extension CellExplanation.LayerPart {
  /// The value with its unit; metres of a distance are whole.
  fileprivate var valueText: String {
    guard let value else { return "no value" }
    if unit == "deg" { return Double(value).formatted(decimals: 1) + "°" }
    let decimals = key == "elevation" ? 1 : 0
    return (isAtLeast ? "at least " : "") + Double(value).grouped(decimals: decimals)
      + (unit.map { " " + $0 } ?? "")
  }
}
