import Documents
import RasterCore

extension BenchReport {
  /// A peer in one round, and this program with its model beside it.
  struct PeerRound: Sendable {
    let theirs: Peer.Result
    let ours: MeasuredProcess.Result
  }

  struct PeerFigures: Sendable {
    let peer: Peer
    let rounds: [PeerRound]

    /// Their time ÷ ours.
    var ratio: Double { rounds.map { $0.theirs.seconds / $0.ours.seconds }.median }

    var row: [String] {
      [
        peer.name, peer.compressor.name,
        rounds.map(\.theirs.seconds).median.formatted(decimals: 2),
        rounds.map(\.ours.seconds).median.formatted(decimals: 2), ratio.formatted(decimals: 2),
        rounds.map(\.theirs.processorSeconds).median.formatted(decimals: 2),
        rounds.map(\.ours.processorSeconds).median.formatted(decimals: 2),
        rounds.map(\.theirs.peakMemory).median.formatted(decimals: 0),
        rounds.map(\.ours.peakMemory).median.formatted(decimals: 0),
      ]
    }

    var json: JSONValue {
      func list(_ value: (PeerRound) -> Double) -> JSONValue {
        .array(rounds.map { .number(value($0)) })
      }
      return .object([
        .init("name", .string(peer.name)), .init("compressor", .string(peer.compressor.name)),
        .init("ratio", .number(ratio)), .init("all_seconds", list(\.theirs.seconds)),
        .init("all_own_seconds", list(\.ours.seconds)),
        .init("all_processor_seconds", list(\.theirs.processorSeconds)),
        .init("all_peak_memory_mib", list(\.theirs.peakMemory)),
      ])
    }
  }

  /// One species on a larger landscape.
  struct AtScale: Sendable {
    let size: Int
    let runs: [MeasuredProcess.Result]

    var secondsPerCell: Double {
      runs.map(\.seconds).median / (Double(size) * Double(size))
    }
    var peakMemory: Double { runs.map(\.peakMemory).median }

    var json: JSONValue {
      .object([
        .init("size", .number(Double(size))),
        .init("all_seconds", .array(runs.map { .number($0.seconds) })),
        .init("all_processor_seconds", .array(runs.map { .number($0.processorSeconds) })),
        .init("all_peak_memory_mib", .array(runs.map { .number($0.peakMemory) })),
      ])
    }
  }

  /// The peers and the scale, where they were asked for.
  var peerLines: [String] {
    var lines: [String] = []
    if !peers.isEmpty {
      let titles = [
        "peer", "compressor", "s", "ours s", "ratio", "CPU s", "ours CPU s", "MiB", "ours MiB",
      ]
      lines += [""] + Self.aligned([titles] + peers.map(\.row), leading: 2)
    }
    if !missingPeers.isEmpty { lines += [""] + missingPeers.map { "not run: \($0)" } }
    if let atScale {
      let seconds = atScale.runs.map(\.seconds).median
      lines += [
        "",
        "\(atScale.size) × \(atScale.size) cells: \(seconds.formatted(decimals: 1)) s, "
          + "\((atScale.secondsPerCell * 1e9).formatted(decimals: 1)) ns/cell, "
          + "\(atScale.peakMemory.formatted(decimals: 0)) MiB",
      ]
    }
    return lines
  }
}
