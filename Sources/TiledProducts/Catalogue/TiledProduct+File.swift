import Documents
package import Foundation
package import RasterCore

extension TiledProduct {
  private static let slug = "bad-product"

  /// Reads a product's file, JSON5.
  ///
  /// - Parameter index: the list of tiles of a name; `nil` where there is none.
  /// - Throws: `.input`, slugs `bad-json` and `bad-product`, with the path of the value at fault.
  package init(
    json5 data: Data, file: String, index: (String) -> TileIndex?
  ) throws(HabitatError) {
    let document = try DocumentNode(
      json5: data, file: file, slug: Self.slug, refusingRepeats: true,
      failure: HabitatError.inDocument)
    let members = try document.members(known: [
      "name", "title", "version", "layer", "url", "root", "crs", "tiles", "nodata", "legend",
      "epoch", "licence", "attribution", "citation", "absent", "fill",
    ])
    func node(_ key: String) throws(HabitatError) -> DocumentNode<HabitatError> {
      guard let node = members[key] else {
        throw document.failure("\"\(key)\" is missing", fix: "add it")
      }
      return node
    }
    func text(_ key: String) throws(HabitatError) -> String { try node(key).string() }
    name = try text("name")
    title = try text("title")
    version = try text("version")
    layer = try text("layer")
    guard ["landcover", "dem"].contains(layer) else {
      throw try node("layer").failure(
        "a product is no layer \"\(layer)\"", fix: "write \"landcover\" or \"dem\"")
    }
    url = try text("url")
    root = try text("root")
    guard url.hasPrefix(root), root.hasSuffix("/") else {
      throw try node("root").failure(
        "the address of a tile does not begin with the root and a slash", fix: "write its beginning"
      )
    }
    for part in ["{ns}", "{lat}", "{ew}", "{lon}"] where !url.contains(part) {
      throw try node("url").failure(
        "the address lacks \(part)", fix: "write where the corner stands")
    }
    crs = try text("crs")
    let tiles = try node("tiles")
    scheme = try Self.scheme(tiles)
    megabytesOfTile = try tiles.members()["megabytes"]?.number()
    nodata = try members["nodata"]?.number()
    legend = try members["legend"]?.string()
    epoch = try text("epoch")
    licence = try text("licence")
    attribution = try text("attribution")
    citation = try text("citation")
    fill = try members["fill"]?.string()
    absent = try Self.absent(try node("absent"), index)
  }

  private static func scheme(
    _ node: DocumentNode<HabitatError>
  ) throws(HabitatError) -> TileScheme {
    let members = try node.members(
      known: ["degrees", "south", "north", "shift", "cells", "megabytes"])
    func number(_ key: String, in members: [String: DocumentNode<HabitatError>])
      throws(HabitatError) -> Double
    {
      guard let node = members[key] else {
        throw node.failure("\(node.path) lacks \"\(key)\"", fix: "add it")
      }
      return try node.number()
    }
    let values = (
      Int(exactly: try number("degrees", in: members)),
      Int(exactly: try number("south", in: members)), Int(exactly: try number("north", in: members))
    )
    guard let degrees = values.0, let south = values.1, let north = values.2, degrees > 0,
      360 % degrees == 0, -90 <= south, south < north, north <= 90, south % degrees == 0,
      north % degrees == 0
    else {
      throw node.failure(
        "tiles of such degrees do not fit the Earth", fix: "write whole degrees that divide 360")
    }
    var cells: [TileScheme.Cells] = []
    for entry in try members["cells"]?.elements() ?? [] {
      let sizes = try entry.members(known: ["below", "columns", "rows"])
      let size = TileScheme.Cells(
        below: try sizes["below"]?.count() ?? 0, columns: try sizes["columns"]?.count() ?? 0,
        rows: try sizes["rows"]?.count() ?? 0)
      guard size.columns > 0, size.rows > 0, size.below > cells.last?.below ?? 0,
        size.rows == cells.first?.rows ?? size.rows
      else {
        throw entry.failure(
          "sizes of tiles come by ascending latitudes, with as many rows each",
          fix: "write { below: 50, columns: 3600, rows: 3600 }")
      }
      cells.append(size)
    }
    guard cells.last?.below == 90 else {
      throw node.failure("\(node.path) says no size up to the pole", fix: "add below: 90")
    }
    return TileScheme(
      degrees: degrees, latitudes: south..<north, shift: try number("shift", in: members),
      cells: cells)
  }

  private static func absent(
    _ node: DocumentNode<HabitatError>, _ index: (String) -> TileIndex?
  ) throws(HabitatError) -> Absent {
    let members = try node.members(known: ["means", "index", "isExact"])
    let meaning = try members["means"]?.string() ?? ""
    let name = try members["index"]?.string() ?? ""
    guard let meaning = Absent.Meaning(rawValue: meaning) else {
      throw node.failure("an absent tile means \"sea\" or \"hole\"", fix: "write means: \"sea\"")
    }
    guard let tiles = index(name) else {
      throw node.failure("there is no list of tiles \"\(name)\"", fix: "name one that there is")
    }
    return Absent(
      meaning: meaning, index: tiles, isExact: try members["isExact"]?.boolean() ?? true)
  }
}
