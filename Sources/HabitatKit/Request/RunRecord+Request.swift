import Documents
import RasterCore
import RasterLoader
import RunFolder

extension RunRecord {
  /// The request that was run.
  ///
  /// - Parameter place: where an input of a recorded path lies now.
  /// - Throws: `.input`, slug `bad-manifest`, and what reading the files of models throws.
  func request(
    place: (String) -> String = { $0 }
  ) throws(HabitatError) -> ScoreRequest {
    let parameters = try memberWithPlaces("parameters")
    var request = try RunParameters.request(
      from: parameters.with(RunParameters.moving(parameters.value, place)),
      sources: try member("sources"))
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

  /// The landscape of the record where it is an installed one: its paths are recorded as if in `./rasters`.
  private var installedPaths: RecordedPaths? {
    guard let file = try? members["parameters"]?.members()["landscape_file"]?.string() else {
      return nil
    }
    return LandscapeFolders.ofProgram.paths(ofRecordedFile: file)
  }

  /// A member whose paths lead to the files, those of an installed landscape, too.
  private func memberWithPlaces(_ key: String) throws(HabitatError) -> DocumentNode<HabitatError> {
    let node = try member(key)
    guard let paths = installedPaths else { return node }
    return node.with(paths.finding(node.value))
  }
}
