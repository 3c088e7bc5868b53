import RasterCore

/// The score from which a category takes a place, one for each park, blended across the border.
///
/// Each is the quantile that gives the category its share of the park, counted on every third cell
/// of every third row, among the cells no earlier category took.
struct CoverThresholds: Sendable {
  /// In the order of `CoverScores.order`: for Land of the Leopard and its surroundings, and for the
  /// other park and its.
  private(set) var values: [(east: Double, west: Double)] = []

  /// Per cent by code 1…10, to be normalised.
  ///
  /// Source: the assumed landscape of the project's species models, section 6.
  static let shares: [[Double]] = [
    [58, 20, 1, 6, 8, 1, 0.5, 3, 0.7, 1.8], [52, 34, 5, 1.2, 1.5, 0.5, 0.3, 4.3, 0.5, 0.7],
  ]

  /// A cell of a park, with its scores and its share of the western thresholds.
  struct Sample: Sendable {
    let park: Int
    let blend: Double
    let scores: [Double]
    let isWater: Bool
  }

  init(samples: [Sample]) {
    let counts = Park.all.indices.map { park in samples.count { $0.park == park } }
    var free = samples.filter { !$0.isWater }
    for (index, category) in CoverScores.order.enumerated() {
      let wanted = Park.all.indices.map { park in
        let shares = Self.shares[park]
        let share = shares[Int(category.rawValue) - 1] / shares.reduce(0, +)
        return Int((share * Double(counts[park])).rounded())
      }
      var (east, west) = (0.0, 0.0)
      // Each park's threshold moves the other's near the border: a few rounds settle both.
      for round in 0..<6 {
        let isFirst = round == 0
        east = Self.quantile(
          free.filter { $0.park == 0 }.map { sample in
            let b = isFirst ? 0 : min(sample.blend, 0.95)
            return (sample.scores[index] - b * west) / (1 - b)
          }, wanted[0])
        west = Self.quantile(
          free.filter { $0.park == 1 }.map { sample in
            let b = isFirst ? 1 : max(sample.blend, 0.05)
            return (sample.scores[index] - (1 - b) * east) / b
          }, wanted[1])
      }
      values.append((east, west))
      free.removeAll { $0.scores[index] > threshold(index, blend: $0.blend) }
    }
  }

  func threshold(_ index: Int, blend: Double) -> Double {
    values[index].east + blend * (values[index].west - values[index].east)
  }

  /// The category of dry land with these scores.
  func category(_ scores: [Double], blend: Double) -> LandCategory {
    for (index, category) in CoverScores.order.enumerated()
    where scores[index] > threshold(index, blend: blend) {
      return category
    }
    return .forestBroadleaf
  }

  /// The value that `count` of `values` exceed.
  private static func quantile(_ values: [Double], _ count: Int) -> Double {
    let sorted = values.sorted(by: >)
    return sorted[min(count, sorted.count - 1)]
  }
}
