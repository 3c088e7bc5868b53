public import RasterCore

/// Scores, resistances and limiting factors of a run of cells; empty where they were not asked for.
public struct CellResults: Sendable {
  /// 0…100, −1 for nodata.
  public var scores: [Float] = []
  /// At least 1, −1 for nodata and barriers.
  public var resistances: [Float] = []
  /// Codes of `LimitingFactor`, 0 for nodata.
  public var limiting: [UInt8] = []
}

extension SuitabilityScorer {
  /// The outcome codes of cells; see `classify`.
  public func outcomes(of cells: CellValues) -> [UInt8] {
    var outcomes = [UInt8](repeating: 0, count: cells.categories.count)
    var span = outcomes.mutableSpan
    classify(cells.categories.indices, of: cells, into: &span)
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
      0..<count, of: cells, scores: &scoreSpan, resistances: &resistanceSpan,
      limiting: &limitingSpan)
    return CellResults(
      scores: scoreValues, resistances: resistanceValues, limiting: limitingCodes)
  }
}
