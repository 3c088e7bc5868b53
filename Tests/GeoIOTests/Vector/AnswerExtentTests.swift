import GeoIO
import RasterCore
import TestSupport
import Testing

/// Pages of servers' answers, as their standards have them: see `AnswerExtent`.
@Suite("Answers of servers that are not whole") struct AnswerExtentTests {
  private static let outline =
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,4],[0,0]]]}"
  private static let feature = "{\"type\":\"Feature\",\"properties\":{\"name\":\"A\"},\(outline)}"

  /// A collection of so many features with other members before and behind them.
  private static func collection(
    _ members: String, count: Int = 1, isBefore: Bool = false
  ) -> String {
    let features =
      "\"features\":[" + Array(repeating: feature, count: count).joined(separator: ",") + "]"
    let parts = isBefore ? [members, features] : [features, members]
    return "{\"type\":\"FeatureCollection\","
      + parts.filter { !$0.isEmpty }.joined(separator: ",\n ") + "}"
  }

  private static let esri = """
    {"geometryType":"esriGeometryPolygon","spatialReference":{"wkid":4326},"exceededTransferLimit":EXCEEDED,
    "fields":[{"name":"name","type":"esriFieldTypeString"}],"features":[
    {"attributes":{"name":"A"},"geometry":{"rings":[[[0,0],[0,4],[4,4],[0,0]]]}}]}
    """

  private static func markup(_ attributes: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- numberMatched="9" numberReturned="1" -->
    <wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"
      xmlns:p="http://p" \(attributes)>
    <wfs:member><p:park gml:id="park.1"><p:name>A</p:name><p:shape>
    <gml:Polygon srsName="EPSG:32652"><gml:exterior><gml:LinearRing><gml:posList>0 0 4 0 4 4 0 0</gml:posList>
    </gml:LinearRing></gml:exterior></gml:Polygon></p:shape></p:park></wfs:member>
    </wfs:FeatureCollection>
    """
  }

  private static let next =
    "\"links\":[{\"rel\":\"self\"},{\"rel\":\"next\",\"href\":\"http://x/?offset=1\"}]"

  @Test(
    "parks and water are refused, roads and settlements warned about",
    arguments: [
      (collection("\"exceededTransferLimit\":true"), "a.geojson", "exceededTransferLimit"),
      (collection("\"exceededTransferLimit\" : true", isBefore: true), "a.geojson", "exceeded"),
      (
        collection("\"properties\":{\"exceededTransferLimit\":true}"), "a.geojson",
        "exceededTransferLimit"
      ),
      (collection("\"numberMatched\":2,\"numberReturned\":1"), "a.geojson", "1 of 2 features"),
      (collection("\"numberMatched\":\"2\"", isBefore: true), "a.geojson", "1 of 2 features"),
      (collection("\"totalFeatures\":7", count: 3), "a.geojson", "3 of 7 features"),
      (collection(next), "a.geojson", "a link to the next page"),
      (collection("\"numberMatched\":\"unknown\",\(next)"), "a.geojson", "a link to the next"),
      (esri.replacing("EXCEEDED", with: "true"), "a.json", "exceededTransferLimit"),
      (markup("numberMatched=\"2\"\n  numberReturned=\"1\""), "a.gml", "1 of 2 features"),
      (
        markup("numberMatched='unknown' numberReturned='1' next='http://x/?a=1&amp;b=2'"), "a.gml",
        "next page"
      ),
    ])
  func pages(text: String, name: String, words: String) throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write(text, to: name)
      var refusals = [
        #expect(throws: HabitatError.self) { try PolygonLayer(reading: path, .init()) }
      ]
      refusals.append(
        #expect(throws: HabitatError.self) {
          _ = try FeatureReader(reading: path, .init(.water)).concerns()
        })
      for refusal in refusals {
        #expect(refusal?.slug == "layer-incomplete")
        #expect(refusal?.what.contains(words) == true, "\(refusal?.what ?? "")")
      }
      #expect(refusals[0]?.location == "parks: \(path)")
      for theme in [FeatureTheme.roads, .settlements] {
        let warnings = try FeatureReader(reading: path, .init(theme)).concerns()
        #expect(warnings.map(\.slug) == ["layer-incomplete"])
      }
    }
  }

  @Test(
    "answers that are whole, pages that were joined, and what only looks alike are read without a word",
    arguments: [
      (collection(""), "a.geojson"), (collection("\"exceededTransferLimit\":false"), "a.geojson"),
      (collection("\"numberMatched\":1,\"numberReturned\":1"), "a.geojson"),
      (collection("\"numberMatched\":\"unknown\",\"numberReturned\":1"), "a.geojson"),
      (collection("\"totalFeatures\":null"), "a.geojson"),
      // ogr2ogr -append keeps the members of the first page.
      (collection("\"numberMatched\":2,\"numberReturned\":1,\(next)", count: 2), "a.geojson"),
      (collection("\"links\":[{\"rel\":\"prev\",\"href\":\"http://x\"}]"), "a.geojson"),
      (collection("\"links\":\"next\",\"properties\":null"), "a.geojson"),
      // A park may have fields of these names.
      (
        collection("").replacing(
          "\"properties\":{",
          with:
            "\"numberMatched\":5,\"properties\":{\"exceededTransferLimit\":true,\"links\":[{\"rel\":\"next\"}],"
        ),
        "a.geojson"
      ),
      (esri.replacing("EXCEEDED", with: "false"), "a.json"),
      (markup("numberMatched=\"1\" numberReturned=\"1\""), "a.gml"),
      (markup("numberMatched=\"unknown\" numberReturned=\"1\" previous=\"http://x\""), "a.gml"),
      // Web Feature Service 1.1: the features of this answer.
      (markup("numberOfFeatures=\"1\""), "a.gml"),
    ])
  func silent(text: String, name: String) throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write(text, to: name)
      #expect(try PolygonLayer(reading: path, .init()).features.count > 0)
      #expect(try FeatureReader(reading: path, .init(.water)).concerns().isEmpty)
    }
  }

  @Test("a virtual file of all pages is whole, one of a single page is not") func virtual() throws {
    try TemporaryFolder.with { folder in
      for (name, members) in [("first", Self.next), ("last", "\"numberReturned\":1")] {
        _ = try folder.write(Self.collection(members), to: "\(name).geojson")
      }
      func union(_ names: [String]) throws -> String {
        let layers = names.map {
          "<OGRVRTLayer name=\"\($0)\"><SrcDataSource relativeToVRT=\"1\">\($0).geojson</SrcDataSource>"
            + "<SrcLayer>\($0)</SrcLayer></OGRVRTLayer>"
        }
        return try folder.write(
          "<OGRVRTDataSource><OGRVRTUnionLayer name=\"all\">\(layers.joined())"
            + "</OGRVRTUnionLayer></OGRVRTDataSource>", to: "\(names.joined()).vrt")
      }
      #expect(try PolygonLayer(reading: union(["first", "last"]), .init()).features.count == 2)
      let path = try union(["first"])
      let refusal = #expect(throws: HabitatError.self) {
        try PolygonLayer(reading: path, .init())
      }
      #expect(refusal?.slug == "layer-incomplete")
    }
  }
}
