import Documents
import RasterCore

extension BenchReport {
  /// The box of one park, scored in a large tile and in the same cells that were cut out of it.
  struct ParkRound: Sendable {
    let inTile: MeasuredProcess.Result
    let cutOut: MeasuredProcess.Result
  }

  private var parkRatio: Double? {
    park.isEmpty ? nil : park.map { $0.inTile.seconds / $0.cutOut.seconds }.median
  }

  var parkLines: [String] {
    guard !park.isEmpty else { return [] }
    func row(_ name: String, _ runs: [MeasuredProcess.Result]) -> [String] {
      [
        name, runs.map(\.seconds).median.formatted(decimals: 2),
        runs.map(\.processorSeconds).median.formatted(decimals: 2),
        runs.map(\.peakMemory).median.formatted(decimals: 0),
      ]
    }
    let rows = [
      ["a park of 123 km² and 5 km around it", "s", "CPU s", "MiB"],
      row("in the largest tile", park.map(\.inTile)), row("cut out beforehand", park.map(\.cutOut)),
    ]
    return [""] + Self.aligned(rows, leading: 1)
  }

  var parkTargets: [Target] {
    parkRatio.map {
      [
        Target(
          name: "a park in a large tile: time ÷ that of its cells alone", measured: $0, limit: 2)
      ]
    } ?? []
  }

  var parkJSON: JSONValue {
    .array(
      park.map { round in
        .object([
          .init("tile_seconds", .number(round.inTile.seconds)),
          .init("cut_out_seconds", .number(round.cutOut.seconds)),
        ])
      })
  }
}
