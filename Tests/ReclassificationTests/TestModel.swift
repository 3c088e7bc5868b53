import Foundation
import RasterCore
import Reclassification
import TestSupport

/// A small model whose curves give back x over 0…100, to be bent by tests.
struct TestModel {
  var rule = "weightedGeometricMean"
  var isCapped = true
  var landCoverWeight = 1.0
  var weight = 1.0
  var layers: [Layer] = [.elevation, .slope, .roads, .settlements]
  var optional: Set<Layer> = []
  var scores: [Double] = [5, 15, 25, 35, 45, 55, 65, 75, 85, 100]
  var curve = "[[0, 0], [100, 100]]"
  var bounds = [30.0, 60, 80]
  var resistance = "{}"

  var text: String {
    let table = LandCategory.allCases.map { "\($0.key): \(scores[Int($0.rawValue) - 1])" }
    let curves = layers.map {
      "\($0.key): { weight: \(weight), unit: \"\($0.unit ?? "")\", curve: \(curve), "
        + "optional: \(optional.contains($0)) },"
    }
    return """
      {
        species: "test",
        combine: { rule: "\(rule)", cap: \(isCapped ? "\"landCover\"" : "null") },
        layers: {
          landCover: { weight: \(landCoverWeight), scores: { \(table.joined(separator: ", ")) } },
          \(curves.joined(separator: "\n"))
        },
        classes: { minimum: \(bounds[0]), medium: \(bounds[1]), maximum: \(bounds[2]) },
        resistance: \(resistance),
      }
      """
  }

  func model() throws -> SpeciesModel {
    try SpeciesModel(json5: Data(text.utf8), file: "test.json")
  }
}

/// Random inputs that repeat for a seed.
struct RandomInputs {
  var generator: SeededGenerator
  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func double(in range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &generator)
  }
  mutating func int(in range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }
}
