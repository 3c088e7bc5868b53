import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

/// What GDAL's drivers leave out without a word: the number of rings and records read is that of the file.
@Suite("Shapes that would be lost") struct LostShapesTests {
  private static let parks = [
    NamedPolygon("1", "North", .box(0, 0, 1, 1)), NamedPolygon("2", "South", .box(4, 0, 5, 1)),
    NamedPolygon("3", "West", .box(8, 0, 9, 1)),
  ]

  /// A read of all features, as parks and as another layer: both see the same file.
  private func refusal(
    _ path: String, condition: String? = nil, of theme: FeatureTheme = .water
  ) -> HabitatError? {
    let error = #expect(throws: HabitatError.self) {
      try PolygonLayer(reading: path, .init(condition: condition))
    }
    let other = #expect(throws: HabitatError.self) {
      _ = try FeatureReader(reading: path, .init(theme, condition: condition)).forEachPart { _ in }
    }
    #expect(error?.slug == "unreadable-features" && other?.slug == error?.slug)
    return error
  }

  // MARK: GeoJSON

  private static let ring = "[[0,0],[4,0],[4,4],[0,0]]"

  @Test(
    "a position of GeoJSON that is no pair of numbers is refused with its place, in any ring",
    arguments: [
      (
        "{\"type\":\"Polygon\",\"coordinates\":[\(ring),[[2,1],[null,1],[3,2],[2,1]]]}",
        "a coordinate is null, or no number (position 2 of ring 2)"
      ),
      (
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[\(ring)],[[[9,9],[8,9],[8,null],[9,9]]]]}",
        "(position 3 of ring 1 of part 2)"
      ),
      ("{\"coordinates\":[[[0,0],[4],[4,4],[0,0]]],\"type\":\"Polygon\"}", "one number only"),
      ("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[],[4,4],[0,0]]]}", "a position is empty"),
      ("{\"type\":\"Polygon\",\"coordinates\":[\(ring),null]}", "a coordinate is null"),
      ("{\"type\":\"MultiPolygon\",\"coordinates\":[[\(ring)],null]}", "a coordinate is null"),
      ("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],{\"x\":4},[4,4],[0,0]]]}", "an object"),
      ("{\"type\":\"Polygon\",\"coordinates\":{\"a\":[1,2]}}", "an object"),
      ("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,NaN],[4,4],[0,0]]]}", "no number"),
      ("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[\"4\",0],[4,4],[0,0]]]}", "a text"),
      ("{\"type\":\"Polygon\",\"coordinates\":[[[0,0,null],[4,0,1],[4,4,1],[0,0,1]]]}", "null"),
      ("{\"type\":\"Polygon\",\"coordinates\":\(ring)}", "not nested as those of a Polygon"),
      ("{\"type\":\"MultiPolygon\",\"coordinates\":[\(ring)]}", "not nested"),
      ("{\"type\":\"Polygo\",\"coordinates\":[\(ring)]}", "no type of geometry called Polygo"),
      (
        "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Polygon\",\"coordinates\":"
          + "[\(ring)]},null]}", "no geometry"
      ),
      (
        "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Polygon\",\"coordinates\":"
          + "[\(ring)]},{\"type\":\"Point\",\"coordinates\":[1,null]}]}", "null"
      ),
      ("[1]", "no object"),
    ], ["p.geojson", "p.geojsonl"])
  func positions(case fault: (geometry: String, words: String), name: String) throws {
    try TemporaryFolder.with { folder in
      let good = "{\"type\":\"Polygon\",\"coordinates\":[\(Self.ring)]}"
      var text = PolygonLayerTests.geoJSON([good, fault.geometry, good])
      if name.hasSuffix("l") {
        text = text.replacing(",{\"type\":\"Feature\"", with: "\n{\"type\":\"Feature\"")
          .replacing("{\"type\":\"FeatureCollection\",\"features\":[", with: "")
        text.removeLast(2)
      }
      let path = try folder.write(text, to: name)
      let error = refusal(path)
      #expect(error?.what.contains("the outline of p1 ") == true, "\(error?.what ?? "")")
      #expect(error?.what.contains(fault.words) == true, "\(error?.what ?? "")")
      // GDAL itself refuses texts, whatever is chosen.
      if fault.words == "a text" { return }
      // Features that are not chosen do no harm, whatever numbers they have.
      #expect(try PolygonLayer(reading: path, .init(condition: "Name <> 'p1'")).features.count == 2)
    }
  }

  @Test("features with numbers of their own are named all the same")
  func ownNumbers() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write(
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","id":7,"properties":{"name":"A"},"geometry":null},
        {"type":"Feature","id":3,"properties":{"name":"B"},
         "geometry":{"type":"Polygon","coordinates":[[[0,0],[1,null],[1,1],[0,0]]]}}]}
        """, to: "p.geojson")
      #expect(refusal(path)?.what.contains("the outline of B ") == true)
    }
  }

  @Test(
    "what is no loss is read without a word",
    arguments: [
      ("null", 0), ("{\"type\":\"Polygon\",\"coordinates\":[]}", 0),
      ("{\"type\":\"MultiPolygon\",\"coordinates\":[[\(ring)],[]]}", 1),
      ("{\"type\":\"polygon\",\"bbox\":[0,0,4,4],\"coordinates\":[\(ring)]}", 1),
      ("{\"coordinates\":[\(ring)],\"crs\":null,\"type\":\"Polygon\"}", 1),
      ("{\"type\":\"Polygon\",\"coordinates\":[[[0,0,5],[4e0,0,5],[4E+0,4.0,5],[0,-0,5]]]}", 1),
      ("{\"type\":\"Polygon\" , \"coordinates\" : [ [ [ 0 , 0 ],\n[4,0],[4,4],[0,0] ] ] }", 1),
    ])
  func silent(geometry: String, rings: Int) throws {
    try TemporaryFolder.with { folder in
      let text = PolygonLayerTests.geoJSON([geometry]).replacing(
        "\"properties\":{",
        with: "\"coordinates\":null,\"properties\":{\"points\":[null],\"geometry\":\"x\","
          + "\"t\":\"\\\"]}\\\\\",\"o\":{\"coordinates\":[null]},")
      let layer = try PolygonLayer(reading: folder.write(text, to: "p.geojson"), .init())
      #expect(layer.features.map(\.shape.rings.count) == [rings])
    }
  }

  @Test("a feature that is none, and a text with a zero in it, are refused")
  func features() throws {
    try TemporaryFolder.with { folder in
      let one =
        "{\"type\":\"Feature\",\"properties\":{\"name\":\"A\\u0000B\"},\"geometry\":"
        + "{\"type\":\"Polygon\",\"coordinates\":[\(Self.ring)]}}"
      let cut = try folder.write(one, to: "a.geojson")
      #expect(refusal(cut)?.what.contains("U+0000") == true)
      let none = one.replacing("\\u0000", with: "\\\\u0000")
      let layer = try PolygonLayer(reading: folder.write(none, to: "b.geojson"), .init())
      #expect(layer.features.map(\.name) == ["A\\u0000B"])
      let list = "{\"type\":\"FeatureCollection\",\"features\":[\(none),5]}"
      #expect(refusal(try folder.write(list, to: "c.geojson"))?.what.contains("feature") == true)
    }
  }

  @Test("rings of ESRI's JSON and arcs of TopoJSON with a null are refused")
  func kin() throws {
    try TemporaryFolder.with { folder in
      let esri = """
        {"geometryType":"esriGeometryPolygon","spatialReference":{"wkid":4326},
        "fields":[{"name":"name","type":"esriFieldTypeString"}],"features":[
        {"attributes":{"name":"A"},"geometry":{"rings":[[[0,0],[0,4],[4,4],[0,0]]HOLE]}}]}
        """
      let whole = try folder.write(esri.replacing("HOLE", with: ""), to: "a.json")
      #expect(try PolygonLayer(reading: whole, .init()).features[0].shape.rings.count == 1)
      let hole = esri.replacing("HOLE", with: ",[[1,2],[null,3],[2,3],[1,2]]")
      #expect(refusal(try folder.write(hole, to: "b.json"))?.what.contains("of A ") == true)
      let topology = """
        {"type":"Topology","objects":{"p":{"type":"GeometryCollection","geometries":[
        {"type":"Polygon","arcs":[[0]],"properties":{"name":"A"}}]}},
        "arcs":[[[0,0],[4,0],[4,NUMBER],[0,0]]]}
        """
      let good = try folder.write(topology.replacing("NUMBER", with: "4"), to: "a.topojson")
      #expect(try PolygonLayer(reading: good, .init()).features[0].shape.rings.count == 1)
      _ = refusal(try folder.write(topology.replacing("NUMBER", with: "null"), to: "b.topojson"))
    }
  }

  // MARK: Shapefiles

  /// Three parks; `change` gets the bytes of one of the three files.
  private func shapefile(
    in folder: TemporaryFolder, _ ending: String, _ change: (inout [UInt8]) -> Void
  ) throws -> String {
    try Self.parks.write(to: folder.path("p.shp"), crs: "EPSG:4326", driver: "ESRI Shapefile")
    var bytes = [UInt8](try folder.contents(of: "p." + ending))
    change(&bytes)
    try folder.write(Data(bytes), to: "p." + ending)
    return folder.path("p.shp")
  }

  @Test(
    "files of a shapefile that count other records are refused",
    arguments: ["dbf", "shx", "shx header", "both"])
  func counts(which: String) throws {
    try TemporaryFolder.with { folder in
      let path = try shapefile(in: folder, String(which.prefix(3)) == "dbf" ? "dbf" : "shx") {
        switch which {
        case "dbf": $0[4] = 2
        case "shx header": $0[27] = UInt8((100 + 2 * 8) / 2)
        default:
          // Two entries in the header and in the file: the table tells, or the record that follows.
          $0[27] = UInt8((100 + 2 * 8) / 2)
          $0.removeLast(8)
        }
      }
      if which == "both" {
        var table = [UInt8](try folder.contents(of: "p.dbf"))
        table[4] = 2
        try folder.write(Data(table), to: "p.dbf")
      }
      let error = refusal(path)
      #expect(error?.what.contains("2") == true)
    }
  }

  @Test(
    "a record that the index does not lead to, or that is none, is refused by name",
    arguments: ["shx", "kind", "parts", "twice"])
  func records(which: String) throws {
    try TemporaryFolder.with { folder in
      // A polygon of one ring of five points holds 4 + 32 + 4 + 4 + 4 + 80 bytes after a head of 8.
      let second = 100 + 136
      let path = try shapefile(in: folder, which == "shx" || which == "twice" ? "shx" : "shp") {
        switch which {
        // The offset of the second of three entries, in words of two bytes.
        case "shx": $0.replaceSubrange(108..<112, with: [0, 0, 0, 0])
        case "twice": $0.replaceSubrange(108..<112, with: [0, 0, 0, 50])
        case "kind": $0[second + 8] = 0xC5
        default: $0[second + 8 + 36] = 0
        }
      }
      let error = refusal(path)
      if which != "twice" { #expect(error?.what.contains("South") == true, "\(error?.what ?? "")") }
    }
  }

  @Test("null shapes and rows taken out of the table stay what they are")
  func nullShapes() throws {
    try TemporaryFolder.with { folder in
      let writer = try VectorWriter(creating: folder.path("p.shp"), driver: "ESRI Shapefile")
      try writer.addLayer(
        "p", crs: try CoordinateReferenceSystem(userInput: "EPSG:4326"), kind: .polygon,
        fields: [("name", .text)],
        features: [
          (.polygon(.box(0, 0, 1, 1)), [.text("A")]), (.none, [.text("B")]),
          (.polygon(.box(2, 0, 3, 1)), [.text("C")]),
        ])
      try writer.close()
      let whole = try PolygonLayer(reading: folder.path("p.shp"), .init())
      #expect(whole.features.map(\.name) == ["A", "B", "C"])
      #expect(whole.features.map(\.shape.isEmpty) == [false, true, false])
      var table = [UInt8](try folder.contents(of: "p.dbf"))
      // The mark of the first row stands behind the head, whose length is in bytes 8 and 9.
      table[Int(table[8]) + Int(table[9]) << 8] = UInt8(ascii: "*")
      try folder.write(Data(table), to: "p.dbf")
      let rest = try PolygonLayer(reading: folder.path("p.shp"), .init())
      #expect(rest.features.map(\.name) == ["B", "C"])
    }
  }

  @Test(
    "shapefiles of other programs are read without a word, all kinds of shapes",
    .enabled(if: SharedData.isPresent),
    arguments: [
      "rasterstats-zonal/multipolygons.shp", "rasterstats-zonal/polygons.shp",
      "rasterstats-zonal/multilines.shp", "rasterstats-zonal/multipoints.shp",
      "rasterstats-zonal/points.shp", "rasterstats-zonal/lines.shp", "terra-luxembourg/lux.shp",
      "madagascar-pair/shapes/madCoast.shp", "linkage-mapper-demo/lm_cores.shp",
      "olinda-landsat7/olinda1.shp",
    ])
  func realShapefiles(name: String) throws {
    let reader = try FeatureReader(reading: SharedData.path(name), .init(.roads))
    #expect(try reader.forEachPart { _ in } > 0)
  }

  // MARK: Markup and tables

  private static func kml(_ coordinates: String, second: String = "") -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?><!-- <coordinates>none</coordinates> -->
    <kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>A &gt; B</name>
    <Polygon><outerBoundaryIs><LinearRing><coordinates>
    \(coordinates)</coordinates></LinearRing>\(second)</outerBoundaryIs></Polygon>
    </Placemark></Document></kml>
    """
  }

  private static func gml(_ list: String, second: String = "") -> String {
    """
    <?xml version="1.0"?><ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/"
    xmlns:gml="http://www.opengis.net/gml/3.2" gml:id="f"><ogr:featureMember><ogr:p gml:id="p.0">
    <ogr:name>A</ogr:name><ogr:pos>first</ogr:pos><ogr:geom>
    <gml:Polygon srsName="EPSG:4326" gml:id="g"><gml:exterior><gml:LinearRing><gml:posList>
    \(list)</gml:posList></gml:LinearRing>\(second)</gml:exterior></gml:Polygon>
    </ogr:geom></ogr:p></ogr:featureMember></ogr:FeatureCollection>
    """
  }

  @Test(
    "coordinates of KML and GML that are no numbers are refused with the line, and so are lost rings",
    arguments: [
      ("a.kml", kml("0,0 4,0 null,4 0,0"), "\"null\" is no coordinate"),
      ("a.kml", kml("0,0 4,0 4,nan 0,0"), "\"nan\" is no coordinate"),
      ("a.kml", kml("0,0 4 4,4 0,0"), "a position has 1 numbers"),
      ("a.kml", kml("0,0 4,0,4,4,0 0,0"), "a position has 5 numbers"),
      (
        "a.kml",
        kml(
          "0,0 4,0 4,4 0,0",
          second: "<LinearRing><coordinates>9,9 8,9 8,8 9,9</coordinates></LinearRing>"),
        "more than one ring"
      ),
      ("a.gml", gml("0 0 4 0 null 4 0 0"), "\"null\" is no coordinate"),
      (
        "a.gml",
        gml(
          "0 0 4 0 4 4 0 0",
          second: "<gml:LinearRing><gml:posList>9 9 8 9 8 8 9 9</gml:posList></gml:LinearRing>"),
        "more than one ring"
      ),
    ])
  func markup(name: String, text: String, words: String) throws {
    try TemporaryFolder.with { folder in
      let error = refusal(try folder.write(text, to: name))
      #expect(error?.what.contains(words) == true, "\(error?.what ?? "")")
      #expect(error?.location.contains("line ") == true)
    }
  }

  @Test(
    "KML and GML as people write them are read without a word",
    arguments: [
      ("a.kml", kml("0,0 4,0\n\t4,4,100   0,0")), ("a.kml", kml("0, 0, 0 4, 0, 0\n4, 4, 0 0,0,0")),
      ("a.kml", kml(" 0.0,+0 4e0,0 4,4 -0,0 ")), ("a.gml", gml("0 0 4 0\n4 4 0 0")),
      (
        "a.gml",
        gml("0 0 4 0 4 4 0 0").replacing("posList>", with: "coordinates>").replacing(
          "<gml:coordinates>\n0 0 4 0 4 4 0 0",
          with: "<gml:coordinates decimal=\".\" cs=\",\" ts=\" \">0,0 4,0 4,4 0,0")
      ),
    ])
  func silentMarkup(name: String, text: String) throws {
    try TemporaryFolder.with { folder in
      let layer = try PolygonLayer(reading: folder.write(text, to: name), .init())
      #expect(layer.features.map { abs(PolygonLayerTests.area($0.shape)) } == [8])
    }
  }

  @Test(
    "a text of a table that is no outline is refused by name",
    arguments: [
      ("POLYGON((0 0,4 0,nan 4,0 0))", "\"nan\" is no coordinate"),
      ("POLYGON((0 0,4 0,null 4,0 0))", "\"null\" is no coordinate"),
      ("MULTIPOLYGON(((0 0,4 0,4 4,0 0)),((0 0,4 0,4 4,0 0))", "parenthesis"),
      ("POLYGON((0 0,4 0,4 4,0 0)))", "parenthesis"), ("POLYGN((0 0,4 0,4 4,0 0))", "POLYGN"),
      ("MULTIPOLYGON(((0 0,4 0,4 4,0 0)),((1 1,2 ,2 2,1 1)))", "no geometry"),
    ])
  func tables(text: String, words: String) throws {
    try TemporaryFolder.with { folder in
      let good = "1,\"Multipolygon Z (((0 0 1,4 0 1,4 4 1,0 0 1)))\",A\n3,,C\n"
      let whole = try folder.write("id,WKT,name\n" + good, to: "a.csv")
      let features = try PolygonLayer(reading: whole, .init()).features
      #expect(features.map(\.shape.rings.count) == [1, 0])
      let error = refusal(try folder.write("id,WKT,name\n\(good)2,\"\(text)\",B\n", to: "b.csv"))
      #expect(error?.what.contains("the outline of B ") == true, "\(error?.what ?? "")")
      #expect(error?.what.contains(words) == true, "\(error?.what ?? "")")
    }
  }

  @Test("a shape of a database that is damaged is refused; one that is null is none")
  func databases() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("p.gpkg")
      let writer = try VectorWriter(creating: path)
      try writer.addLayer(
        "p", crs: try CoordinateReferenceSystem(userInput: "EPSG:4326"), kind: .polygon,
        fields: [("name", .text)],
        features: [
          (.polygon(.box(0, 0, 1, 1)), [.text("A")]), (.none, [.text("B")]),
          (.polygon(.box(4, 0, 5, 0.515625)), [.text("C")]),
        ])
      try writer.close()
      let whole = try PolygonLayer(reading: path, .init())
      #expect(whole.features.map(\.shape.isEmpty) == [false, true, false])
      // The kind of geometry (6, little-endian) of the last shape that stands in the file.
      var bytes = try folder.contents(of: "p.gpkg")
      let head = Data([1, 6, 0, 0, 0, 1, 0, 0, 0, 1, 3, 0, 0, 0])
      let mark = try #require(
        bytes.range(
          of: Data((0..<8).map { UInt8(truncatingIfNeeded: 0.515625.bitPattern >> (8 * $0)) })))
      let place = try #require(
        [
          bytes.range(of: head, in: mark.lowerBound..<bytes.endIndex),
          bytes.range(of: head, options: .backwards, in: 0..<mark.lowerBound),
        ].compactMap(\.self)
          .min { abs($0.lowerBound - mark.lowerBound) < abs($1.lowerBound - mark.lowerBound) })
      bytes[place.lowerBound + 1] = 77
      try folder.write(bytes, to: "p.gpkg")
      let error = refusal(path)
      #expect(error?.what.contains("feature 3") == true, "\(error?.what ?? "")")
    }
  }

  @Test("a virtual file is as whole as its sources, and they must open")
  func virtualFiles() throws {
    try TemporaryFolder.with { folder in
      let hole =
        "{\"type\":\"Polygon\",\"coordinates\":[\(Self.ring),[[2,1],[null,1],[3,2],[2,1]]]}"
      try folder.write(PolygonLayerTests.geoJSON([hole]), to: "p.geojson")
      let text = """
        <OGRVRTDataSource><OGRVRTLayer name="p">
        <SrcDataSource relativeToVRT="1">p.geojson</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>
        """
      _ = refusal(try folder.write(text, to: "p.vrt"))
      let lost = try folder.write(text.replacing("p.geojson", with: "q.geojson"), to: "q.vrt")
      let error = #expect(throws: HabitatError.self) { try PolygonLayer(reading: lost, .init()) }
      #expect(error?.slug == "not-vector")
      #expect(error?.what.contains("the source of layer p cannot be opened") == true)
    }
  }
}
