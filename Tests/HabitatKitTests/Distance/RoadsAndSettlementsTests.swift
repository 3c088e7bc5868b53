import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Roads and settlements in a run") struct RoadsAndSettlementsTests {
  /// A road from west to east and a village, in longitude and latitude.
  private static func geoJSON(_ geometry: String) -> String {
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"kind\":1},"
      + "\"geometry\":\(geometry)}]}"
  }

  private static let road = geoJSON(
    "{\"type\":\"LineString\",\"coordinates\":[[130.6,43.28],[131.0,43.30]]}")
  private static let village = geoJSON("{\"type\":\"Point\",\"coordinates\":[130.8,43.31]}")

  private static func options(_ folder: TemporaryFolder) throws -> ScoreOptions {
    var options = try TestLandscape(in: folder).options()
    options.inputs.roads = try folder.write(road, to: "roads.geojson")
    options.inputs.settlements = try folder.write(village, to: "villages.geojson")
    return options
  }

  private static func refusal(
    _ change: (TemporaryFolder, inout ScoreOptions) throws -> Void
  ) throws -> String? {
    try TemporaryFolder.with { folder in
      var options = try options(folder)
      try change(folder, &options)
      return (#expect(throws: HabitatError.self) { try options.run() })?.slug
    }
  }

  private static func warnings(
    _ change: (TemporaryFolder, inout ScoreOptions) throws -> Void
  ) throws -> Set<String> {
    try TemporaryFolder.with { folder in
      var options = try options(folder)
      try change(folder, &options)
      return Set(try options.run().warnings.map(\.slug))
    }
  }

  @Test("with both layers a run is complete, and scores less than without")
  func completesRuns() throws {
    try TemporaryFolder.with { folder in
      let with = try Self.options(folder).run()
      #expect(!with.warnings.contains { $0.slug == "layers-missing" })
      #expect(with.species[0].notes.isEmpty)
      let manifest = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      #expect(manifest.contains("\"layers_missing\": []"))
      #expect(manifest.contains("villages.geojson"))
      var options = try Self.options(folder)
      (options.inputs.roads, options.inputs.settlements) = (nil, nil)
      options.overwrite = true
      let without = try options.run()
      #expect(without.warnings.contains { $0.slug == "layers-missing" })
      let notSuitable = [with, without].map { $0.species[0].table.row("1")!.parts[0] }
      #expect(notSuitable[0] > notSuitable[1])
    }
  }

  @Test("explain recomputes what the rasters hold, distances too")
  func explainsCells() throws {
    try TemporaryFolder.with { folder in
      let options = try Self.options(folder)
      var question = ExplainOptions()
      (question.inputs, question.species) = (options.inputs, "leopard")
      question.place = "130.80,43.31"
      let layers = try question.explanation().species[0].layers
      let settlements = try #require(layers.first { $0.key == "settlements" }?.value)
      // The village lies in the cell, whose diagonal is 424 m.
      #expect(settlements <= 213)
      let roads = try #require(layers.first { $0.key == "roads" }?.value)
      // The road passes 0.02° south of the village: 2222 m, less for its slope of 1:20.
      #expect(abs(roads - 2222) < 230)
    }
  }

  @Test("derived settlements are found whatever the threads, and by explain")
  func derivesSettlements() throws {
    try TemporaryFolder.with { folder in
      var options = try Self.options(folder)
      options.inputs.settlements = "derive"
      options.layers = "class,score"
      var files: [[String: Data]] = []
      for threads in [1, 3] {
        (options.threads, options.output) = (threads, folder.path("out\(threads)"))
        let result = try options.run()
        #expect(result.warnings.allSatisfy { $0.slug != "settlements-none" })
        files.append(try folder.files(in: "out\(threads)"))
      }
      #expect(files[0] == files[1])
      var question = ExplainOptions()
      (question.inputs, question.species) = (options.inputs, "leopard")
      question.place = "130.80,43.31"
      let layers = try question.explanation().species[0].layers
      #expect(layers.contains { $0.key == "settlements" && $0.value != nil })
    }
  }

  @Test("without built-up land a derived layer warns")
  func warnsWithoutBuiltUpLand() throws {
    let slugs = try Self.warnings { folder, options in
      let landscape = try TestLandscape(in: folder)
      var land = landscape.landCover
      for cell in land.cells.indices where land.cells[cell] == 10 { land.cells[cell] = 5 }
      try land.write(to: folder.path("landcover.tif"), on: landscape.grid)
      options.inputs.settlements = "derive"
    }
    #expect(slugs.contains("settlements-none"))
  }

  @Test("a landscape file may say derive") func readsDerive() throws {
    try TemporaryFolder.with { folder in
      var options = try Self.options(folder)
      let file = """
        { name: "x", landCover: { tiles: ["landcover.tif"], legend: "ten_categories" },
          elevation: { tiles: ["dem.tif"] }, parks: { path: "parks.gpkg" },
          roads: { path: "roads.geojson", where: "kind = 1" }, settlements: "derive" }
        """
      options.inputs = InputOptions()
      options.inputs.landscape = try folder.write(file, to: "landscape.json")
      #expect(try !options.run().warnings.contains { $0.slug == "layers-missing" })
    }
  }

  @Test("roads without a CRS are refused until it is given") func needsCRS() throws {
    let csv = "id,WKT\n1,\"LINESTRING (640000 4795000, 652000 4796000)\"\n"
    let slug = try Self.refusal { folder, options in
      options.inputs.roads = try folder.write(csv, to: "roads.csv")
    }
    #expect(slug == "crs-missing")
    let slugs = try Self.warnings { folder, options in
      options.inputs.roads = try folder.write(csv, to: "roads.csv")
      options.inputs.assumedCRS = ["roads=EPSG:32652"]
    }
    #expect(slugs.isDisjoint(with: ["layers-missing", "roads-elsewhere"]))
  }

  @Test("roads in another system are the same roads") func otherSystem() throws {
    try TemporaryFolder.with { folder in
      var options = try Self.options(folder)
      // Edges of a kilometre bend by less than a decimetre between the two.
      let line = (0...32).map { Point(x: 130.6 + 0.0125 * Double($0), y: 43.28) }
      let transform = try CoordinateTransform(
        from: CoordinateReferenceSystem(userInput: "EPSG:4326"),
        to: CoordinateReferenceSystem(userInput: "EPSG:32652"))
      func text(_ points: [Point]) -> String {
        "id,WKT\n1,\"LINESTRING (" + points.map { "\($0.x) \($0.y)" }.joined(separator: ", ")
          + ")\"\n"
      }
      options.inputs.roads = try folder.write(text(line), to: "degrees.csv")
      options.inputs.assumedCRS = ["roads=EPSG:4326"]
      let degrees = try options.run().species[0].table
      var moved = line
      transform.transform(&moved)
      options.inputs.roads = try folder.write(text(moved), to: "metres.csv")
      options.inputs.assumedCRS = ["roads=EPSG:32652"]
      options.output = folder.path("metres")
      let metres = try options.run().species[0].table
      for (a, b) in zip(degrees.rows, metres.rows) {
        for (x, y) in zip(a.parts, b.parts) { #expect(abs(x - y) < 0.1) }
      }
    }
  }

  @Test("inside of an outline that crosses itself is what the even-odd rule says")
  func crossingOutline() throws {
    try TemporaryFolder.with { folder in
      var options = try Self.options(folder)
      // A star of five points in one stroke: its middle is twice inside, and so outside.
      let star = [0, 2, 4, 1, 3, 0].map { corner in
        let angle = (Double(corner) / 5 + 0.25) * 2 * Double.pi
        return "[\(130.80 + 0.06 * cos(angle)),\(43.30 + 0.04 * sin(angle))]"
      }
      options.inputs.settlements = try folder.write(
        Self.geoJSON(
          "{\"type\":\"Polygon\",\"coordinates\":[[\(star.joined(separator: ","))]]}"),
        to: "star.geojson")
      // Half-way out to the northern point, and the middle, 0.0124° of latitude from the nearest stroke.
      let distances = try ["130.80,43.322", "130.80,43.30"].map { place in
        var question = ExplainOptions()
        (question.inputs, question.species, question.place) = (options.inputs, "leopard", place)
        let layers = try question.explanation().species[0].layers
        return try #require(layers.first { $0.key == "settlements" }?.value)
      }
      #expect(distances[0] == 0)
      #expect(abs(distances[1] - 0.0124 * 111_000) < 300)
    }
  }

  @Test("a layer or an extract without what it is read for is refused")
  func refusesEmptyLayers() throws {
    let roads = try Self.refusal { folder, options in
      options.inputs.roads = try folder.write(
        """
        <?xml version="1.0"?><osm version="0.6"><node id="1" lat="43.3" lon="130.8">
        <tag k="place" v="village"/></node></osm>
        """, to: "a.osm")
    }
    #expect(roads == "roads-empty")
    let settlements = try Self.refusal { folder, options in
      options.inputs.settlements = try folder.write(
        Self.geoJSON("null"), to: "none.geojson")
    }
    #expect(settlements == "settlements-empty")
  }

  @Test("a shape with points beyond its CRS counts once, whatever its rings")
  func countsMisplacedShapesOnce() throws {
    let request = try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.inputs.settlements = try folder.write(
        Self.geoJSON(
          """
          {"type":"Polygon","coordinates":[[[40,130],[44,130],[44,134],[40,134],[40,130]],
            [[41,131],[42,131],[42,132],[41,131]],[[43,133],[43.5,133],[43.5,133.5],[43,133]]]}
          """), to: "swapped.geojson")
      return try options.run().warnings
    }
    let warning = try #require(request.first { $0.slug == "settlements-misplaced" })
    #expect(warning.what.hasPrefix("1 of 1 shapes"))
  }

  @Test("sources of another region and swapped axes are warned about")
  func warnsOfFarSources() throws {
    let slugs = try Self.warnings { folder, options in
      options.inputs.roads = try folder.write(
        Self.geoJSON("{\"type\":\"LineString\",\"coordinates\":[[43.3,130.6],[43.3,131]]}"),
        to: "swapped.geojson")
      options.inputs.settlements = try folder.write(
        Self.geoJSON("{\"type\":\"Point\",\"coordinates\":[20,-30]}"), to: "far.geojson")
    }
    #expect(slugs.isSuperset(of: ["roads-misplaced", "roads-elsewhere", "settlements-elsewhere"]))
    let others = try Self.warnings { folder, options in
      options.inputs.roads = try folder.write(
        Self.geoJSON("{\"type\":\"LineString\",\"coordinates\":[[20,-30],[20,-31]]}"),
        to: "far-roads.geojson")
      options.inputs.settlements = try folder.write(
        Self.geoJSON("{\"type\":\"Point\",\"coordinates\":[43.3,130.8]}"), to: "swapped.geojson")
    }
    #expect(others.contains("settlements-misplaced"))
  }
}
