import RasterCore
import Synchronization

/// How far a run is.
public struct RunProgress: Sendable {
  public enum Stage: String, CaseIterable, Sendable {
    case opening, settlements, water, scoring, hashing, finishing
    /// Of a finished run.
    case verifying

    /// The search for a layer's places among the cells of the land cover.
    static func finding(_ layer: Layer) -> Stage { layer == .water ? .water : .settlements }
  }

  public let stage: Stage
  /// Of the whole run, 0…1; 1 is only told when all is done.
  public let share: Double
  /// Scored so far.
  public let cells: Int
}

/// Weighs the stages of a run by what they cost, so that its share grows with time.
final class ProgressMeter: Sendable {
  /// What the stages of a run cost, in seconds; only their ratios matter.
  struct Costs: Sendable {
    var seconds: [RunProgress.Stage: Double]

    /// From what `habitat-bench` measures on one thread of a machine of 2024, in nanoseconds a cell.
    ///
    /// - Parameters:
    ///   - opening: seconds that it took.
    ///   - inputBytes: to be hashed; only what scoring does not hide counts.
    init(
      opening: Double, cells: Int, species: Int, hasTerrain: Bool, derived: Set<Layer>,
      threads: Int, inputBytes: Int
    ) {
      let perThread = Double(cells) * 1e-9 / Double(threads)
      let scoring = perThread * (8 + Double(species) * 16 + (hasTerrain ? 30 : 0))
      seconds = [
        .opening: opening, .settlements: derived.contains(.settlements) ? perThread * 6 : 0,
        .water: derived.contains(.water) ? perThread * 6 : 0,
        .scoring: scoring, .hashing: max(0, Double(inputBytes) * 4e-9 - scoring),
        .finishing: 0.02 + 0.01 * scoring,
      ]
    }
  }

  private struct State {
    var before = 0.0
    var stage = RunProgress.Stage.opening
    var share = 0.0
  }

  private let costs: Costs
  private let total: Double
  private let cells: Int
  private let report: @Sendable (RunProgress) -> Void
  private let state = Mutex(State())

  init(_ costs: Costs, cells: Int, _ report: @escaping @Sendable (RunProgress) -> Void) {
    (self.costs, self.cells, self.report) = (costs, cells, report)
    total = costs.seconds.values.reduce(0, +)
  }

  /// - Parameter share: of the stage, 0…1. Reports that come late do not set the run back.
  func reach(_ stage: RunProgress.Stage, _ share: Double) {
    let progress: RunProgress? = state.withLock { state in
      let order = RunProgress.Stage.allCases
      let before = order.prefix { $0 != stage }.reduce(0) { $0 + (costs.seconds[$1] ?? 0) }
      let reached = min((before + share * (costs.seconds[stage] ?? 0)) / max(total, 1e-9), 0.999)
      guard reached >= state.share else { return nil }
      (state.stage, state.share) = (stage, reached)
      return RunProgress(stage: stage, share: reached, cells: scored(stage, share))
    }
    if let progress { report(progress) }
  }

  func finish() { report(RunProgress(stage: .finishing, share: 1, cells: cells)) }

  private func scored(_ stage: RunProgress.Stage, _ share: Double) -> Int {
    switch stage {
    case .opening, .settlements, .water: 0
    case .scoring: Int(share * Double(cells))
    case .hashing, .finishing, .verifying: cells
    }
  }
}
