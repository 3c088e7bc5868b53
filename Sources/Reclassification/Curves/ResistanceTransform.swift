import Documents
import Foundation
public import RasterCore

/// The resistance to movement that follows from a score.
///
/// R = max − (max − 1)·(1 − e^(−c·h)) / (1 − e^(−c)) with h = score / 100; a straight line as c → 0.
///
/// Source: Keeley, Beier and Gagnon (2016), *Landscape Ecology* 31, 2151.
public struct ResistanceTransform: Hashable, Sendable {
  /// A value that replaces the computed one in a category.
  public enum Override: Hashable, Sendable {
    case value(Double)
    /// Impassable; no value in the raster, as Circuitscape reads it.
    case barrier
  }

  /// The value of nodata cells and barriers in rasters.
  public static let nodata: Float = -1

  public let c: Double
  /// Resistance at score 0, at least 1.
  public let maximum: Double
  public let overrides: [LandCategory: Override]

  /// - Parameters: `c` ≥ 0 and `maximum` ≥ 1, finite; values of overrides ≥ 1.
  public init(c: Double = 4, maximum: Double = 100, overrides: [LandCategory: Override] = [:]) {
    precondition(c >= 0 && c.isFinite && maximum >= 1 && maximum.isFinite)
    (self.c, self.maximum, self.overrides) = (c, maximum, overrides)
  }

  /// The resistance of a score without overrides, 1…`maximum`.
  public func resistance(ofScore score: Double) -> Double {
    let h = score / 100
    // Below this the quotient is h to the last bit, and 0/0 is near.
    let share = c < 1e-12 ? h : expm1(-c * h) / expm1(-c)
    return max(1, maximum - (maximum - 1) * share)
  }

  /// The resistance of a cell that has a score; `nil` at a barrier.
  ///
  /// - Parameter score: the score as rounded.
  public func resistance(ofScore score: Double, in category: LandCategory) -> Double? {
    switch overrides[category] {
    case .value(let value): value
    case .barrier: nil
    case nil: resistance(ofScore: score)
    }
  }
}

extension ResistanceTransform {
  init(_ node: DocumentNode<HabitatError>) throws(HabitatError) {
    let members = try node.members(known: ["transform", "c", "max", "overrides"])
    if let transform = members["transform"], try transform.string() != "negativeExponential" {
      throw transform.failure(
        "unknown transform \"\(try transform.string())\"",
        fix: "write \"negativeExponential\"; c: 0 makes it a straight line")
    }
    var overrides: [LandCategory: Override] = [:]
    if let table = members["overrides"] {
      let byKey = try table.members(known: LandCategory.allCases.map(\.key))
      for category in LandCategory.allCases {
        guard let entry = byKey[category.key] else { continue }
        if case .string(let word) = entry.value {
          guard word == "barrier" else {
            throw entry.failure(
              "\(entry.path) is \"\(word)\"", fix: "write a number of 1 or more, or \"barrier\"")
          }
          overrides[category] = .barrier
        } else {
          overrides[category] = .value(try entry.number(in: 1...1e9, "a resistance of 1 or more"))
        }
      }
    }
    self.init(
      c: try members["c"]?.number(in: 0...500, "0…500") ?? 4,
      maximum: try members["max"]?.number(in: 1...1e9, "a resistance of 1 or more") ?? 100,
      overrides: overrides)
  }
}
