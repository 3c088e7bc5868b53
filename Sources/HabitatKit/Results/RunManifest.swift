import Documents
import Foundation
import GeoIO
import RasterCore
import RasterLoader
import Reclassification
import Reporting
import RunFolder

/// The record of a run: what went in, with which parameters, what came out.
struct RunManifest {
  static let schema = "habitat-manifest-1"

  let inputs: PreparedInputs
  let request: ScoreRequest
  let records: [InputFile.Record]

  /// The parts that decide whether two runs are of the same inputs and parameters.
  var identity: [JSONValue.Member] {
    [
      .init("command", .string(ScoreRequest.command)),
      .init("parameters", recorded(RunParameters.json(of: request))),
      .init("inputs", recorded(.array(records.map(Self.json)))),
      .init("models", .array(inputs.scorers.map { Self.json($0.model) })),
    ]
  }

  /// Says the name of an installed landscape, not its place, and of addresses what is nobody's key.
  private func recorded(_ value: JSONValue) -> JSONValue {
    let secret = Set(inputs.files.map(\.path) + request.landscape.paths)
      .map { ($0, RemoteSources.withoutSecrets($0)) }.filter { $0.0 != $0.1 }
    let value =
      secret.isEmpty
      ? value
      : value.mappingTexts { text in
        secret.reduce(text) { $0.replacing($1.0, with: $1.1) }
      }
    guard let installed = request.landscape.installed else { return value }
    return RecordedPaths(installed: installed).recording(value)
  }

  /// - Parameter outputs: the finished files, in the folder in which they are staged.
  func json(
    outputs: [InputFile.Record], tables: ScoreTables, warnings: [HabitatWarning]
  ) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("schema", .string(Self.schema)),
      .init("habitat_version", .string(Habitat.version)),
    ]
    members += identity
    members += [
      .init(
        "libraries",
        .object(Habitat.libraries.map { .init($0.name, .string($0.version)) })),
      .init("outputs", .array(outputs.map { RecordText.outputEntry($0) })),
      .init("grid", inputs.grid.json),
      .init("sources", .array(inputs.sources.map(\.json))),
      .init("layers_missing", .array(inputs.missingLayers.map { .string($0.key) })),
      .init("decided_by_default", .array(tables.decidedByDefault.map(Self.json))),
      .init("warnings", recorded(.array(warnings.map(\.json)))),
    ]
    if request.timestamps {
      members.append(.init("finished", .string(Date().formatted(.iso8601))))
    }
    let digest = SHA256.hexDigest(of: JSONValue.object(members).text.utf8)
    members.insert(.init("digest", .string(digest)), at: 1)
    return .object(members)
  }

  // MARK: Values as JSON

  private static func json(_ record: InputFile.Record) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("layer", .string(record.file.layer)), .init("path", .string(record.file.path)),
      .init("bytes", .number(Double(record.bytes))), .init("sha256", .string(record.sha256)),
    ]
    if let part = record.part {
      members += [
        .init("etag", .string(part.etag)), .init("last_modified", .string(part.lastModified)),
        .init(
          "ranges",
          .array(
            part.ranges.map {
              .array([.number(Double($0.lowerBound)), .number(Double($0.count))])
            })),
      ]
    }
    return .object(members)
  }

  private static func json(_ model: SpeciesModel) -> JSONValue {
    .object([
      .init("name", .string(model.species)), .init("version", .string(model.version)),
      .init("sha256", .string(model.sha256)),
    ])
  }

  static func json(_ decision: ScoreTables.DefaultDecision) -> JSONValue {
    .object([
      .init("kind", .string(decision.kind.rawValue)), .init("park_id", .string(decision.id)),
      .init("park", .string(decision.name)),
      .init("forest_km2", .literal(decision.forest.formatted(decimals: 6))),
      .init("rice_km2", .literal(decision.rice.formatted(decimals: 6))),
    ])
  }
}
