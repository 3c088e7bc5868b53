import RasterCore

extension SuitabilityScorer {
  /// The outcome codes of a row of cells: 1…4 a class, 0 nodata of the land cover, 5 no elevation or
  /// slope, 6 another layer missing.
  ///
  /// The same as `evaluate`, cell for cell; see `ClassBrackets` for why.
  ///
  /// - Parameters:
  ///   - categories: 1…10, anything else is nodata.
  ///   - elevation: metres, NaN where missing; as the next ones as long as `categories`, or empty
  ///     where the scorer does not need the layer.
  ///   - slope: degrees.
  ///   - roads: metres.
  ///   - settlements: metres.
  ///   - outcomes: as long as `categories`.
  public func classify(
    categories: Span<UInt8>, elevation: Span<Float>, slope: Span<Float>, roads: Span<Float>,
    settlements: Span<Float>, into outcomes: inout MutableSpan<UInt8>
  ) {
    precondition(outcomes.count == categories.count, "a row of outcomes is as long as its cells")
    check(elevation, .elevation, categories.count)
    check(slope, .slope, categories.count)
    check(roads, .roads, categories.count)
    check(settlements, .settlements, categories.count)
    switch model.combination.rule {
    case .minimum:
      classify(Least.self, categories, elevation, slope, roads, settlements, &outcomes)
    case .weightedGeometricMean, .weightedMean, .product:
      classify(Sum.self, categories, elevation, slope, roads, settlements, &outcomes)
    }
  }

  /// Scores, resistances and limiting factors of a row of cells; an empty span is not wanted.
  ///
  /// - Parameters:
  ///   - scores: 0…100, −1 for nodata.
  ///   - resistances: at least 1, −1 for nodata and barriers.
  ///   - limiting: 1…6, 0 for nodata.
  ///
  /// The other parameters are those of `classify`.
  public func fill(
    categories: Span<UInt8>, elevation: Span<Float>, slope: Span<Float>, roads: Span<Float>,
    settlements: Span<Float>, scores: inout MutableSpan<Float>,
    resistances: inout MutableSpan<Float>, limiting: inout MutableSpan<UInt8>
  ) {
    let count = categories.count
    precondition(
      [scores.count, resistances.count, limiting.count].allSatisfy { $0 == 0 || $0 == count })
    check(elevation, .elevation, count)
    check(slope, .slope, count)
    check(roads, .roads, count)
    check(settlements, .settlements, count)
    for index in categories.indices {
      let category = categories[index]
      let suitability = evaluate(
        category,
        SIMD4(
          elevation.isEmpty ? .nan : Double(elevation[index]),
          slope.isEmpty ? .nan : Double(slope[index]),
          roads.isEmpty ? .nan : Double(roads[index]),
          settlements.isEmpty ? .nan : Double(settlements[index])))
      if !scores.isEmpty {
        scores[index] = suitability.score.map { Float($0) } ?? ResistanceTransform.nodata
      }
      if !resistances.isEmpty {
        resistances[index] =
          resistance(of: suitability, in: category).map { Float($0) }
          ?? ResistanceTransform.nodata
      }
      if !limiting.isEmpty { limiting[index] = suitability.limiting?.rawValue ?? 0 }
    }
  }

  /// The resistance of an evaluated cell; `nil` for nodata and barriers.
  public func resistance(of suitability: Suitability, in category: UInt8) -> Double? {
    guard let score = suitability.score, let category = LandCategory(rawValue: category) else {
      return nil
    }
    return model.resistance.resistance(ofScore: score, in: category)
  }

  /// A caller's bug otherwise.
  private func check(_ values: Span<Float>, _ layer: Layer, _ count: Int) {
    if needs(layer) {
      precondition(values.count == count, "\(layer.key) is needed for every cell of the row")
    }
  }
}

/// How the brackets of the layers join.
private protocol Joining {
  typealias Bracket = ClassBrackets.Bracket
  static func join(_ left: Bracket, _ right: Bracket) -> Bracket
}

private enum Sum: Joining {
  @inline(__always) static func join(_ left: Bracket, _ right: Bracket) -> Bracket { left + right }
}

private enum Least: Joining {
  @inline(__always) static func join(_ left: Bracket, _ right: Bracket) -> Bracket {
    left.replacing(with: right, where: right .< left)
  }
}

extension SuitabilityScorer {
  @inline(__always)
  private func classify<Rule: Joining>(
    _ rule: Rule.Type, _ categories: Span<UInt8>, _ elevation: Span<Float>, _ slope: Span<Float>,
    _ roads: Span<Float>, _ settlements: Span<Float>, _ outcomes: inout MutableSpan<UInt8>
  ) {
    let rowArray = self.brackets.rows
    let rows = rowArray.span
    let bracketArray = self.brackets.brackets
    let brackets = bracketArray.span
    let bins = self.brackets.bins
    let (elevationBins, slopeBins, roadBins, settlementBins) = (bins[0], bins[1], bins[2], bins[3])
    for index in categories.indices {
      let row = rows[Int(categories[index])]
      guard row.settled == ClassBrackets.open else {
        outcomes[index] = row.settled
        continue
      }
      let (first, second) = (
        elevationBins.isUsed ? elevation[index] : 0, slopeBins.isUsed ? slope[index] : 0
      )
      let (third, fourth) = (
        roadBins.isUsed ? roads[index] : 0, settlementBins.isUsed ? settlements[index] : 0
      )
      let joined = Rule.join(
        Rule.join(
          brackets[elevationBins.index(of: first)], brackets[slopeBins.index(of: second)]),
        Rule.join(
          brackets[roadBins.index(of: third)], brackets[settlementBins.index(of: fourth)]))
      // 1 for each threshold certainly reached and 16 for each that may be, without branches.
      let certain = SIMD4<Float>(repeating: 0).replacing(
        with: 1, where: SIMD4(repeating: joined[0]) .>= row.certain)
      let possible = SIMD4<Float>(repeating: 0).replacing(
        with: 16, where: SIMD4(repeating: joined[1]) .>= row.possible)
      let reached = ((certain + possible).sum() + 0x1p23).bitPattern & 0xFF
      // The sum is NaN where a value is missing.
      guard reached & 15 == reached >> 4, !(first + second + third + fourth).isNaN else {
        outcomes[index] = exactOutcome(
          categories[index], SIMD4(first, second, third, fourth))
        continue
      }
      outcomes[index] =
        SuitabilityClass.notSuitable.rawValue + UInt8(truncatingIfNeeded: reached >> 4)
    }
  }

  /// Values of layers that take no part are never looked at.
  @inline(never) private func exactOutcome(_ category: UInt8, _ values: SIMD4<Float>) -> UInt8 {
    evaluate(category, SIMD4<Double>(values)).outcome.code
  }
}
