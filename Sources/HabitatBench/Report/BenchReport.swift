import Documents
import RasterCore

/// All figures of a benchmark.
struct BenchReport: Sendable {
  /// One case in one round: the run and the floor that ran beside it.
  struct Round: Sendable {
    let run: MeasuredProcess.Result
    let floor: MeasuredProcess.Result
    /// Of all class rasters of the run, in bytes.
    let classBytes: Int
  }

  let size: Int
  let machineBefore = Machine()
  /// By case, in the order of `Case.all`.
  var rounds: [[Round]] = Case.all.map { _ in [] }
  /// By round.
  var stages: [[Stages.Result]] = []
  var peers: [PeerFigures] = []
  /// Peers that did not run, and why.
  var missingPeers: [String] = []
  var atScale: AtScale?
  /// By kind, then by size.
  var outlines: [[OutlineFigures]] = []
  /// By round.
  var park: [ParkRound] = []

  init(size: Int) { self.size = size }

  var cellCount: Double { Double(size) * Double(size) }

  // MARK: Table

  var text: String {
    var lines = [
      "\(size) × \(size) cells, medians of \(stages.count); \(machineBefore.sentence)", "",
    ]
    let wholeTitles = [
      "whole run", "compressor", "threads", "s", "floor s", "ratio", "ns/cell", "CPU s",
      "floor CPU s",
      "MiB", "class MB",
    ]
    lines += Self.aligned([wholeTitles] + Case.all.indices.map(row), leading: 2)
    lines.append("")
    let costs = medianStages.map { stage in
      let megabytes = stage.bytes.map { (Double($0) / 1e6).formatted(decimals: 2) } ?? ""
      return [stage.name, stage.cost.formatted(decimals: 2), megabytes]
    }
    lines += Self.aligned([["stage, one thread", "ns/cell", "MB"]] + costs, leading: 1)
    lines += peerLines + outlineLines + parkLines
    lines.append("")
    lines += Self.aligned(
      [["target", "measured", "limit", ""]] + targets.map(\.row), leading: 1)
    return lines.joined(separator: "\n") + "\n"
  }

  private func row(_ number: Int) -> [String] {
    let (item, figures) = (Case.all[number], Figures(rounds[number]))
    return [
      item.name, item.compressor.name, String(item.threads),
      figures.seconds.formatted(decimals: 2), figures.floor.formatted(decimals: 2),
      figures.ratio.formatted(decimals: 2),
      (figures.seconds * 1e9 / cellCount).formatted(decimals: 1),
      figures.processorSeconds.formatted(decimals: 2),
      figures.floorProcessorSeconds.formatted(decimals: 2),
      figures.peakMemory.formatted(decimals: 0),
      (figures.classBytes / 1e6).formatted(decimals: 2),
    ]
  }

  /// - Parameter leading: columns whose texts begin at the left; the others end at the right.
  static func aligned(_ rows: [[String]], leading: Int) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column < leading ? row[column] + padding : padding + row[column]
      }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  // MARK: Medians

  struct Figures {
    let seconds: Double
    let processorSeconds: Double
    let floorProcessorSeconds: Double
    let floor: Double
    let ratio: Double
    let peakMemory: Double
    let classBytes: Double

    init(_ rounds: [Round]) {
      seconds = rounds.map(\.run.seconds).median
      floor = rounds.map(\.floor.seconds).median
      processorSeconds = rounds.map(\.run.processorSeconds).median
      floorProcessorSeconds = rounds.map(\.floor.processorSeconds).median
      ratio = rounds.map { $0.run.seconds / $0.floor.seconds }.median
      peakMemory = rounds.map(\.run.peakMemory).median
      classBytes = rounds.map { Double($0.classBytes) }.median
    }
  }

  private var medianStages: [Stages.Result] {
    (stages.first ?? []).enumerated().map { number, stage in
      Stages.Result(
        name: stage.name, cost: stages.map { $0[number].cost }.median, bytes: stage.bytes)
    }
  }

  /// The time of the first case on two threads ÷ that on one.
  var speedup: Double? {
    guard
      let one = Case.all.firstIndex(where: { $0.threads == 1 }),
      let two = Case.all.firstIndex(where: { $0.threads == 2 }), !rounds[one].isEmpty
    else { return nil }
    return zip(rounds[two], rounds[one]).map { $0.run.seconds / $1.run.seconds }.median
  }

  // MARK: JSON

  var json: JSONValue {
    let costs = medianStages.map { stage -> JSONValue in
      .object([
        .init("name", .string(stage.name)), .init("ns_per_cell", .number(stage.cost)),
        .init("bytes", stage.bytes.map { .number(Double($0)) } ?? .null),
      ])
    }
    var members: [JSONValue.Member] = [
      .init("machine", .object(machineBefore.members)), .init("size", .number(Double(size))),
      .init("runs", .number(Double(stages.count))),
    ]
    members.append(.init("whole", .array(Case.all.indices.map(json))))
    members.append(.init("stages", .array(costs)))
    members.append(.init("two_threads_of_one", speedup.map { .number($0) } ?? .null))
    members.append(.init("peers", .array(peers.map(\.json))))
    members.append(.init("at_scale", atScale?.json ?? .null))
    members.append(.init("outlines", outlinesJSON))
    members.append(.init("park", parkJSON))
    members.append(.init("targets", .array(targets.map(\.json))))
    return .object(members)
  }

  private func json(_ number: Int) -> JSONValue {
    let (item, figures) = (Case.all[number], Figures(rounds[number]))
    func list(_ value: (Round) -> Double) -> JSONValue {
      .array(rounds[number].map { .number(value($0)) })
    }
    return .object([
      .init("name", .string(item.name)), .init("species", .number(Double(item.speciesCount))),
      .init("dem_on_grid", .boolean(item.isAligned)),
      .init("compressor", .string(item.compressor.name)),
      .init("threads", .number(Double(item.threads))),
      .init("seconds", .number(figures.seconds)), .init("floor_seconds", .number(figures.floor)),
      .init("ratio", .number(figures.ratio)),
      .init("processor_seconds", .number(figures.processorSeconds)),
      .init("floor_processor_seconds", .number(figures.floorProcessorSeconds)),
      .init("peak_memory_mib", .number(figures.peakMemory)),
      .init("class_bytes", .number(figures.classBytes)),
      .init("all_seconds", list(\.run.seconds)),
      .init("all_floor_seconds", list(\.floor.seconds)),
    ])
  }
}
