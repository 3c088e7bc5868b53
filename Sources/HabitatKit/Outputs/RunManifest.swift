import Foundation
import GeoIO
import RasterCore
import RasterLoader
import Reclassification

/// The record of a run: what went in, with which parameters, what came out.
struct RunManifest {
  static let name = "manifest.json"
  static let schema = "habitat-manifest-1"

  let inputs: PreparedInputs
  let request: ScoreRequest
  let records: [InputFile.Record]

  /// The parts that decide whether two runs are of the same inputs and parameters.
  var identity: [JSONValue.Member] {
    [
      .init("command", .string("score")),
      .init("parameters", parameters),
      .init("inputs", .array(records.map(Self.json))),
      .init("models", .array(inputs.scorers.map { Self.json($0.model) })),
    ]
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
        .object([
          .init("GDAL", .string(GeospatialLibraries.gdalVersion)),
          .init("PROJ", .string(GeospatialLibraries.projVersion)),
          .init("GEOS", .string(GeospatialLibraries.geosVersion)),
        ])),
      .init(
        "outputs",
        .array(outputs.map { Self.outputEntry($0) })),
      .init("grid", inputs.grid.json),
      .init("sources", .array(request.landscape.sources.map(Self.json))),
      .init("layers_missing", .array(inputs.missingLayers.map { .string($0.key) })),
      .init("decided_by_default", .array(tables.decidedByDefault.map(Self.json))),
      .init("warnings", .array(warnings.map(\.json))),
    ]
    if request.timestamps {
      members.append(.init("finished", .string(Date().formatted(.iso8601))))
    }
    let digest = SHA256.hexDigest(of: JSONValue.object(members).text.utf8)
    members.insert(.init("digest", .string(digest)), at: 1)
    return .object(members)
  }

  private var parameters: JSONValue {
    let landscape = request.landscape
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return .object([
      .init("species", .array(request.models.map { .string($0.species) })),
      .init("landscape", .string(landscape.name)),
      .init("synthetic", .boolean(landscape.isSynthetic)),
      .init("landcover", Self.json(landscape.landCover)),
      .init("legend", text(landscape.legend)),
      .init("dem", Self.json(landscape.elevation)),
      .init("parks", Self.json(landscape.parks)),
      .init("roads", Self.json(landscape.roads)),
      .init(
        "settlements",
        landscape.derivesSettlements
          ? .string(Landscape.derived) : Self.json(landscape.settlements)),
      .init("forest_type", Self.json(landscape.refinement.forestType)),
      .init("rice", Self.json(landscape.refinement.rice)),
      .init("water", Self.json(landscape.refinement.water)),
      .init("default_forest", text(landscape.refinement.defaultForest?.key)),
      .init("rice_possible", landscape.refinement.ricePossible.map { .boolean($0) } ?? .null),
      .init("crs", text(request.grid.crs?.name)),
      .init(
        "resolution",
        request.grid.resolution.map { .array([.number($0.x), .number($0.y)]) } ?? .null),
      .init(
        "extent",
        request.grid.extent.map {
          .array([.number($0.minX), .number($0.minY), .number($0.maxX), .number($0.maxY)])
        } ?? .null),
      .init("allow_gaps", .boolean(request.allowGaps)),
      .init(
        "layers",
        .array(OutputLayer.allCases.filter(request.layers.contains).map { .string($0.rawValue) })),
      .init("of", .string("GTiff")),
      .init("co", .array(request.creationOptions.map { .string($0) })),
    ])
  }

  // MARK: Values as JSON

  static func outputEntry(_ record: InputFile.Record) -> JSONValue {
    .object([
      .init("path", .string(record.file.path)), .init("bytes", .number(Double(record.bytes))),
      .init("sha256", .string(record.sha256)),
    ])
  }

  private static func json(_ layer: Landscape.RasterLayer?) -> JSONValue {
    guard let layer else { return .null }
    let nodata: JSONValue =
      switch layer.corrections.nodata {
      case .asDeclared: .string("declared")
      case .value(let value): value.isFinite ? .number(value) : .string("\(value)")
      case .none: .string("none")
      }
    return .object([
      // In whatever order they are named they are the same tiles.
      .init("tiles", .array(Set(layer.paths).sorted().map { .string($0) })),
      .init("assume_crs", layer.corrections.crs.map { .string($0.name) } ?? .null),
      .init("nodata", nodata), .init("band", .number(Double(layer.corrections.band ?? 1))),
    ])
  }

  private static func json(_ layer: Landscape.VectorLayer?) -> JSONValue {
    guard let layer else { return .null }
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return .object([
      .init("path", .string(layer.path)), .init("layer", text(layer.selection.layer)),
      .init("where", text(layer.selection.condition)), .init("id", text(layer.selection.idField)),
      .init("name", text(layer.selection.nameField)), .init("assume_crs", text(layer.crs?.name)),
    ])
  }

  private static func json(_ record: InputFile.Record) -> JSONValue {
    .object([
      .init("layer", .string(record.file.layer)), .init("path", .string(record.file.path)),
      .init("bytes", .number(Double(record.bytes))), .init("sha256", .string(record.sha256)),
    ])
  }

  private static func json(_ source: Landscape.Source) -> JSONValue {
    .object([
      .init("layer", .string(source.layer)), .init("title", .string(source.title)),
      .init("licence", .string(source.licence)), .init("url", .string(source.url)),
    ])
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
