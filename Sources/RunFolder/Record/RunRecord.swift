package import Documents
package import Foundation
import GeoIO
package import RasterCore

/// The record of a finished run, `manifest.json`, as it stands in its folder.
package struct RunRecord {
  package static let fileName = "manifest.json"
  /// Of a record or a table: those of ten thousand parks have a hundred megabytes.
  package static let mostBytes = 1 << 30

  package let folder: String
  /// The file itself, for messages.
  package let path: String
  package let text: String
  /// The members of the record; those of an object come in no order.
  package let members: [String: DocumentNode<HabitatError>]

  /// - Throws: `.input`, slugs `manifest-missing`, `bad-json`, `bad-manifest`.
  package init(readingFrom folder: String) throws(HabitatError) {
    try self.init(
      try Self.data(in: folder), path: folder + "/" + RunRecord.fileName, folder: folder)
  }

  /// The record in a file of any name, or in the folder of a run.
  ///
  /// - Throws: `.input`, slugs `manifest-missing`, `bad-json`, `bad-manifest`.
  package init(readingFileOrFolder path: String) throws(HabitatError) {
    guard case .bytes = FileSystem.size(of: path) else {
      try self.init(readingFrom: path)
      return
    }
    let data = Data(try FileSystem.contents(of: path, atMost: RunRecord.mostBytes))
    let slash = path.lastIndex(of: "/")
    try self.init(data, path: path, folder: slash.map { String(path[..<$0]) } ?? ".")
  }

  private init(_ data: Data, path: String, folder: String) throws(HabitatError) {
    let document = try DocumentNode(
      json5: data, file: path, slug: "bad-manifest", failure: HabitatError.inDocument)
    (self.folder, self.path) = (folder, path)
    text = String(decoding: data, as: UTF8.self)
    members = try document.members()
  }

  /// The bytes of the record in a folder.
  ///
  /// - Throws: `.input`, slug `manifest-missing`.
  package static func data(in folder: String) throws(HabitatError) -> Data {
    let path = folder + "/" + RunRecord.fileName
    guard case .bytes = FileSystem.size(of: path) else {
      let place = FileSystem.size(of: folder)
      if place == .missing {
        throw HabitatError(
          .input, "manifest-missing", "there is no such folder", at: folder,
          fix: "name a folder that habitat score has written")
      }
      if case .bytes = place {
        throw HabitatError(
          .input, "manifest-missing", "this is a file, where the folder of a run is meant",
          at: folder, fix: "name the folder that the file is in")
      }
      throw HabitatError(
        .input, "manifest-missing", "the folder holds no record of a finished run", at: path,
        fix: "name a folder that habitat score has written; after a crash run it again")
    }
    return Data(try FileSystem.contents(of: path, atMost: RunRecord.mostBytes))
  }

  /// Whether no byte of a record has changed since it was written.
  package static func isIntact(_ data: Data) -> Bool {
    guard let text = String(validating: data, as: UTF8.self) else { return false }
    return RecordText(text)?.digestFits ?? false
  }

  package func member(_ key: String) throws(HabitatError) -> DocumentNode<HabitatError> {
    guard let member = members[key] else {
      throw HabitatError(
        .input, "bad-manifest", "the record has no \"\(key)\"",
        at: path,
        fix: "run again, or take the record from where the folder came from")
    }
    return member
  }

  /// The files that came out, by name.
  ///
  /// - Throws: `.input`, slug `bad-manifest`.
  package func outputs() throws(HabitatError) -> [InputFile.Record] {
    _ = try outputNames()
    var records: [InputFile.Record] = []
    for node in try member("outputs").elements() {
      records.append(try Self.record(try Required(node), layer: InputFile.outputLayer))
    }
    return records
  }

  /// The names of the files that came out, none of which leads out of the folder.
  ///
  /// - Throws: `.input`, slug `bad-manifest`.
  func outputNames() throws(HabitatError) -> [String] {
    var names: Set<String> = []
    for node in try member("outputs").elements() {
      let name = try Required(node)["path"].string()
      let isNew = names.insert(name).inserted
      guard name.isOutputName, isNew else {
        throw node.failure(
          isNew ? "\"\(name)\" is no name of an output" : "\"\(name)\" is listed twice",
          fix: "the record is not a run's own")
      }
    }
    return names.sorted()
  }

  /// A file as an entry of the record describes it.
  ///
  /// - Throws: `.input`, slug `bad-manifest`.
  package static func record(
    _ entry: Required<HabitatError>, layer: String
  ) throws(HabitatError) -> InputFile.Record {
    InputFile.Record(
      file: InputFile(layer: layer, path: try entry["path"].string()),
      bytes: Int(exactly: try entry["bytes"].number()) ?? -1,
      sha256: try entry["sha256"].string(), part: try part(entry))
  }

  private static func part(
    _ entry: Required<HabitatError>
  ) throws(HabitatError) -> InputFile.Part? {
    guard let node = entry.found("ranges") else { return nil }
    var ranges: [Range<Int>] = []
    for pair in try node.elements() {
      let numbers = try pair.elements().map { node throws(HabitatError) in
        Int(exactly: try node.number()) ?? -1
      }
      guard numbers.count == 2, numbers[0] >= 0, numbers[1] > 0,
        !numbers[0].addingReportingOverflow(numbers[1]).overflow
      else {
        throw pair.failure("a range is a first byte and a count", fix: "write [0, 65536]")
      }
      ranges.append(numbers[0]..<numbers[0] + numbers[1])
    }
    return InputFile.Part(
      ranges: ranges, etag: try entry.found("etag")?.string() ?? "",
      lastModified: try entry.found("last_modified")?.string() ?? "")
  }

  /// The files that the record in a folder lists, each once; none where there is no readable record.
  package static func outputs(listedIn folder: OpenFolder) -> [String] {
    guard folder.entry(RunRecord.fileName) == .file,
      let record = try? RunRecord(readingFrom: folder.path),
      let outputs = try? record.member("outputs").elements()
    else { return [] }
    let names = outputs.compactMap { try? $0.members()["path"]?.string() }
    return Set(names.filter(\.isOutputName)).sorted()
  }
}
