import Documents
import RasterCore

extension BenchReport {
  /// What a figure should be at most, or at least.
  struct Target: Sendable {
    let name: String
    let measured: Double
    let limit: Double
    var isAtLeast = false

    var isMet: Bool { isAtLeast ? measured >= limit : measured <= limit }

    var row: [String] {
      [
        name, measured.formatted(decimals: 2),
        (isAtLeast ? "≥ " : "≤ ") + limit.formatted(decimals: 2), isMet ? "met" : "not met",
      ]
    }

    var json: JSONValue {
      .object([
        .init("name", .string(name)), .init("measured", .number(measured)),
        .init("limit", .number(limit)), .init("at_least", .boolean(isAtLeast)),
        .init("met", .boolean(isMet)),
      ])
    }
  }

  /// Those of which there is a figure. Ratios to the floor are meant for 10,000 × 10,000 cells.
  var targets: [Target] {
    var targets: [Target] = []
    for (item, rounds) in zip(Case.all, rounds) where item.threads == 2 && !rounds.isEmpty {
      let figures = Figures(rounds)
      targets.append(
        Target(
          name: "\(item.name), \(item.compressor.name): time ÷ floor", measured: figures.ratio,
          limit: item.isAligned ? 2 : 2.5))
      if item.compressor.options.isEmpty, !item.isAligned {
        targets.append(
          Target(
            name: "\(item.name): peak memory, MB", measured: figures.peakMemory * 1.048_576,
            limit: 300))
      }
    }
    if let speedup {
      targets.append(
        Target(name: "time on 2 threads ÷ on 1", measured: speedup, limit: 0.62))
    }
    if let best = peers.min(by: { $0.ratio < $1.ratio }) {
      targets.append(
        Target(
          name: "best peer's time ÷ ours (\(best.peer.name), \(best.peer.compressor.name))",
          measured: best.ratio, limit: 5, isAtLeast: true))
    }
    if let atScale, !rounds[0].isEmpty {
      let here = Figures(rounds[0]).seconds / cellCount
      targets.append(
        Target(
          name: "time per cell at \(atScale.size) ÷ at \(size) cells a side",
          measured: atScale.secondsPerCell / here, limit: 1.3))
      targets.append(
        Target(
          name: "peak memory at \(atScale.size) cells a side, MB",
          measured: atScale.peakMemory * 1.048_576, limit: 500))
    }
    return targets + outlineTargets + parkTargets
  }
}
