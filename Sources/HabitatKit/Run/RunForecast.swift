public import Documents
import Machine
public import RasterCore

/// What a run would take, measured on a few of its tiles.
public struct RunForecast: Sendable {
  public let cells: Int
  public let threads: Int
  public let species: Int
  /// Seconds of each stage.
  public let stages: [(stage: RunProgress.Stage, seconds: Double)]
  /// Bytes that the process would take at its peak.
  public let memory: Int
  /// Bytes of the output folder.
  public let disk: Int
  /// As given with `--memory`, in mebibytes.
  let allowedMemory: Int
  /// Of the cells, 0…1.
  let measuredShare: Double
  /// Where the grid is far larger than the box of the parks.
  let parksBox: ParksBoxHint?
  /// Why the folder that is there would have to be another, or `--overwrite` be given; `nil` where nothing
  /// is in the way.
  public let refusal: HabitatError?
  /// What the cells of the parks show that a run would warn of.
  public let warnings: [HabitatWarning]

  public var seconds: Double { stages.reduce(0) { $0 + $1.seconds } }

  public var text: String {
    """
    Forecast for \(species) species on \(Double(cells).grouped(decimals: 0)) cells, \(threads) \
    thread\(threads == 1 ? "" : "s"); nothing was written.

    \(figures)\(refusalText)
    """
  }

  private var refusalText: String {
    refusal.map {
      """

      The run itself would be refused: \($0.what)
        where: \($0.location)
        fix:   \($0.fix)

      """
    } ?? ""
  }

  /// Time, memory and disk, a line each, and what they were measured on.
  var figures: String {
    func time(_ seconds: Double) -> String { seconds.formatted(decimals: seconds < 10 ? 1 : 0) }
    func megabytes(_ bytes: Int) -> String {
      let value = Double(bytes) / 1e6
      return value.formatted(decimals: value < 10 ? 1 : 0) + " MB"
    }
    let parts = stages.filter { $0.seconds >= 0.05 }
      .map { "\($0.stage.rawValue) \(time($0.seconds)) s" }
    let detail = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    return """
        time    about \(time(seconds)) s\(detail)
        memory  about \(MemoryLimits.mebibytes(memory)) of the \(allowedMemory) MB allowed
        disk    about \(megabytes(disk))

      Measured on \((measuredShare * 100).formatted(decimals: 1)) % of the cells.\(parksBoxText)

      """
  }

  private var parksBoxText: String {
    let scoring = stages.reduce(0) { $0 + ($1.stage == .scoring ? $1.seconds : 0) }
    return parksBox.map { "\n" + $0.text(seconds, scoring: scoring) } ?? ""
  }

  public var json: JSONValue {
    .object([
      .init("cells", .number(Double(cells))), .init("species", .number(Double(species))),
      .init("threads", .number(Double(threads))),
      .init("seconds", .number(rounded(seconds))),
      .init(
        "stages",
        .object(
          stages.map { .init($0.stage.rawValue, .number(rounded($0.seconds))) })),
      .init("memory_mb", .number(rounded(Double(memory) / Double(1 << 20)))),
      .init("disk_mb", .number(rounded(Double(disk) / 1e6))),
      .init("measured_share", .number(rounded(measuredShare))),
      .init("refusal", refusal.map(\.json) ?? .null),
    ])
  }

  private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
