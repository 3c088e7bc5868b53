public import RasterCore

extension SuitabilityScorer {
  /// The outcome codes of a run of cells: 1…4 a class, 0 nodata of the land cover, 5 no elevation or
  /// slope, 6 another layer missing.
  ///
  /// The same as `evaluate`, cell for cell; see `ClassBrackets` for why.
  ///
  /// - Parameters:
  ///   - run: indices into `cells`, which has a value of each of these cells for every layer that the
  ///     scorer needs.
  ///   - outcomes: as long as `run`.
  public func classify(
    _ run: Range<Int>, of cells: CellValues, into outcomes: inout MutableSpan<UInt8>
  ) {
    precondition(outcomes.count == run.count, "a run of outcomes is as long as its cells")
    check(run, of: cells)
    switch model.combination.rule {
    case .minimum: classify(Least.self, run, cells, &outcomes)
    case .weightedGeometricMean, .weightedMean, .product:
      classify(Sum.self, run, cells, &outcomes)
    }
  }

  private func classify<Rule: Joining>(
    _ rule: Rule.Type, _ run: Range<Int>, _ cells: CellValues,
    _ outcomes: inout MutableSpan<UInt8>
  ) {
    guard !run.isEmpty else { return }
    unsafe cells.categories.withUnsafeBufferPointer { categories in
      unsafe outcomes.withUnsafeMutableBufferPointer { outcomes in
        guard let source = categories.baseAddress, let target = outcomes.baseAddress else { return }
        unsafe withValues(from: run.lowerBound, of: cells) { values in
          let (count, first) = unsafe (run.count, source + run.lowerBound)
          // A number that the compiler knows: loops over the layers of a cell leave no trace.
          switch terms.count {
          case 0: unsafe RowClassifier<Rule, 0>(self, values).classify(count, first, into: target)
          case 1: unsafe RowClassifier<Rule, 1>(self, values).classify(count, first, into: target)
          case 2: unsafe RowClassifier<Rule, 2>(self, values).classify(count, first, into: target)
          case 3: unsafe RowClassifier<Rule, 3>(self, values).classify(count, first, into: target)
          case 4: unsafe RowClassifier<Rule, 4>(self, values).classify(count, first, into: target)
          case 5: unsafe RowClassifier<Rule, 5>(self, values).classify(count, first, into: target)
          default: preconditionFailure("a model has at most five layers beside land cover")
          }
        }
      }
    }
  }

  /// Scores, resistances and limiting factors of a run of cells; an empty span is not wanted.
  ///
  /// - Parameters:
  ///   - run: as for `classify`.
  ///   - scores: 0…100, −1 for nodata.
  ///   - resistances: at least 1, −1 for nodata and barriers.
  ///   - limiting: codes of `LimitingFactor`, 0 for nodata.
  public func fill(
    _ run: Range<Int>, of cells: CellValues, scores: inout MutableSpan<Float>,
    resistances: inout MutableSpan<Float>, limiting: inout MutableSpan<UInt8>
  ) {
    precondition(
      [scores.count, resistances.count, limiting.count].allSatisfy { $0 == 0 || $0 == run.count })
    check(run, of: cells)
    unsafe withValues(from: run.lowerBound, of: cells) { planes in
      var values = [Double](repeating: .nan, count: terms.count)
      for index in 0..<run.count {
        let category = cells.categories[run.lowerBound + index]
        for number in values.indices { values[number] = unsafe Double(planes[number][index]) }
        let suitability = evaluate(category, values.span)
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
  }

  /// The resistance of an evaluated cell; `nil` for nodata and barriers.
  public func resistance(of suitability: Suitability, in category: UInt8) -> Double? {
    guard let score = suitability.score, let category = LandCategory(rawValue: category) else {
      return nil
    }
    return model.resistance.resistance(ofScore: score, in: category)
  }

  /// A caller's bug otherwise.
  private func check(_ run: Range<Int>, of cells: CellValues) {
    precondition(
      run.lowerBound >= 0 && run.upperBound <= cells.categories.count, "a run lies among its cells")
    for term in terms {
      precondition(
        cells.planes[term.layer, default: []].count >= run.upperBound,
        "\(term.layer.key) is needed for every cell of the run")
    }
  }

  /// Passes to `body` where the values of the terms' layers begin at a cell, in the order of the terms.
  ///
  /// All planes are there, see `check`; they are held one within the other until the last is found.
  private func withValues(
    from cell: Int, of cells: CellValues, _ found: [UnsafePointer<Float>] = unsafe [],
    _ body: ([UnsafePointer<Float>]) -> Void
  ) {
    guard unsafe found.count < terms.count,
      let plane = cells.planes[unsafe terms[found.count].layer]
    else {
      unsafe body(found)
      return
    }
    unsafe plane.withUnsafeBufferPointer { plane in
      guard let start = plane.baseAddress else { return }
      unsafe withValues(from: cell, of: cells, found + [start + cell], body)
    }
  }
}
