public import Documents
public import RasterCore

/// What has become of a finished run.
public struct VerificationReport: Sendable {
  public let folder: String
  /// Files of one kind, and how many of them are as recorded.
  public struct Count: Hashable, Sendable {
    public var total = 0
    public var same = 0
  }

  /// The record is, byte for byte, as it was written.
  public internal(set) var recordIsIntact = false
  public internal(set) var inputs = Count()
  public internal(set) var outputs = Count()
  /// Files of the repeated run, `nil` where it was not repeated.
  public internal(set) var rerun: Count?
  /// The repeated run made no report: one of a run that records its time is not the same twice.
  public internal(set) var sparesReports = false
  /// Each with its slug, what and where.
  public internal(set) var differences: [HabitatError] = []
  public internal(set) var warnings: [HabitatWarning] = []

  init(folder: String) { self.folder = folder }

  public var isSame: Bool { differences.isEmpty }
}

extension VerificationReport {
  /// The report for people, in lines as long as they are.
  public var text: String { text(on: .file) }

  /// The report for people.
  public func text(on page: TextPage) -> String {
    var table = TextColumns()
    table.add("record", recordIsIntact ? "as it was written" : "altered")
    table.add("inputs", "\(inputs.same) of \(inputs.total) as recorded")
    table.add("outputs", "\(outputs.same) of \(outputs.total) as recorded")
    if let rerun {
      table.add(
        "run again",
        "\(rerun.same) of \(rerun.total) the same bytes"
          + (sparesReports ? "; reports are not made again" : ""))
    }
    var text = folder.shown + "\n" + table.text(on: page)
    text += differences.map { $0.text(on: page) + "\n" }.joined()
    text += warnings.map { $0.text(on: page) + "\n" }.joined()
    let count = differences.count
    return text
      + (isSame
        ? "The run is as it was recorded.\n" : "\(count) difference\(count == 1 ? "" : "s").\n")
  }

  /// The report for scripts.
  public var json: JSONValue {
    func count(_ count: Count?) -> JSONValue {
      guard let count else { return .null }
      return .object([
        .init("total", .number(Double(count.total))), .init("same", .number(Double(count.same))),
      ])
    }
    return .object([
      .init("folder", .string(folder)), .init("same", .boolean(isSame)),
      .init("manifest_intact", .boolean(recordIsIntact)), .init("inputs", count(inputs)),
      .init("outputs", count(outputs)), .init("rerun", count(rerun)),
      .init("differences", .array(differences.map(\.json))),
      .init("warnings", .array(warnings.map(\.json))),
    ])
  }
}
