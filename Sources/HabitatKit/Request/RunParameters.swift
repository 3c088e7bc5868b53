import Documents
import GeoIO
import RasterCore
import RasterLoader
import Reclassification

/// All of a request that can change a result, defaults included, as its record holds it; enough to run it
/// again.
///
/// Left out is what changes no byte: the folder, threads, memory and whether results may be replaced.
enum RunParameters {
  static func json(of request: ScoreRequest) -> JSONValue {
    let landscape = request.landscape
    let (refinement, grid) = (landscape.refinement, request.grid)
    let members: [JSONValue.Member] = [
      .init("species", .array(request.models.map { .string($0.species) })),
      .init(
        "model_files",
        .array(Set(request.models.filter(\.isOwn).map(\.file)).sorted().map { .string($0) })),
      .init("landscape", .string(landscape.name)),
      .init("landscape_file", .text(landscape.file)),
      .init("synthetic", .boolean(landscape.isSynthetic)),
      .init("epoch", .text(landscape.epoch)),
      .init("landcover", json(landscape.landCover)),
      .init("legend", .text(landscape.legend)),
      .init("dem", json(landscape.elevation)),
      .init("parks", json(landscape.parks)),
      .init("roads", json(landscape.roads)),
      .init(
        "settlements",
        landscape.derivesSettlements ? .string(Landscape.derived) : json(landscape.settlements)),
      .init("forest_type", json(refinement.forestType)),
      .init(
        "rice",
        refinement.excludesRice
          ? .string(Landscape.Refinement.noRice) : json(refinement.rice)),
      .init("water", json(refinement.water)),
      .init("default_forest", .text(refinement.defaultForest?.key)),
      .init("rice_possible", refinement.ricePossible.map { .boolean($0) } ?? .null),
      .init("crs", json(grid.crs)),
      .init(
        "resolution", grid.resolution.map { .array([.number($0.x), .number($0.y)]) } ?? .null),
      .init(
        "extent",
        grid.extent.map {
          .array([.number($0.minX), .number($0.minY), .number($0.maxX), .number($0.maxY)])
        } ?? .null),
      .init("extent_crs", json(grid.extentCRS)),
      .init("allow_gaps", .boolean(request.allowGaps)),
      .init("verify_blocks", .boolean(request.verifiesSources)),
      .init(
        "layers",
        .array(OutputLayer.allCases.filter(request.layers.contains).map { .string($0.rawValue) })),
      .init("of", .string(request.format.rawValue)),
      .init("co", .array(request.creationOptions.map { .string($0) })),
      .init("stac", .boolean(request.stac)),
      .init("timestamps", .boolean(request.timestamps)),
    ]
    return .object(
      members + words("source", landscape.statedSources)
        + words("licence", landscape.statedLicences))
  }

  /// Words of an option by layer; nothing where it was not given, as in records of earlier versions.
  private static func words(_ key: String, _ words: [String: String]) -> [JSONValue.Member] {
    guard !words.isEmpty else { return [] }
    let members = words.sorted { $0.key < $1.key }
    return [.init(key, .object(members.map { .init($0.key, .string($0.value)) }))]
  }

  /// What a part of a record, such as `parameters.default_forest`, is to who starts a run: the option that
  /// sets it, where there is one.
  static func name(ofPart part: String) -> String {
    let prefix = "parameters."
    guard part.hasPrefix(prefix) else { return part.replacing("_", with: " ") }
    let key = part.dropFirst(prefix.count)
    return switch key {
    case "landscape", "landscape_file", "synthetic", "default_forest", "rice_possible":
      "--landscape"
    case "model_files": "--model"
    case "parks": "--parks, --parks-layer, --parks-where, --park-id or --park-name"
    default: "--" + key.replacing("_", with: "-")
    }
  }

  /// The code where it says all that the CRS is, else WKT. GDAL reads WKT back in other words than it was
  /// written in where the code is known.
  private static func json(_ crs: CoordinateReferenceSystem?) -> JSONValue {
    guard let crs else { return .null }
    return .string(crs.authorityCode ?? crs.wkt)
  }

  private static func json(_ layer: Landscape.RasterLayer?) -> JSONValue {
    guard let layer else { return .null }
    let nodata: JSONValue =
      switch layer.corrections.nodata {
      case .asDeclared: .string("declared")
      case .value(let value): .number(orText: value)
      case .none: .string("none")
      }
    return .object([
      // In whatever order they are named they are the same tiles.
      .init("tiles", .array(Set(layer.paths).sorted().map { .string($0) })),
      .init("assume_crs", json(layer.corrections.crs)), .init("nodata", nodata),
      .init("band", layer.corrections.band.map { .number(Double($0)) } ?? .null),
    ])
  }

  private static func json(_ layer: Landscape.VectorLayer?) -> JSONValue {
    guard let layer else { return .null }
    return .object([
      .init("path", .string(layer.path)), .init("layer", .text(layer.selection.layer)),
      .init("where", .text(layer.selection.condition)), .init("id", .text(layer.selection.idField)),
      .init("name", .text(layer.selection.nameField)), .init("assume_crs", json(layer.crs)),
      .init("encoding", .text(layer.selection.encoding?.name)),
    ])
  }
}
