import Documents
import Foundation
import GeoIO
import RasterCore
import Reclassification
import Reporting

extension ModelSection {
  /// The model of a species as the run kept it.
  ///
  /// - Parameter title: what the run is about.
  /// - Throws: `.input`: `output-changed`, `bad-manifest`; what reading a model throws.
  init(of species: String, in run: FinishedRun, title: String) throws(HabitatError) {
    let name = SpeciesModel.outputName(of: species)
    let data = Data(try FileSystem.contents(of: run.file(name)))
    let model = try SpeciesModel(json5: data, file: name)
    self.init(
      ModelSheet(model, traced: try run.document(name)),
      run: try ModelRun(
        run.manifest, species: species, modelFile: name, crs: try run.crsName(),
        title: title))
  }
}

extension FinishedRun {
  /// The CRS of the run's grid by name.
  fileprivate func crsName() throws(HabitatError) -> String {
    let grid = try Required(try Required(manifest)["grid"])
    return try CoordinateReferenceSystem(userInput: try grid["crs"].string()).name
  }
}

extension ModelSheet {
  /// - Parameter document: the model's file, to whose values the numbers are traced.
  init(_ model: SpeciesModel, traced document: DocumentNode<HabitatError>) {
    func value(_ number: Double, _ path: PathStep...) -> Value {
      // What the file leaves out is a default and has no place in it.
      let figure = document.node(at: path).flatMap { try? Figure($0) }
      return Value(number, figure: figure?.value == number ? figure : nil)
    }
    let curves = model.curveLayers.keys.sorted().compactMap { layer -> Curve? in
      guard let curve = model.curveLayers[layer] else { return nil }
      let knots = curve.curve.knots.enumerated().map { index, knot in
        (
          x: value(knot.x, "layers", .key(layer.key), "curve", .index(index), .index(0)),
          score: value(knot.score, "layers", .key(layer.key), "curve", .index(index), .index(1))
        )
      }
      return Curve(
        layer: layer.key, unit: layer.unit ?? "",
        weight: value(curve.weight, "layers", .key(layer.key), "weight"),
        isOptional: curve.isOptional, knots: knots)
    }
    let overrides = LandCategory.allCases.compactMap {
      category -> (category: LandCategory, resistance: Value?)? in
      switch model.resistance.overrides[category] {
      case .value(let number):
        (category, value(number, "resistance", "overrides", .key(category.key)))
      case .barrier: (category, nil)
      case nil: nil
      }
    }
    self.init(
      species: model.species, title: model.title, version: model.version, sha256: model.sha256,
      landCover: LandCover(
        weight: value(model.landCover.weight, "layers", "landCover", "weight"),
        scores: LandCategory.allCases.map {
          value(model.landCover.score(of: $0), "layers", "landCover", "scores", .key($0.key))
        }),
      curves: curves,
      combination: Combination(
        rule: model.combination.rule.rawValue, hasZeroRule: model.combination.rule.hasZeroRule,
        isCappedByLandCover: model.combination.isCappedByLandCover),
      bounds: [
        value(model.classes.minimum, "classes", "minimum"),
        value(model.classes.medium, "classes", "medium"),
        value(model.classes.maximum, "classes", "maximum"),
      ],
      resistance: Resistance(
        c: value(model.resistance.c, "resistance", "c"),
        maximum: value(model.resistance.maximum, "resistance", "max"), overrides: overrides),
      sources: model.sources.map { Source(subject: $0.subject, text: $0.text) },
      texts: model.documentation.texts)
  }
}

/// A step from a value of a document into one of its parts.
private enum PathStep: ExpressibleByStringLiteral {
  case key(String)
  case index(Int)
  init(stringLiteral key: String) { self = .key(key) }
}

extension DocumentNode<HabitatError> {
  /// The value at the end of a path, `nil` where the document has none.
  fileprivate func node(at path: [PathStep]) -> DocumentNode<HabitatError>? {
    var node = self
    for step in path {
      switch step {
      case .key(let key):
        guard let members = try? node.members(), let member = members[key] else { return nil }
        node = member
      case .index(let index):
        guard let elements = try? node.elements(), elements.indices.contains(index) else {
          return nil
        }
        node = elements[index]
      }
    }
    return node
  }
}
