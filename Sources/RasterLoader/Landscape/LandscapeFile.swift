import Documents
public import Foundation
import GeoIO
public import RasterCore

extension Landscape {
  private static let slug = "bad-landscape"

  /// Reads a landscape file; its relative paths start in `folder`.
  ///
  /// - Throws: `.input`, slugs `bad-json` and `bad-landscape`, with the path of the value at fault.
  public init(json5 data: Data, file: String, folder: String) throws(HabitatError) {
    let document = try DocumentNode(
      json5: data, file: file, slug: Self.slug, refusingRepeats: true,
      failure: HabitatError.inDocument)
    let members = try document.members(known: Self.keys(of: ""))
    self.init(name: try members["name"]?.string() ?? AreaTable.unnamed)
    self.file = file
    isSynthetic = try members["synthetic"]?.boolean() ?? false
    if let node = members["landCover"] { try readLandCover(node, folder) }
    if let node = members["elevation"] {
      elevation = try Self.rasterLayer(node, "elevation", folder)
    }
    parks = try members["parks"].map { node throws(HabitatError) in
      try Self.vectorLayer(node, "parks", folder)
    }
    roads = try members["roads"].map { node throws(HabitatError) in
      try Self.vectorLayer(node, "roads", folder)
    }
    if let node = members["settlements"] {
      derivesSettlements = node.value == .string(Self.derived)
      settlements =
        derivesSettlements ? nil : try Self.vectorLayer(node, "settlements", folder)
    }
    if let node = members["refine"] { refinement = try Self.refinement(node, folder) }
    for node in try members["sources"]?.elements() ?? [] {
      sources.append(try Self.source(node))
    }
  }

  private mutating func readLandCover(
    _ node: DocumentNode<HabitatError>, _ folder: String
  ) throws(HabitatError) {
    landCover = try Self.rasterLayer(node, "landCover", folder)
    let members = try node.members()
    let isMadeUp = isSynthetic
    epoch = try members["epoch"].flatMap { node throws(HabitatError) in
      node.value == .null ? nil : try Self.date(in: node, isMadeUp: isMadeUp)
    }
    legend = try members["legend"].flatMap { node throws(HabitatError) in
      guard node.value != .null else { return nil }
      let text = try node.string()
      // A file beside the landscape wins over nothing; a bare name is a built-in legend.
      return text.contains("/") || text.contains(".") ? text.resolved(in: folder) : text
    }
  }

  /// When the land cover was seen.
  private static func date(
    in node: DocumentNode<HabitatError>, isMadeUp: Bool
  ) throws(HabitatError) -> String {
    let text = try node.string()
    // What is made up was seen at no time.
    if isMadeUp, text == synthetic { return text }
    guard CalendarPeriod(epoch: text) != nil else {
      throw node.failure(
        "\"\(text)\" is not a date of the calendar",
        fix:
          "write \"2021\", \"2021-06\" or \"2021-06-30\", or two of them as \"2019/2021\"; leave the key out "
          + "where it is not known")
    }
    return text
  }

  private static let synthetic = "synthetic"

  private static func rasterLayer(
    _ node: DocumentNode<HabitatError>, _ key: String, _ folder: String
  ) throws(HabitatError) -> RasterLayer {
    let members = try node.members(known: keys(of: key))
    guard let tiles = members["tiles"] else {
      throw node.failure("\(node.path) names no tiles", fix: "add tiles: [\"folder/*.tif\"]")
    }
    var layer = RasterLayer(paths: [])
    for tile in try tiles.elements() { layer.paths.append(try tile.string().resolved(in: folder)) }
    layer.corrections.crs = try crs(members["crs"])
    guard !layer.paths.isEmpty else {
      throw tiles.failure("\(tiles.path) names no tiles", fix: "add tiles: [\"folder/*.tif\"]")
    }
    if let nodata = members["nodata"] {
      layer.corrections.nodata =
        nodata.value == .string("none") ? .none : .value(try nodata.number())
    }
    if let band = members["band"] {
      let number = try band.number()
      guard let number = Int(exactly: number), number > 0 else {
        throw band.failure("a band is a whole number from 1", fix: "write band: 1")
      }
      layer.corrections.band = number
    }
    return layer
  }

  private static func vectorLayer(
    _ node: DocumentNode<HabitatError>, _ key: String, _ folder: String
  ) throws(HabitatError) -> VectorLayer {
    let members = try node.members(known: keys(of: key))
    guard let path = members["path"] else {
      throw node.failure("\(node.path) names no path", fix: "add path: \"file.gpkg\"")
    }
    return VectorLayer(
      path: try path.string().resolved(in: folder),
      selection: PolygonLayer.Selection(
        layer: try members["layer"]?.string(), condition: try members["where"]?.string(),
        idField: try members["id"]?.string(), nameField: try members["name"]?.string(),
        encoding: try encoding(members["encoding"])),
      crs: try crs(members["crs"]))
  }

  private static func encoding(
    _ node: DocumentNode<HabitatError>?
  ) throws(HabitatError) -> TextEncoding? {
    guard let node, node.value != .null else { return nil }
    let text = try node.string()
    do throws(HabitatError) {
      return try TextEncoding(named: text)
    } catch {
      throw node.failure(error.what, fix: error.fix)
    }
  }

  private static func crs(
    _ node: DocumentNode<HabitatError>?
  ) throws(HabitatError) -> CoordinateReferenceSystem? {
    guard let node else { return nil }
    let text = try node.string()
    do throws(HabitatError) {
      return try CoordinateReferenceSystem(userInput: text)
    } catch {
      throw node.failure(error.what, fix: error.fix)
    }
  }

  private static func refinement(
    _ node: DocumentNode<HabitatError>, _ folder: String
  ) throws(HabitatError) -> Refinement {
    let members = try node.members(known: keys(of: "refine"))
    var refinement = Refinement()
    func raster(_ key: String) throws(HabitatError) -> RasterLayer? {
      guard let path = try members[key]?.string() else { return nil }
      return RasterLayer(paths: [path.resolved(in: folder)])
    }
    refinement.forestType = try raster("forestType")
    // As --rice none on the command line.
    refinement.excludesRice = members["rice"]?.value == .string(Refinement.noRice)
    if !refinement.excludesRice { refinement.rice = try raster("rice") }
    refinement.water = try raster("water")
    refinement.ricePossible = try members["ricePossible"]?.boolean()
    if let forest = members["defaultForest"] {
      let key = try forest.string()
      let forests: [LandCategory] = [.forestBroadleaf, .forestMixed, .forestConifer]
      guard let category = forests.first(where: { $0.key == key }) else {
        throw forest.failure(
          "\"\(key)\" is no forest category",
          fix: "write one of \(forests.map(\.key).joined(separator: ", "))")
      }
      refinement.defaultForest = category
    }
    return refinement
  }

  private static func source(_ node: DocumentNode<HabitatError>) throws(HabitatError) -> DataSource
  {
    let members = try node.members(known: keys(of: "sources"))
    func text(_ key: String) throws(HabitatError) -> String {
      try members[key]?.string().oneLine ?? ""
    }
    // Called as on the command line it is the same layer.
    let layer = DataSource.key(ofLayer: try text("layer"))
    if let member = members["layer"], !layer.isEmpty, !DataSource.layers.contains(layer) {
      throw member.failure(
        "there is no layer \"\(layer)\"",
        fix: layer.nearest(in: DataSource.layers).map { "did you mean \"\($0)\"?" }
          ?? "write one of \(DataSource.layers.joined(separator: ", "))")
    }
    return DataSource(
      layer: layer, title: try text("title"),
      attribution: try text("attribution"),
      licence: try text("licence"), url: try text("url"), date: try text("date"))
  }
}

extension String {
  /// Relative paths start in the folder of the landscape file, those in names of subdatasets, too; `/vsi…`,
  /// absolute ones and addresses stay.
  fileprivate func resolved(in folder: String) -> String {
    if let raster = SubdatasetPath(self) { return raster.inFile(raster.file.resolved(in: folder)) }
    let stays = hasPrefix("/") || folder.isEmpty || NetworkAccess.isRemote(self)
    return stays ? self : folder + "/" + self
  }
}
