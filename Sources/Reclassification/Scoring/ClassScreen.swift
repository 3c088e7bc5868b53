import RasterCore

/// A coarser form of `ClassBrackets` that settles most cells four at a time.
///
/// A bin holds the lower bound of its bracket alone; for all bins of a layer the upper one is at most a
/// width above it. So with X as in `ClassBrackets`, the sum of land cover's own term and the lower
/// bounds is at most X, and X is at most all widths more. Where both ends reach the same bounds the
/// class is certain. Wide bins, where scores are small and their logarithms steep, hold NaN: their
/// cells, like those on either side of a bound and those that lack a value, are left to the brackets.
///
/// As there, additions of up to eight terms of one sign err by less than 2⁻²⁰ of the sum, by which, and by
/// 1e-9, thresholds are widened.
struct ClassScreen: Sendable {
  /// Land cover's own term, by category code 0…255.
  let own: [Float]
  /// Lower bounds, in the places of the brackets.
  let terms: [Float]
  /// Lower bounds at or above certainly reach minimum, medium and maximum.
  let certain: (Float, Float, Float)
  /// Lower bounds below certainly miss them.
  let possible: (Float, Float, Float)
  /// The outcome, by four times the category and the number of bounds that are reached.
  let outcomes: [UInt8]

  /// The greatest width that is not left to the brackets: that which makes the share of wider bins and
  /// the share of cells near a bound least together, values being spread evenly over the bins.
  ///
  /// - Parameter density: of cells near any of the bounds, by width.
  private static func greatestWidth(of widths: [Float], density: Float) -> Float {
    var best = (cost: Float(1), width: Float(0))
    for (wider, width) in widths.sorted(by: >).enumerated() where width.isFinite {
      let cost = Float(wider) / Float(widths.count) + density * width
      if cost < best.cost { best = (cost, width) }
    }
    return best.width
  }

  init(_ model: SpeciesModel, landCoverShare: Double, _ brackets: ClassBrackets) {
    let rule = model.combination.rule
    // Three bounds lie in sums of logarithms from about −2 to 0, or in scores.
    let isLogarithm = rule == .weightedGeometricMean || rule == .product
    let density: Float = isLogarithm ? 3 / 2 : 3 / 100
    var terms = brackets.brackets.map(\.x)
    var widths: [Double] = []
    for bins in brackets.bins {
      let end = bins.offset + ClassBrackets.Bins.count
      // Infinite bounds that are equal have no width.
      let layer = brackets.brackets[bins.offset..<end].map { $0.x == $0.y ? 0 : $0.y - $0.x }
      let greatest = Self.greatestWidth(of: layer, density: density)
      for (place, width) in zip(bins.offset..<end, layer) where width > greatest {
        terms[place] = .nan
      }
      // A difference of floats is off by half a unit at most.
      widths.append(Double(greatest.nextUp))
    }
    let ownTerms = (0..<256).map { category -> Double in
      guard landCoverShare > 0, 1...10 ~= category else { return rule == .minimum ? .infinity : 0 }
      return rule.term(of: model.landCover.scores[category - 1], share: landCoverShare)
    }
    own = ownTerms.map { term in
      term.isFinite ? Float(term - abs(term) * 1e-12).roundedOutward(.down) : Float(term)
    }
    widths.append(
      zip(ownTerms, own).reduce(0) { $1.0.isFinite ? max($0, $1.0 - Double($1.1)) : $0 })
    let width = rule == .minimum ? widths.max()! : widths.reduce(0, +)
    let ends = model.classes.all.map { bound -> (certain: Float, possible: Float) in
      let threshold = rule.threshold(of: bound)
      guard threshold.isFinite else { return (Float(threshold), Float(threshold)) }
      let margin = (abs(threshold) + width) * 0x1p-20 + 1e-9
      return (
        Float(threshold + margin).roundedOutward(.up),
        Float(threshold - margin - width).roundedOutward(.down)
      )
    }
    certain = (ends[0].certain, ends[1].certain, ends[2].certain)
    possible = (ends[0].possible, ends[1].possible, ends[2].possible)
    outcomes = (0..<256).flatMap { category -> [UInt8] in
      let row = brackets.rows[category]
      guard row.settled == ClassBrackets.open else {
        return [UInt8](repeating: row.settled, count: 4)
      }
      return (0..<4).map { reached in
        SuitabilityClass.notSuitable.rawValue + min(UInt8(reached), row.limit)
      }
    }
    self.terms = terms
  }
}
