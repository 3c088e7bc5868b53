/// What a scorer reads of a run of cells, one value a cell; a layer may be empty where it is not needed.
public struct CellValues: Sendable {
  /// 1…10, anything else is nodata.
  public var categories: [UInt8]
  /// Metres; NaN is missing, here and in the next ones.
  public var elevation: [Float]
  /// Degrees.
  public var slope: [Float]
  /// Metres.
  public var roads: [Float]
  /// Metres.
  public var settlements: [Float]

  public init(
    categories: [UInt8], elevation: [Float] = [], slope: [Float] = [], roads: [Float] = [],
    settlements: [Float] = []
  ) {
    (self.categories, self.elevation, self.slope) = (categories, elevation, slope)
    (self.roads, self.settlements) = (roads, settlements)
  }
}

/// Scores, resistances and limiting factors of a run of cells; empty where they were not asked for.
public struct CellResults: Sendable {
  /// 0…100, −1 for nodata.
  public var scores: [Float] = []
  /// At least 1, −1 for nodata and barriers.
  public var resistances: [Float] = []
  /// 1…6, 0 for nodata.
  public var limiting: [UInt8] = []
}

extension SuitabilityScorer {
  /// The outcome codes of cells; see `classify`.
  public func outcomes(of cells: CellValues) -> [UInt8] {
    var outcomes = [UInt8](repeating: 0, count: cells.categories.count)
    var span = outcomes.mutableSpan
    classify(
      categories: cells.categories.span, elevation: cells.elevation.span,
      slope: cells.slope.span, roads: cells.roads.span, settlements: cells.settlements.span,
      into: &span)
    return outcomes
  }

  /// The results of cells that are asked for; see `fill`.
  public func results(
    of cells: CellValues, scores: Bool = false, resistances: Bool = false, limiting: Bool = false
  ) -> CellResults {
    let count = cells.categories.count
    var scoreValues = [Float](repeating: 0, count: scores ? count : 0)
    var resistanceValues = [Float](repeating: 0, count: resistances ? count : 0)
    var limitingCodes = [UInt8](repeating: 0, count: limiting ? count : 0)
    var scoreSpan = scoreValues.mutableSpan
    var resistanceSpan = resistanceValues.mutableSpan
    var limitingSpan = limitingCodes.mutableSpan
    fill(
      categories: cells.categories.span, elevation: cells.elevation.span,
      slope: cells.slope.span, roads: cells.roads.span, settlements: cells.settlements.span,
      scores: &scoreSpan, resistances: &resistanceSpan, limiting: &limitingSpan)
    return CellResults(
      scores: scoreValues, resistances: resistanceValues, limiting: limitingCodes)
  }
}
