public import RasterCore

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

  @inline(__always)
  private func classify<Rule: Joining>(
    _ rule: Rule.Type, _ categories: Span<UInt8>, _ elevation: Span<Float>, _ slope: Span<Float>,
    _ roads: Span<Float>, _ settlements: Span<Float>, _ outcomes: inout MutableSpan<UInt8>
  ) {
    unsafe elevation.withUnsafeBufferPointer { elevation in
      unsafe slope.withUnsafeBufferPointer { slope in
        unsafe roads.withUnsafeBufferPointer { roads in
          unsafe settlements.withUnsafeBufferPointer { settlements in
            let classifier = unsafe RowClassifier<Rule>(
              self, elevation: elevation.baseAddress, slope: slope.baseAddress,
              roads: roads.baseAddress, settlements: settlements.baseAddress)
            unsafe categories.withUnsafeBufferPointer { categories in
              unsafe outcomes.withUnsafeMutableBufferPointer { outcomes in
                guard let source = categories.baseAddress, let target = outcomes.baseAddress
                else { return }
                unsafe classifier.classify(categories.count, source, into: target)
              }
            }
          }
        }
      }
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
