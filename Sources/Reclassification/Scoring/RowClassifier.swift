import RasterCore

/// Classes a row of cells: four at a time by `ClassPlane` or `ClassScreen`, what these leave open one by
/// one.
@safe struct RowClassifier<Rule: Joining, let layerCount: Int> {
  let scorer: SuitabilityScorer
  /// In the order of the scorer's terms.
  let layers: InlineArray<layerCount, LayerValues>
  private let certain: (Float, Float, Float)
  private let possible: (Float, Float, Float)

  /// The values of one layer.
  @safe struct LayerValues {
    private let values: UnsafePointer<Float>
    let bins: ClassBrackets.Bins

    init(_ values: UnsafePointer<Float>, _ bins: ClassBrackets.Bins) {
      unsafe self.values = values
      self.bins = bins
    }

    @inline(__always) subscript(_ index: Int) -> Float { unsafe values[index] }

    /// Four cells' values.
    @inline(__always) func four(at index: Int) -> SIMD4<Float> {
      unsafe UnsafeRawPointer(values + index).loadUnaligned(as: SIMD4<Float>.self)
    }

    /// Joins four cells' terms to `sum`; `check` becomes NaN where a value or its term is.
    @inline(__always) func join(
      _ index: Int, _ terms: UnsafePointer<Float>, to sum: inout SIMD4<Float>,
      _ check: inout SIMD4<Float>
    ) {
      let four = four(at: index)
      let places = bins.indices(of: four)
      let joined = unsafe SIMD4(
        terms[Int(places.x)], terms[Int(places.y)], terms[Int(places.z)], terms[Int(places.w)])
      sum = Rule.join(sum, joined)
      check += four + joined
    }
  }

  /// - Parameter values: of a row each, in the order of the scorer's terms.
  init(_ scorer: SuitabilityScorer, _ values: [UnsafePointer<Float>]) {
    self.scorer = scorer
    (certain, possible) = (scorer.screen.certain, scorer.screen.possible)
    let bins = scorer.brackets.bins
    layers = InlineArray { unsafe LayerValues(values[$0], bins[$0]) }
  }

  func classify(
    _ count: Int, _ categories: UnsafePointer<UInt8>, into outcomes: UnsafeMutablePointer<UInt8>
  ) {
    if let plane = scorer.plane {
      unsafe classify(count, categories, by: plane, into: outcomes)
    } else {
      unsafe screen(count, categories, into: outcomes)
    }
  }

  private func screen(
    _ count: Int, _ categories: UnsafePointer<UInt8>, into outcomes: UnsafeMutablePointer<UInt8>
  ) {
    unsafe scorer.withTables { own, terms, classes, rows, brackets in
      let whole = count & ~3
      for index in stride(from: 0, to: whole, by: 4) {
        let (a, b) = unsafe (Int(categories[index]), Int(categories[index &+ 1]))
        let (c, d) = unsafe (Int(categories[index &+ 2]), Int(categories[index &+ 3]))
        var sum = unsafe SIMD4(own[a], own[b], own[c], own[d])
        var check = SIMD4<Float>.zero
        for number in 0..<layerCount { unsafe layers[number].join(index, terms, to: &sum, &check) }
        let reached = Self.count(sum, certain)
        let reachable = Self.count(sum, possible)
        let isOpen = (reached .!= reachable) .| (check .!= check)
        unsafe outcomes[index] = classes[4 &* a &+ Int(reached.x)]
        unsafe outcomes[index &+ 1] = classes[4 &* b &+ Int(reached.y)]
        unsafe outcomes[index &+ 2] = classes[4 &* c &+ Int(reached.z)]
        unsafe outcomes[index &+ 3] = classes[4 &* d &+ Int(reached.w)]
        guard any(isOpen) else { continue }
        for lane in 0..<4 where isOpen[lane] {
          // What land cover allows may settle the class still.
          let category = unsafe 4 * Int(categories[index + lane])
          let classes = unsafe (
            classes[category + Int(reached[lane])], classes[category + Int(reachable[lane])]
          )
          if classes.0 == classes.1 && check[lane] == check[lane] { continue }
          unsafe outcomes[index + lane] = outcome(
            categories[index + lane], index + lane, rows, brackets)
        }
      }
      for index in whole..<count {
        unsafe outcomes[index] = outcome(categories[index], index, rows, brackets)
      }
    }
  }

  /// How many of three bounds are reached.
  @inline(__always)
  private static func count(
    _ sum: SIMD4<Float>, _ bounds: (Float, Float, Float)
  ) -> SIMD4<UInt32> {
    let (none, one) = (SIMD4<UInt32>.zero, SIMD4<UInt32>(repeating: 1))
    return none.replacing(with: one, where: sum .>= bounds.0)
      &+ none.replacing(with: one, where: sum .>= bounds.1)
      &+ none.replacing(with: one, where: sum .>= bounds.2)
  }

  /// One cell by its brackets, and by an exact evaluation where they lie on both sides of a bound.
  @inline(never)
  func outcome(
    _ category: UInt8, _ index: Int, _ rows: UnsafePointer<ClassBrackets.Row>,
    _ brackets: UnsafePointer<ClassBrackets.Bracket>
  ) -> UInt8 {
    let row = unsafe rows[Int(category)]
    guard row.settled == ClassBrackets.open else { return row.settled }
    var (joined, check) = unsafe (brackets[0], Float.zero)
    for number in 0..<layerCount {
      let layer = layers[number]
      let value = layer[index]
      joined = unsafe Rule.join(joined, brackets[layer.bins.index(of: value)])
      // NaN where a value is missing.
      check += value
    }
    if !check.isNaN, let outcome = row.outcome(of: joined) { return outcome }
    let values = InlineArray<layerCount, Double> { Double(layers[$0][index]) }
    return scorer.evaluate(category, values.span).outcome.code
  }
}

extension SuitabilityScorer {
  /// Passes the tables of `ClassScreen` and `ClassBrackets` to `body`; a loop over them then neither
  /// counts references nor checks bounds, all indices being those of bytes and bins.
  @inline(__always)
  func withTables(
    _ body: (
      _ own: UnsafePointer<Float>, _ terms: UnsafePointer<Float>, _ classes: UnsafePointer<UInt8>,
      _ rows: UnsafePointer<ClassBrackets.Row>, _ brackets: UnsafePointer<ClassBrackets.Bracket>
    ) -> Void
  ) {
    unsafe screen.own.withUnsafeBufferPointer { own in
      unsafe screen.terms.withUnsafeBufferPointer { terms in
        unsafe screen.outcomes.withUnsafeBufferPointer { classes in
          unsafe brackets.rows.withUnsafeBufferPointer { rows in
            unsafe brackets.brackets.withUnsafeBufferPointer { brackets in
              guard let own = own.baseAddress, let terms = terms.baseAddress,
                let classes = classes.baseAddress, let rows = rows.baseAddress,
                let brackets = brackets.baseAddress
              else { return }
              unsafe body(own, terms, classes, rows, brackets)
            }
          }
        }
      }
    }
  }
}

/// How the terms of the layers join: added, or the least of them.
protocol Joining {
  static func join<Terms: SIMD<Float>>(_ left: Terms, _ right: Terms) -> Terms
}

enum Sum: Joining {
  @inline(__always)
  static func join<Terms: SIMD<Float>>(_ left: Terms, _ right: Terms) -> Terms { left + right }
}

enum Least: Joining {
  @inline(__always)
  static func join<Terms: SIMD<Float>>(_ left: Terms, _ right: Terms) -> Terms {
    left.replacing(with: right, where: right .< left)
  }
}
