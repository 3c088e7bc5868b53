import Foundation
import GeoIO
import RasterCore

/// The folder of a finished run, read through its record: what the record does not vouch for is not read.
struct FinishedRun {
  let path: String
  /// The record; its `file` is its name in the folder.
  let manifest: DocumentNode
  let text: RecordText
  private let outputs: [String: InputFile.Record]

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
        at: path + "/" + RunManifest.name,
        fix: "run habitat score again, or take the record from where the folder came from")
    }
    self.text = text
    manifest = DocumentNode(
      try JSONValue(json5: Data(record.text.utf8), at: path + "/" + RunManifest.name),
      file: RunManifest.name, slug: "bad-manifest")
    outputs = Dictionary(
      try record.outputs().map { ($0.file.path, $0) }, uniquingKeysWith: { first, _ in first })
    for (name, output) in outputs.sorted(by: { $0.key < $1.key }) where !Self.mayChange(name) {
      guard FileSystem.size(of: path + "/" + name) == .bytes(output.bytes),
        try digest(of: name) == output.sha256
      else { throw changed(name) }
    }
  }

  /// Viewers write statistics into side files, and the report is what is made anew here.
  private static func mayChange(_ name: String) -> Bool {
    name.hasSuffix(".aux.xml") || RunReport.fileNames.contains(name)
  }

  func has(_ name: String) -> Bool { outputs[name] != nil }

  /// The path of an output, which holds what it held when the run ended.
  ///
  /// - Throws: `.input`, slug `output-changed`.
  func file(_ name: String) throws(HabitatError) -> String {
    guard let output = outputs[name], try digest(of: name) == output.sha256 else {
      throw changed(name)
    }
    return path + "/" + name
  }

  private func digest(of name: String) throws(HabitatError) -> String {
    try InputFile(layer: InputFile.outputLayer, path: path + "/" + name).record().sha256
  }

  /// An output that is JSON; figures out of it are traced to its name.
  func document(_ name: String) throws(HabitatError) -> DocumentNode {
    let file = try file(name)
    let data = Data(try FileSystem.contents(of: file, atMost: RunRecord.mostBytes))
    return DocumentNode(
      try JSONValue(json5: data, at: file), file: name, slug: "output-changed")
  }

  /// An output of which no picture can be made, although its record vouches for it.
  func unreadable(_ name: String, _ reason: String) -> HabitatError {
    HabitatError(
      .input, "output-changed", "the picture \(name) cannot be shown: \(reason)",
      at: path + "/" + name, fix: "run habitat score again, or bring the file back")
  }

  private func changed(_ name: String) -> HabitatError {
    HabitatError(
      .input, "output-changed", "\(name) is not as the run left it: it is gone or was changed",
      at: path + "/" + name, fix: "run habitat score again, or bring the file back")
  }
}
