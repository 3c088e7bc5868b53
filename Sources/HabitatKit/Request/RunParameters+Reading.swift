import Documents
import Foundation
import GeoIO
import RasterCore
import RasterLoader
import Reclassification
import Reporting

extension RunParameters {
  /// The request whose parameters these are.
  ///
  /// - Parameter sources: where the layers come from, which the record keeps beside the parameters.
  /// - Throws: `.input`, slug `bad-manifest`, and what reading the files of models throws.
  static func request(
    from node: DocumentNode<HabitatError>, sources: DocumentNode<HabitatError>
  ) throws(HabitatError) -> ScoreRequest {
    let members = try Required(node)
    var landscape = try landscape(from: members)
    for source in try sources.elements() {
      landscape.sources.append(try DataSource(recorded: source))
    }
    landscape.hasAllSources = true
    let others = try node.members()
    landscape.statedSources = try words(others["source"])
    landscape.statedLicences = try words(others["licence"])
    var request = ScoreRequest(landscape: landscape, models: try models(from: members))
    request.grid = try grid(from: members)
    request.allowGaps = try members["allow_gaps"].boolean()
    request.verifiesSources = try members["verify_blocks"].boolean()
    var layers: Set<OutputLayer> = []
    for name in try members["layers"].strings() {
      guard let layer = OutputLayer(rawValue: name) else {
        throw try members["layers"].failure("there is no raster \"\(name)\"", fix: "run again")
      }
      layers.insert(layer)
    }
    request.layers = layers
    let format = try members["of"].string()
    guard let known = OutputFormat(rawValue: format) else {
      throw try members["of"].failure("unsupported raster format \"\(format)\"", fix: "run again")
    }
    request.format = known
    request.creationOptions = try members["co"].strings()
    request.stac = try members["stac"].boolean()
    request.timestamps = try members["timestamps"].boolean()
    return request
  }

  /// Words of an option by layer; none where the record has none.
  private static func words(_ node: DocumentNode<HabitatError>?) throws(HabitatError) -> [String:
    String]
  {
    var words: [String: String] = [:]
    for (layer, text) in try node?.members() ?? [:] { words[layer] = try text.string() }
    return words
  }

  private static func models(from members: Required<HabitatError>) throws(HabitatError)
    -> [SpeciesModel]
  {
    var own: [SpeciesModel] = []
    for file in try members["model_files"].strings() {
      own.append(try SpeciesModel(json5: Data(try FileSystem.contents(of: file)), file: file))
    }
    let catalogue = try ModelCatalogue(adding: own)
    var models: [SpeciesModel] = []
    for name in try members["species"].strings() { models.append(try catalogue.model(named: name)) }
    guard !models.isEmpty else {
      throw try members["species"].failure("the record names no species", fix: "run again")
    }
    return models
  }

  private static func landscape(from members: Required<HabitatError>) throws(HabitatError)
    -> Landscape
  {
    var landscape = Landscape(name: try members["landscape"].string())
    landscape.file = try members.text("landscape_file")
    landscape.isSynthetic = try members["synthetic"].boolean()
    landscape.epoch = try members.text("epoch")
    landscape.landCover = try members.optional("landcover", rasterLayer)
    landscape.legend = try members.text("legend")
    landscape.elevation = try members.optional("dem", rasterLayer)
    landscape.parks = try members.optional("parks", vectorLayer)
    landscape.roads = try members.optional("roads", vectorLayer)
    landscape.derivesSettlements = try members["settlements"].value == .string(Landscape.derived)
    if !landscape.derivesSettlements {
      landscape.settlements = try members.optional("settlements", vectorLayer)
    }
    landscape.refinement.forestType = try members.optional("forest_type", rasterLayer)
    landscape.refinement.excludesRice =
      try members["rice"].value == .string(Landscape.Refinement.noRice)
    if !landscape.refinement.excludesRice {
      landscape.refinement.rice = try members.optional("rice", rasterLayer)
    }
    landscape.refinement.water = try members.optional("water", rasterLayer)
    landscape.refinement.defaultForest = try members.optional("default_forest") {
      node throws(HabitatError) in
      let key = try node.string()
      guard let category = LandCategory.allCases.first(where: { $0.key == key }) else {
        throw node.failure("there is no category \"\(key)\"", fix: "run again")
      }
      return category
    }
    landscape.refinement.ricePossible = try members.optional("rice_possible") {
      node throws(HabitatError) in try node.boolean()
    }
    return landscape
  }

  private static func rasterLayer(
    _ node: DocumentNode<HabitatError>
  ) throws(HabitatError) -> Landscape.RasterLayer {
    let members = try Required(node)
    var layer = Landscape.RasterLayer(paths: try members["tiles"].strings())
    layer.corrections.crs = try members.crs("assume_crs")
    layer.corrections.band = try members.optional("band") { node throws(HabitatError) in
      try node.count()
    }
    let nodata = try members["nodata"]
    layer.corrections.nodata =
      switch nodata.value {
      case .string("declared"): .asDeclared
      case .string("none"): .none
      // NaN and the infinities are no JSON numbers.
      case .string(let name) where Double(name) != nil: .value(Double(name)!)
      default: .value(try nodata.number())
      }
    return layer
  }

  private static func vectorLayer(
    _ node: DocumentNode<HabitatError>
  ) throws(HabitatError) -> Landscape.VectorLayer {
    let members = try Required(node)
    return Landscape.VectorLayer(
      path: try members["path"].string(),
      selection: .init(
        layer: try members.text("layer"), condition: try members.text("where"),
        idField: try members.text("id"), nameField: try members.text("name"),
        encoding: try members.optional("encoding") { node throws(HabitatError) in
          try TextEncoding(named: try node.string())
        }),
      crs: try members.crs("assume_crs"))
  }

  private static func grid(from members: Required<HabitatError>) throws(HabitatError) -> CustomGrid
  {
    var grid = CustomGrid(crs: try members.crs("crs"))
    if let numbers = try members.optional("resolution", numbers), numbers.count == 2 {
      grid.resolution = Point(x: numbers[0], y: numbers[1])
    }
    if let numbers = try members.optional("extent", numbers), numbers.count == 4 {
      grid.extent = Extent(
        minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3])
    }
    grid.extentCRS = try members.crs("extent_crs")
    return grid
  }

  private static func numbers(_ node: DocumentNode<HabitatError>) throws(HabitatError) -> [Double] {
    var numbers: [Double] = []
    for element in try node.elements() { numbers.append(try element.number()) }
    return numbers
  }
}

extension Required<HabitatError> {
  /// What `read` makes of a member that may be null.
  fileprivate func optional<Value>(
    _ key: String, _ read: (DocumentNode<HabitatError>) throws(HabitatError) -> Value
  ) throws(HabitatError) -> Value? {
    let member = try self[key]
    return member.value == .null ? nil : try read(member)
  }

  fileprivate func text(_ key: String) throws(HabitatError) -> String? {
    try optional(key) { node throws(HabitatError) in try node.string() }
  }

  fileprivate func crs(_ key: String) throws(HabitatError) -> CoordinateReferenceSystem? {
    try optional(key) { node throws(HabitatError) in
      try CoordinateReferenceSystem(userInput: try node.string())
    }
  }
}
