import Machine
public import RasterCore

/// A check of inputs as a user asks for it, in the words of the command line.
public struct CheckOptions: Sendable {
  public var inputs = InputOptions()
  /// Names apart by commas, or `all`; without it and without models all species are looked at, and what they
  /// lack is no fault.
  public var species: String?
  /// Files of the user's own models.
  public var models: [String] = []
  public var threads: Int?
  /// Mebibytes.
  public var memory: Int?

  public init() {}

  /// - Throws: `.usage` for values that do not fit their option, `.input` for a bad model or landscape file.
  public func check() throws(HabitatError) -> InputCheck {
    let own = try ScoreOptions.models(in: models)
    let namesSpecies = species != nil || !own.isEmpty
    let chosen = try ScoreOptions.models(own, chosenBy: namesSpecies ? species : "all")
    var check = InputCheck(
      landscape: try inputs.makeLandscape(), customGrid: try inputs.makeGrid(),
      allowGaps: inputs.allowGaps)
    (check.models, check.namesSpecies) = (chosen, namesSpecies)
    check.threads = min(threads ?? ScoreOptions.allCores, ScoreOptions.mostThreads)
    check.memory = min(memory ?? check.memory, MemoryLimits.most)
    return check
  }
}
