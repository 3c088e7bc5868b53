import Documents
import Foundation
import GeoIO
import RasterCore
import RasterLoader
import Reclassification
import Reporting

/// All of a request that can change a result, defaults included, as its record holds it; enough to run it
/// again.
///
/// Left out is what changes no byte: the folder, threads, memory and whether results may be replaced.
enum RunParameters {
  /// In the order of the record; what is written and what is read back is said of each in one place.
  private static let all: [RecordedParameter] = [
    models,
    modelFiles,
    .name("landscape", \.landscape.name),
    .text("landscape_file", \.landscape.file),
    .flag("synthetic", \.landscape.isSynthetic),
    .text("epoch", \.landscape.epoch),
    .value("landcover", \.landscape.landCover),
    .text("legend", \.landscape.legend),
    .value("dem", \.landscape.elevation),
    .value("parks", \.landscape.parks),
    .value("roads", \.landscape.roads),
    .value(
      "settlements", \.landscape.settlements,
      or: (Landscape.derived, \.landscape.derivesSettlements)),
    .value("forest_type", \.landscape.refinement.forestType),
    .value(
      "rice", \.landscape.refinement.rice,
      or: (Landscape.Refinement.noRice, \.landscape.refinement.excludesRice)),
    .value("water", \.landscape.refinement.water),
    defaultForest,
    ricePossible,
    .value("crs", \.grid.crs),
    resolution,
    extent,
    extentCRS,
    mask,
    .flag("allow_gaps", \.allowGaps),
    .flag("verify_blocks", \.verifiesSources),
    layers,
    format,
    .texts("co", \.creationOptions),
    .flag("stac", \.stac),
    .flag("timestamps", \.timestamps),
    .words("source", \.landscape.statedSources),
    .words("licence", \.landscape.statedLicences),
  ]

  static func json(of request: ScoreRequest) -> JSONValue {
    .object(
      all.compactMap { parameter in
        parameter.write(request).map { JSONValue.Member(parameter.key, $0) }
      })
  }

  /// Parameters whose texts, or those of their members so called, are paths of inputs.
  private static let pathKeys: Set = ["landscape_file", "legend", "model_files"]
  private static let pathMembers: Set = ["tiles", "path"]

  /// Recorded parameters with their inputs elsewhere.
  static func moving(_ parameters: JSONValue, _ place: (String) -> String) -> JSONValue {
    guard case .object(let members) = parameters else { return parameters }
    return .object(
      members.map { member in
        if pathKeys.contains(member.key) {
          return .init(member.key, member.value.mappingTexts(place))
        }
        guard case .object(let layer) = member.value else { return member }
        return .init(
          member.key,
          .object(
            layer.map {
              pathMembers.contains($0.key) ? .init($0.key, $0.value.mappingTexts(place)) : $0
            }))
      })
  }

  /// The request whose parameters these are.
  ///
  /// - Parameter sources: where the layers come from, which the record keeps beside the parameters.
  /// - Throws: `.input`, slug `bad-manifest`, and what reading the files of models throws.
  static func request(
    from node: DocumentNode<HabitatError>, sources: DocumentNode<HabitatError>
  ) throws(HabitatError) -> ScoreRequest {
    let members = try Required(node)
    var request = ScoreRequest(landscape: Landscape(name: ""), models: [])
    for parameter in all { try parameter.read(members, &request) }
    for source in try sources.elements() {
      request.landscape.sources.append(try DataSource(recorded: source))
    }
    request.landscape.hasAllSources = true
    return request
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

  // MARK: Those of a kind of their own

  private static let models = RecordedParameter("species") { request in
    .array(request.models.map { .string($0.species) })
  } read: { (members, request) throws(HabitatError) in
    var own: [SpeciesModel] = []
    for file in try members[modelFiles.key].strings() {
      own.append(try SpeciesModel(json5: Data(try FileSystem.contents(of: file)), file: file))
    }
    let catalogue = try ModelCatalogue(adding: own)
    for name in try members["species"].strings() {
      request.models.append(try catalogue.model(named: name))
    }
    guard !request.models.isEmpty else {
      throw try members["species"].failure("the record names no species", fix: "run again")
    }
  }

  /// Read with the species, which are named in them.
  private static let modelFiles = RecordedParameter("model_files") { request in
    .array(Set(request.models.filter(\.isOwn).map(\.file)).sorted().map { .string($0) })
  } read: { (_, _) throws(HabitatError) in
  }

  private static let defaultForest = RecordedParameter("default_forest") {
    .text($0.landscape.refinement.defaultForest?.key)
  } read: { (members, request) throws(HabitatError) in
    request.landscape.refinement.defaultForest = try members.optional("default_forest") {
      node throws(HabitatError) in
      let key = try node.string()
      guard let category = LandCategory.allCases.first(where: { $0.key == key }) else {
        throw node.failure("there is no category \"\(key)\"", fix: "run again")
      }
      return category
    }
  }

  private static let ricePossible = RecordedParameter("rice_possible") {
    $0.landscape.refinement.ricePossible.map { .boolean($0) } ?? .null
  } read: { (members, request) throws(HabitatError) in
    request.landscape.refinement.ricePossible = try members.optional("rice_possible") {
      node throws(HabitatError) in try node.boolean()
    }
  }

  private static let resolution = RecordedParameter("resolution") {
    $0.grid.resolution.map { .array([.number($0.x), .number($0.y)]) } ?? .null
  } read: { (members, request) throws(HabitatError) in
    if let numbers = try members.optional("resolution", numbers), numbers.count == 2 {
      request.grid.resolution = Point(x: numbers[0], y: numbers[1])
    }
  }

  private static let extent = RecordedParameter("extent") {
    switch $0.grid.extent {
    case nil: .null
    case .parks(let reach): .string(reach.text)
    case .box(let box, _):
      .array([.number(box.minX), .number(box.minY), .number(box.maxX), .number(box.maxY)])
    }
  } read: { (members, request) throws(HabitatError) in
    request.grid.extent = try members.optional("extent") { node throws(HabitatError) in
      if case .string(let text) = node.value {
        guard let reach = ParkReach(text) else {
          throw node.failure("\"\(text)\" is no part of a grid", fix: "run again")
        }
        return .parks(reach)
      }
      let numbers = try numbers(node)
      guard numbers.count == 4 else {
        throw node.failure("an extent has four numbers", fix: "run again")
      }
      return .box(
        Extent(minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3]), crs: nil)
    }
  }

  /// Read after the extent that it is of.
  private static let extentCRS = RecordedParameter("extent_crs") {
    guard case .box(_, let crs) = $0.grid.extent else { return .null }
    return crs?.recorded ?? .null
  } read: { (members, request) throws(HabitatError) in
    let crs = try members.optional("extent_crs") { node throws(HabitatError) in
      try CoordinateReferenceSystem(recorded: node)
    }
    if case .box(let box, _) = request.grid.extent { request.grid.extent = .box(box, crs: crs) }
  }

  /// Which records of earlier versions lack.
  private static let mask = RecordedParameter("mask") {
    $0.grid.mask.map { .string($0.text) }
  } read: { (members, request) throws(HabitatError) in
    guard let node = members.found("mask") else { return }
    guard let reach = ParkReach(try node.string()) else {
      throw node.failure("that is no land around parks", fix: "run again")
    }
    request.grid.mask = reach
  }

  private static let layers = RecordedParameter("layers") { request in
    .array(OutputLayer.allCases.filter(request.layers.contains).map { .string($0.rawValue) })
  } read: { (members, request) throws(HabitatError) in
    request.layers = []
    for name in try members["layers"].strings() {
      guard let layer = OutputLayer(rawValue: name) else {
        throw try members["layers"].failure("there is no raster \"\(name)\"", fix: "run again")
      }
      request.layers.insert(layer)
    }
  }

  private static let format = RecordedParameter("of") {
    .string($0.format.rawValue)
  } read: { (members, request) throws(HabitatError) in
    let name = try members["of"].string()
    guard let format = OutputFormat(rawValue: name) else {
      throw try members["of"].failure("unsupported raster format \"\(name)\"", fix: "run again")
    }
    request.format = format
  }

  private static func numbers(_ node: DocumentNode<HabitatError>) throws(HabitatError) -> [Double] {
    var numbers: [Double] = []
    for element in try node.elements() { numbers.append(try element.number()) }
    return numbers
  }
}
