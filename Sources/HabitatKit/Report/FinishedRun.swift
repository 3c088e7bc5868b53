import Foundation
import GeoIO
import RasterCore

/// The folder of a finished run, read through its record: what the record does not vouch for is not read.
struct FinishedRun {
  let path: String
  /// The record; its `file` is its name in the folder.
  let manifest: DocumentNode
  let manifestText: RecordText
  private let outputs: [String: (bytes: Int, sha256: String)]

  /// - Throws: `.input`: `run-unfinished` where there is no record, `record-changed` where its digest is
  ///   not its own, `output-changed` where a file that it lists is gone or of another size.
  init(_ path: String) throws(HabitatError) {
    self.path = path
    let file = path + "/" + RunManifest.name
    guard case .bytes = FileSystem.size(of: file) else {
      throw HabitatError(
        .input, "run-unfinished", "the folder holds no record of a finished run", at: file,
        fix: "name the --out folder of habitat score, or run it again")
    }
    let bytes = try FileSystem.contents(of: file)
    guard let text = RecordText(String(decoding: bytes, as: UTF8.self)), text.digestFits else {
      throw HabitatError(
        .input, "record-changed", "the record was changed after the run: its digest does not fit",
        at: file, fix: "run habitat score again")
    }
    manifestText = text
    manifest = DocumentNode(
      try JSONValue(json5: Data(bytes), at: file), file: RunManifest.name, slug: "record-changed")
    var outputs: [String: (bytes: Int, sha256: String)] = [:]
    for node in try manifest.members()["outputs"]?.elements() ?? [] {
      let members = try node.members()
      guard let name = try members["path"]?.string(), let bytes = try members["bytes"]?.number(),
        let sha256 = try members["sha256"]?.string()
      else { throw node.failure("\(node.path) lacks its size", fix: "run habitat score again") }
      outputs[name] = (Int(bytes), sha256)
    }
    self.outputs = outputs
    for (name, output) in outputs.sorted(by: { $0.key < $1.key }) where !Self.mayChange(name) {
      guard FileSystem.size(of: path + "/" + name) == .bytes(output.bytes) else {
        throw changed(name)
      }
    }
  }

  /// Viewers write statistics into side files, and the report is what is made anew here.
  private static func mayChange(_ name: String) -> Bool {
    name.hasSuffix(".aux.xml") || name == RunReport.name
  }

  func has(_ name: String) -> Bool { outputs[name] != nil }

  /// The path of an output, which holds what it held when the run ended.
  ///
  /// - Throws: `.input`, slug `output-changed`.
  func file(_ name: String) throws(HabitatError) -> String {
    let file = path + "/" + name
    guard let output = outputs[name],
      try InputFile(layer: "output", path: file).record().sha256 == output.sha256
    else { throw changed(name) }
    return file
  }

  /// An output that is JSON; figures out of it are traced to its name.
  func document(_ name: String) throws(HabitatError) -> DocumentNode {
    let file = try file(name)
    let data = Data(try FileSystem.contents(of: file))
    return DocumentNode(
      try JSONValue(json5: data, at: file), file: name, slug: "output-changed")
  }

  private func changed(_ name: String) -> HabitatError {
    HabitatError(
      .input, "output-changed", "\(name) is not as the run left it: it is gone or was changed",
      at: path + "/" + name, fix: "run habitat score again, or bring the file back")
  }
}
