import Documents
import Foundation
import GeoIO
import RasterCore
import RunFolder

/// The folder of a finished run, read through its record: what the record does not vouch for is not read.
struct FinishedRun {
  let path: String
  /// The record; its `file` is its name in the folder.
  let manifest: DocumentNode<HabitatError>
  let text: RecordText
  private let outputs: [String: InputFile.Record]
  /// Of the files that were found to be the run's, so that none is digested again each time it is read.
  private let stamps: [String: FileStamp]

  /// - Throws: `.input`: `manifest-missing`, `bad-manifest`; `manifest-changed` where the record's digest is
  ///   not its own, `output-changed` where a file that it lists is gone or is another one.
  init(_ path: String) throws(HabitatError) {
    // Rasters are read through once, a row of their tiles at a time.
    GeospatialLibraries.limitBlockCache(toBytes: 64 << 20)
    self.path = path
    let record = try RunRecord(readingFrom: path)
    guard let text = RecordText(record.text), text.digestFits else {
      throw HabitatError(
        .input, "manifest-changed", "the record was changed after the run: its digest does not fit",
        at: path + "/" + RunRecord.fileName,
        fix: "run habitat score again, or take the record from where the folder came from")
    }
    self.text = text
    manifest = DocumentNode(
      try JSONValue(
        json5: Data(record.text.utf8), at: path + "/" + RunRecord.fileName,
        failure: HabitatError.inDocument),
      file: RunRecord.fileName, slug: "bad-manifest", failure: HabitatError.inDocument)
    let command = try record.member("command")
    guard try command.string() == ScoreRequest.command else {
      throw command.failure(
        "the folder is not that of a run of habitat score", fix: "name the folder of such a run")
    }
    outputs = Dictionary(
      try record.outputs().map { ($0.file.path, $0) }, uniquingKeysWith: { first, _ in first })
    var stamps: [String: FileStamp] = [:]
    for (name, output) in outputs.sorted(by: { $0.key < $1.key }) where !Self.mayChange(name) {
      let file = path + "/" + name
      // Before the digest: what changes meanwhile is then noticed.
      let stamp = FileStamp(file)
      guard FileSystem.size(of: file) == .bytes(output.bytes),
        try InputFile(layer: InputFile.outputLayer, path: file).record().sha256 == output.sha256
      else { throw Self.changed(file, name) }
      stamps[name] = stamp
    }
    self.stamps = stamps
  }

  /// Viewers write statistics into side files, and the report is what is made anew here.
  private static func mayChange(_ name: String) -> Bool {
    name.hasSuffix(".aux.xml") || ReportFiles.names.contains(name)
  }

  func has(_ name: String) -> Bool { outputs[name] != nil }

  /// The path of an output, which holds what it held when the run ended.
  ///
  /// - Throws: `.input`, slug `output-changed`.
  func file(_ name: String) throws(HabitatError) -> String {
    let file = path + "/" + name
    guard let stamp = stamps[name], FileStamp(file) == stamp else {
      throw Self.changed(file, name)
    }
    return file
  }

  /// An output that is JSON; figures out of it are traced to its name.
  func document(_ name: String) throws(HabitatError) -> DocumentNode<HabitatError> {
    let file = try file(name)
    let data = Data(try FileSystem.contents(of: file, atMost: RunRecord.mostBytes))
    return DocumentNode(
      try JSONValue(json5: data, at: file, failure: HabitatError.inDocument), file: name,
      slug: "output-changed", failure: HabitatError.inDocument)
  }

  /// An output of which no picture can be made, although its record vouches for it.
  func unreadable(_ name: String, _ reason: String) -> HabitatError {
    HabitatError(
      .input, "output-changed", "the picture \(name) cannot be shown: \(reason)",
      at: path + "/" + name, fix: "run habitat score again, or bring the file back")
  }

  private static func changed(_ file: String, _ name: String) -> HabitatError {
    HabitatError(
      .input, "output-changed", "\(name) is not as the run left it: it is gone or was changed",
      at: file, fix: "run habitat score again, or bring the file back")
  }
}
