import Documents
import GeoIO
public import RasterCore
import RunFolder

/// A recorded run that is to be done once more: here, or on another machine where its inputs lie elsewhere.
public struct RecordedRun: Sendable {
  /// The record, or the folder that holds it.
  public var record: String
  public var moves: [InputMove]

  public init(_ record: String, moves: [InputMove] = []) {
    (self.record, self.moves) = (record, moves)
  }

  /// What was asked for, with the inputs where they lie now, and what is not as it was: versions and inputs.
  ///
  /// Inputs on the network are looked at by the run itself.
  ///
  /// - Throws: `.input`: `manifest-missing`, `bad-json`, `bad-manifest`, `input-missing` where inputs are not to be
  ///   found, and what reading the files of models throws; `.usage`, slug `bad-option`, where a move moves nothing.
  public func request() throws(HabitatError) -> (
    request: ScoreRequest, differences: [HabitatWarning]
  ) {
    let record = try RunRecord(readingFileOrFolder: self.record)
    let job = try record.member("command")
    guard try job.string() == ScoreRequest.command else {
      throw job.failure("the record is not one of habitat score", fix: "name the record of a score")
    }
    let inputs = try record.inputs()
    try refuseIdleMoves(inputs.map(\.file.path))
    let found = try inputs.map { input throws(HabitatError) in
      (input, try place(of: input, record))
    }
    let missing = found.filter { $0.1 == nil }.map { "\($0.0.file.layer): \($0.0.file.path)" }
    guard missing.isEmpty else {
      throw HabitatError(
        .input, "input-missing",
        "\(missing.count) of the \(inputs.count) recorded inputs \(missing.count == 1 ? "is" : "are") not there",
        at: missing.listed,
        fix:
          "say where they lie now: --inputs-at OLD=NEW, such as --inputs-at /old/folder=/new/folder; "
          + "--inputs-at .=DIR for paths that begin in the folder of the run")
    }
    var differences = record.versionDifferences.map { [$0] } ?? []
    for (input, path) in found {
      guard let path, !NetworkAccess.isRemote(path), !path.isSideFile else { continue }
      let now = try InputFile(layer: input.file.layer, path: path).record()
      if now.sha256 != input.sha256 { differences.append(.inputDiffers(input, now)) }
    }
    let places = Dictionary(
      found.map { ($0.0.file.path, $0.1 ?? $0.0.file.path) }, uniquingKeysWith: { one, _ in one })
    let request = try record.request { places[$0] ?? moves.place(of: $0) }
    return (request, differences)
  }

  /// Where a recorded input lies now: where a move puts it, or, for a model of the user's own, as the run has kept it;
  /// `nil` where it is nowhere.
  private func place(
    of input: InputFile.Record, _ record: RunRecord
  ) throws(HabitatError) -> String? {
    let path = moves.place(of: input.file.path)
    if NetworkAccess.isRemote(path) || FileSystem.size(of: path) != .missing { return path }
    // Statistics that a viewer had written beside an input.
    if path.isSideFile { return path }
    let kept = try record.outputs().first { $0.sha256 == input.sha256 }
    guard let kept else { return nil }
    let own = "\(record.folder)/\(kept.file.path)"
    return FileSystem.size(of: own) == .missing ? nil : own
  }

  private func refuseIdleMoves(_ paths: [String]) throws(HabitatError) {
    for move in moves where !paths.contains(where: { move.place(of: $0) != nil }) {
      throw HabitatError(
        .usage, "bad-option", "no recorded input lies at \(move.old)",
        at: "--inputs-at \(move.old)=\(move.new)", fix: "recorded are: \(paths.listed)")
    }
  }
}

extension RunRecord {
  /// What differs between the versions of the record and those of this program; `nil` where nothing does.
  var versionDifferences: HabitatWarning? {
    func text(_ node: DocumentNode<HabitatError>?) -> String { (try? node?.string()) ?? "unknown" }
    let libraries = (try? members["libraries"]?.members()) ?? [:]
    var versions = [("habitat", text(members["habitat_version"]), Habitat.version)]
    for (name, version) in Habitat.libraries {
      versions.append((name, text(libraries[name]), version))
    }
    let others = versions.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1), here \($0.2)" }
    guard !others.isEmpty else { return nil }
    return HabitatWarning(
      "version-differs", "the run was made with \(others.joined(separator: "; "))", at: path,
      fix: "for the same bytes take the same versions")
  }
}

extension HabitatWarning {
  fileprivate static func inputDiffers(
    _ then: InputFile.Record, _ now: InputFile.Record
  ) -> HabitatWarning {
    let bytes =
      then.bytes == now.bytes
      ? "as many bytes, but others"
      : "\(Double(now.bytes).grouped(decimals: 0)) bytes, then \(Double(then.bytes).grouped(decimals: 0))"
    return HabitatWarning(
      "input-differs", "the input is not the one of the recorded run: \(bytes)",
      at: "\(now.file.layer): \(now.file.path)",
      fix: "take the file that the run has read, or expect other numbers")
  }
}

extension String {
  /// GDAL's side file, into which viewers write statistics.
  var isSideFile: Bool { hasSuffix(".aux.xml") }
}
