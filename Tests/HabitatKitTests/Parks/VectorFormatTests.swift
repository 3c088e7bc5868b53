import Foundation
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Formats of outlines") struct VectorFormatTests {
  /// The landscape's parks written by another driver; KML has a field `Name` of its own and knows degrees only.
  private static let formats: [(driver: String, file: String, id: String?)] = [
    ("GPKG", "other.gpkg", "park_id"), ("ESRI Shapefile", "parks.shp", "park_id"),
    ("GeoJSON", "parks.geojson", "park_id"), ("OpenFileGDB", "parks.gdb", "park_id"),
    ("KML", "parks.kml", nil), ("LIBKML", "libkml.kml", nil),
    ("FlatGeobuf", "parks.fgb", "park_id"),
  ]

  @Test("the same parks give the same km² from any format", arguments: formats.indices)
  func parks(index: Int) throws {
    let format = Self.formats[index]
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      let expected = try landscape.options(out: "expected").run()
      try landscape.parks.write(
        to: folder.path(format.file), crs: "EPSG:4326", driver: format.driver)
      var options = landscape.options(reading: ["landcover.tif"], parks: format.file)
      options.inputs.parkID = format.id
      let found = try options.run()
      let (mine, theirs) = (expected.species[0].table.rows, found.species[0].table.rows)
      #expect(mine.count == theirs.count)
      for row in mine {
        let other = try #require(theirs.first { abs($0.area - row.area) < 1e-6 * row.area })
        // KML has 15 digits, and text is no binary number.
        for (a, b) in zip(row.parts, other.parts) { #expect(abs(a - b) < 1e-6) }
        #expect(format.id == nil || other.id == row.id)
        // A Shapefile is in Latin letters unless told otherwise.
        #expect(
          format.id == nil || other.name == row.name || format.driver == "ESRI Shapefile")
      }
    }
  }

  // MARK: OpenStreetMap

  /// Four squares of 0.04° in the landscape: a reserve of a relation, a park of a way, a district and a lake.
  static let areas: String = {
    let corners = [(130.74, 43.26), (130.80, 43.26), (130.74, 43.31), (130.80, 43.31)]
    let tags = [
      "", "<tag k=\"leisure\" v=\"nature_reserve\"/><tag k=\"name\" v=\"Заказник\"/>",
      "<tag k=\"boundary\" v=\"administrative\"/><tag k=\"admin_level\" v=\"6\"/>",
      "<tag k=\"natural\" v=\"water\"/><tag k=\"name\" v=\"Lake\"/>",
    ]
    var (nodes, ways) = ("", "")
    for (index, (west, south)) in corners.enumerated() {
      let first = 10 * (index + 1)
      let square = [(0.0, 0.0), (0.04, 0.0), (0.04, 0.04), (0.0, 0.04)]
      for (corner, (x, y)) in square.enumerated() {
        nodes += "<node id=\"\(first + corner)\" lat=\"\(south + y)\" lon=\"\(west + x)\"/>\n"
      }
      let references = [0, 1, 2, 3, 0].map { "<nd ref=\"\(first + $0)\"/>" }.joined()
      ways += "<way id=\"\(100 + index)\">\(references)\(tags[index])</way>\n"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <osm version="0.6" generator="by hand">
      \(nodes)\(ways)<relation id="900"><member type="way" ref="100" role="outer"/>
      <tag k="type" v="boundary"/><tag k="boundary" v="protected_area"/><tag k="name" v="Reserve"/>
      </relation></osm>
      """
  }()

  private func run(
    _ change: (inout ScoreOptions, TemporaryFolder) throws -> Void
  ) throws -> ScoreResult {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      let file = try folder.write(Self.areas, to: "areas.osm")
      (options.inputs.parks, options.inputs.parkID) = (file, nil)
      options.inputs.allowGaps = true
      try change(&options, folder)
      return try options.run()
    }
  }

  @Test("of an OSM extract parks are the protected areas, of relations and of ways")
  func protectedAreas() throws {
    let rows = try run { _, _ in }.species[0].table.rows
    #expect(Set(rows.map(\.name)) == ["Reserve", "Заказник"])
    // 0.04° by 0.04° at 43.28° N: 4.446 km north by 3.249 km east, within half a percent.
    for row in rows { #expect(abs(row.area / (4.446 * 3.249) - 1) < 5e-3) }
  }

  @Test("a condition takes areas of other kinds instead") func administrativeAreas() throws {
    let rows = try run { options, _ in
      options.inputs.parksWhere = "boundary = 'administrative' AND admin_level = '6'"
    }.species[0].table.rows
    #expect(rows.count == 1)
    let error = #expect(throws: HabitatError.self) {
      try run { options, _ in options.inputs.parksWhere = "boundary = 'maritime'" }
    }
    #expect(error?.slug == "parks-empty" && error?.fix.contains("protected areas") == true)
  }

  @Test("outlines of water make water of the cells whose centres they hold") func water() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      options.inputs.water = try folder.write(Self.areas, to: "areas.osm")
      options.inputs.parks = nil
      options.inputs.parkID = nil
      let table = try options.run().landCover.rows[0]
      var plain = options
      plain.inputs.water = nil
      plain.output = folder.path("plain")
      let before = try plain.run().landCover.rows[0]
      let water = Int(LandCategory.water.rawValue) - 1
      let gained = table.parts[water] - before.parts[water]
      // About three quarters of the lake's 14.4 km² lie on the raster; a tenth of it was water before, another
      // has no land cover.
      #expect((6...12).contains(gained), "\(gained)")
      #expect(abs(table.parts.reduce(0, +) - before.parts.reduce(0, +)) < 1e-6)
      #expect(abs(table.nodata - before.nodata) < 1e-6)
      let manifest = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      #expect(manifest.contains("areas.osm"))
      var check = CheckOptions()
      check.inputs = options.inputs
      let described = try check.check().run().vectors.filter { $0.layer == "water" }
      #expect(described.map(\.count) == [1])
      #expect(described.map(\.isOpenStreetMap) == [true])
      var explain = ExplainOptions()
      (explain.inputs, explain.species) = (options.inputs, "leopard")
      explain.place = "130.82,43.33"
      let found = try explain.explanation()
      #expect([LandCategory.water.key, "nodata"].contains(found.category))
    }
  }

  @Test("outlines of water that hold none, or lie elsewhere, are refused or warned about")
  func noWater() throws {
    let error = #expect(throws: HabitatError.self) {
      try run { options, folder in
        options.inputs.water = try folder.write(
          "{\"type\":\"LineString\",\"coordinates\":[[130.7,43.2],[130.8,43.3]]}",
          to: "river.geojson")
      }
    }
    #expect(error?.slug == "water-empty" && error?.kind == .input)
    let warnings = try run { options, folder in
      options.inputs.water = try folder.write(
        "{\"type\":\"Polygon\",\"coordinates\":[[[10,46],[11,46],[11,47],[10,46]]]}",
        to: "lake.geojson")
    }.warnings
    #expect(warnings.contains { $0.slug == "water-elsewhere" })
  }
}
