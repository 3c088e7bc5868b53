import Documents
import RasterCore

extension BenchReport {
  /// Runs with outlines of one kind and size.
  struct OutlineFigures: Sendable {
    let item: OutlineCase
    let runs: [MeasuredProcess.Result]
    /// exactextract on the same files; empty where it is not installed.
    let peers: [Peer.Result]

    /// Of processors, as this program's run does far more than its peer's on more threads.
    var seconds: Double { runs.map(\.processorSeconds).median }
    var peerSeconds: Double? { peers.isEmpty ? nil : peers.map(\.processorSeconds).median }

    fileprivate var json: JSONValue {
      .object([
        .init("name", .string(item.name)), .init("count", .number(Double(item.count))),
        .init("all_processor_seconds", .array(runs.map { .number($0.processorSeconds) })),
        .init("all_peak_memory_mib", .array(runs.map { .number($0.peakMemory) })),
        .init("all_peer_processor_seconds", .array(peers.map { .number($0.processorSeconds) })),
      ])
    }
  }

  var outlinesJSON: JSONValue { .array(outlines.joined().map(\.json)) }

  var outlineLines: [String] {
    guard !outlines.isEmpty else { return [] }
    let titles = ["outlines", "number", "CPU s", "growth", "MiB", "exactextract CPU s"]
    let rows = outlines.flatMap { sizes in
      sizes.indices.map { index -> [String] in
        let figures = sizes[index]
        let growth = index > 0 ? figures.seconds / sizes[index - 1].seconds : nil
        return [
          figures.item.name, String(figures.item.count), figures.seconds.formatted(decimals: 2),
          growth?.formatted(decimals: 2) ?? "",
          figures.runs.map(\.peakMemory).median.formatted(decimals: 0),
          figures.peerSeconds?.formatted(decimals: 2) ?? "not run",
        ]
      }
    }
    return [""] + Self.aligned([titles] + rows, leading: 1)
  }

  /// Twice as many take little more than twice as long, and the most no longer than the peer takes.
  var outlineTargets: [Target] {
    outlines.flatMap { sizes -> [Target] in
      guard let most = sizes.last, sizes.count > 1 else { return [] }
      let before = sizes[sizes.count - 2]
      var targets = [
        Target(
          name: "\(most.item.count) \(most.item.name): time ÷ that of half as many",
          measured: most.seconds / before.seconds, limit: 2.5)
      ]
      if let peer = most.peerSeconds {
        targets.append(
          Target(
            name: "\(most.item.count) \(most.item.name): time ÷ exactextract's",
            measured: most.seconds / peer, limit: 1))
      }
      return targets
    }
  }
}
