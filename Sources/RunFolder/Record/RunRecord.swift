import Foundation
import GeoIO
import RasterCore
import RasterLoader

/// The record of a finished run, `manifest.json`, as it stands in its folder.
struct RunRecord {
  static let fileName = "manifest.json"
  /// Of a record or a table: those of ten thousand parks have a hundred megabytes.
  static let mostBytes = 1 << 30

  let folder: String
  let text: String
  /// The members of the record; those of an object come in no order.
  let members: [String: DocumentNode]

  /// - Throws: `.input`, slugs `manifest-missing`, `bad-json`, `bad-manifest`.
  init(readingFrom folder: String) throws(HabitatError) {
    let path = folder + "/" + RunRecord.fileName
    let data = try Self.data(in: folder)
    let document = try JSONValue(json5: data, at: path)
    self.folder = folder
    text = String(decoding: data, as: UTF8.self)
    members = try DocumentNode(document, file: path, slug: "bad-manifest").members()
  }

  /// The bytes of the record in a folder.
  ///
  /// - Throws: `.input`, slug `manifest-missing`.
  static func data(in folder: String) throws(HabitatError) -> Data {
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
  static func isIntact(_ data: Data) -> Bool {
    guard let text = String(validating: data, as: UTF8.self) else { return false }
    return RecordText(text)?.digestFits ?? false
  }

  func member(_ key: String) throws(HabitatError) -> DocumentNode {
    guard let member = members[key] else {
      throw HabitatError(
        .input, "bad-manifest", "the record has no \"\(key)\"",
        at: folder + "/" + RunRecord.fileName,
        fix: "run again, or take the record from where the folder came from")
    }
    return member
  }

  /// The landscape of the record where it is an installed one: its paths are recorded as if in `./rasters`.
  private var installedPaths: RecordedPaths? {
    guard let file = try? members["parameters"]?.members()["landscape_file"]?.string() else {
      return nil
    }
    return LandscapeFolders.ofProgram.paths(ofRecordedFile: file)
  }

  /// A member whose paths lead to the files, those of an installed landscape, too.
  private func memberWithPlaces(_ key: String) throws(HabitatError) -> DocumentNode {
    let node = try member(key)
    guard let paths = installedPaths else { return node }
    return DocumentNode(
      paths.finding(node.value), file: node.file, slug: node.slug, path: node.path)
  }

  /// The request that was run.
  ///
  /// - Throws: `.input`, slug `bad-manifest`, and what reading the files of models throws.
  func request() throws(HabitatError) -> ScoreRequest {
    var request = try RunParameters.request(
      from: try memberWithPlaces("parameters"), sources: try member("sources"))
    request.landscape.installed = installedPaths?.installed
    return request
  }

  /// The files that went in, as they were named; those of an installed landscape where it is.
  ///
  /// - Throws: `.input`, slug `bad-manifest`.
  func inputs() throws(HabitatError) -> [InputFile.Record] {
    var records: [InputFile.Record] = []
    for node in try memberWithPlaces("inputs").elements() {
      let entry = try Required(node)
      records.append(try Self.record(entry, layer: try entry["layer"].string()))
    }
    return records
  }

  /// The files that came out, by name.
  ///
  /// - Throws: `.input`, slug `bad-manifest`.
  func outputs() throws(HabitatError) -> [InputFile.Record] {
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

  private static func record(
    _ entry: Required, layer: String
  ) throws(HabitatError) -> InputFile.Record {
    InputFile.Record(
      file: InputFile(layer: layer, path: try entry["path"].string()),
      bytes: Int(exactly: try entry["bytes"].number()) ?? -1,
      sha256: try entry["sha256"].string())
  }

  /// The files that the record in a folder lists, each once; none where there is no readable record.
  static func outputs(listedIn folder: OpenFolder) -> [String] {
    guard folder.entry(RunRecord.fileName) == .file,
      let record = try? RunRecord(readingFrom: folder.path),
      let outputs = try? record.member("outputs").elements()
    else { return [] }
    let names = outputs.compactMap { try? $0.members()["path"]?.string() }
    return Set(names.filter(\.isOutputName)).sorted()
  }
}
