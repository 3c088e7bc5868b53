import Foundation
public import RasterCore

extension CellExplanation {
  /// The explanation for people.
  public var text: String {
    var text =
      "\(degrees(place)) on \(datum.shown): column \(column), row \(row), centre \(degrees(centre))\n\n"
    var facts = TextColumns()
    facts.add("Land cover", landCoverText)
    facts.add("Elevation", elevation.map { "\($0) m" } ?? "no value")
    facts.add("Slope", slope.map { "\($0)°" } ?? "no value")
    text += facts.text
    for one in species { text += "\n" + one.text }
    return text
  }

  private var landCoverText: String {
    guard let code else {
      return category == "gap" ? "no tile lies here" : "no value (nodata)"
    }
    let name = label.isEmpty ? "" : " \(label)"
    let defaults =
      decidedByDefault.isEmpty
      ? "" : " (\(decidedByDefault.joined(separator: " and ")) by default)"
    return "code \(code)\(name) → \(category)\(defaults)"
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
  fileprivate var text: String {
    let scoreText = classCode == 0 ? "" : ", score \(score)"
    var text = "\("\(title) (\(name) \(modelVersion))".shown): \(className)\(scoreText)\n"
    var table = TextColumns(numeric: [1, 2, 3, 4])
    table.add("layer", "value", "sub-score", "weight", "loss")
    for layer in layers {
      let unit = layer.unit == "deg" ? "°" : layer.unit.map { " " + $0 } ?? ""
      table.add(
        layer.name, layer.value.map { "\($0)\(unit)" } ?? "",
        layer.subscore.map { $0.formatted(decimals: 2) } ?? "no value",
        layer.weight.formatted(decimals: 3),
        layer.loss.map { $0.isFinite ? $0.formatted(decimals: 4) : "all" } ?? "")
    }
    text += table.text
    if classCode > 0 {
      text += "  limiting: \(limitingName)"
      if let uncappedScore, Double(score) < uncappedScore - 1e-4 {
        text += " (capped from \(uncappedScore.formatted(decimals: 4)))"
      }
      text += "; resistance \(resistance < 0 ? "none: a barrier" : "\(resistance)")\n"
    }
    if !missingLayers.isEmpty {
      text += "  without \(missingLayers.joined(separator: " and ")), which the landscape lacks\n"
    }
    return text
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
              .init("unit", .text(layer.unit)), .init("subscore", number(layer.subscore)),
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
