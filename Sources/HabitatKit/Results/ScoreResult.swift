public import RasterCore

/// What a finished run has to say.
public struct ScoreResult: Sendable {
  public struct Species: Sendable {
    public let name: String
    public let title: String
    public let modelVersion: String
    public let table: AreaTable
    /// Sentences that belong under the table.
    public let notes: [String]
  }

  /// km² settled by the region's defaults, by park.
  let decidedByDefault: [ScoreTables.DefaultDecision]

  public let species: [Species]
  public let landCover: AreaTable
  public internal(set) var warnings: [HabitatWarning]
  public let output: String
  /// A park is partly without values or outside the rasters.
  public let isIncomplete: Bool
}
