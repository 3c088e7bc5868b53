import Foundation
import FoundationXML
import RasterCore
import Reporting
import Styles
import Testing

@Suite("Styles for other programs")
struct RasterStyleTests {
  /// Elements of a document by name, with their attributes; `nil` where it is not well-formed.
  static func elements(of document: String) -> [(name: String, attributes: [String: String])]? {
    final class Reader: NSObject, XMLParserDelegate {
      var elements: [(name: String, attributes: [String: String])] = []
      func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
      ) { elements.append((name, attributes)) }
    }
    let reader = Reader()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = reader
    return parser.parse() ? reader.elements : nil
  }

  static let hostile = "<b title=\"x\">&amp; 'y' \u{1B}[2J\n]]></b> باگ"

  @Test("a palette has every class with its value, colour and name, and no more")
  func palette() throws {
    let elements = try #require(Self.elements(of: RasterStyle.codes(.suitabilityClasses).qml))
    let entries = elements.filter { $0.name == "paletteEntry" }.map(\.attributes)
    #expect(entries.map { $0["value"] } == ["1", "2", "3", "4"])
    #expect(entries.map { $0["label"] } == SuitabilityClass.allCases.map(\.name))
    #expect(entries.map { $0["color"] } == ["#ecdcb6", "#96c07e", "#4f9e74", "#0b4f4a"])
  }

  @Test("an SLD has the same, and hides what is no amount")
  func sld() throws {
    let style = RasterStyle.amounts(.score, nodata: -1)
    let elements = try #require(Self.elements(of: style.sld(layer: Self.hostile)))
    let entries = elements.filter { $0.name == "ColorMapEntry" }.map(\.attributes)
    #expect(entries.map { $0["quantity"] } == ["-1", "0", "25", "50", "75", "100"])
    #expect(entries.first?["opacity"] == "0")
    #expect(elements.first { $0.name == "ColorMap" }?.attributes["type"] == "ramp")
    #expect(!elements.contains { $0.name == "b" })
    let codes = try #require(
      Self.elements(of: RasterStyle.codes(.landCategories).sld(layer: "Land cover")))
    #expect(codes.filter { $0.name == "ColorMapEntry" }.count == 10)
    #expect(codes.first { $0.name == "ColorMap" }?.attributes["type"] == "values")
  }

  @Test("a colour map is lines of value, red, green and blue")
  func clr() {
    #expect(
      RasterStyle.codes(.suitabilityClasses).clr
        == "1 236 220 182\n2 150 192 126\n3 79 158 116\n4 11 79 74\n")
  }

  @Test("relief is multiplied with what lies below")
  func relief() {
    #expect(RasterStyle.relief.qml.contains("<blendMode>6</blendMode>"))
    #expect(RasterStyle.codes(.suitabilityClasses).qml.contains("<blendMode>0</blendMode>"))
  }

  @Test("the parks' styles are well-formed and label by name")
  func parks() throws {
    let qml = try #require(Self.elements(of: ParkStyle.qml))
    #expect(qml.first { $0.name == "text-style" }?.attributes["fieldName"] == "park")
    #expect(Self.elements(of: ParkStyle.sld(layer: Self.hostile)) != nil)
  }

  @Test("a project holds its layers in order, whatever names and CRSs hold")
  func project() throws {
    let crs = CoordinateReferenceSystem(
      wkt: "LOCAL[\"\(Self.hostile)\"]", name: "x", isGeographic: false, ellipsoid: .wgs84,
      datumIsKnown: true, unit: 1)
    let project = QGISProject(
      title: Self.hostile, credits: [Self.hostile], crs: crs,
      extent: Extent(minX: 0, minY: 1, maxX: 2, maxY: 3),
      bookmarks: [.init(name: Self.hostile, extent: Extent(minX: 0, minY: 1, maxX: 2.5, maxY: 3))],
      layers: [
        .parks(
          id: "parks_for_test", name: Self.hostile, file: "parks.gpkg", layer: "parks", crs: crs),
        .raster(
          id: "classes_for_test", name: Self.hostile, source: "x_class.tif", crs: crs,
          style: .codes(.suitabilityClasses)),
        .raster(
          id: "coarse_for_test", name: "Water", source: "cover.tif", crs: crs,
          style: .codes(.water), finest: 120),
      ])
    let elements = try #require(Self.elements(of: project.document))
    let tree = elements.filter { $0.name == "layer-tree-layer" }.map(\.attributes)
    #expect(tree.map { $0["id"] } == ["parks_for_test", "classes_for_test", "coarse_for_test"])
    #expect(
      tree.map { $0["source"] } == ["./parks.gpkg|layername=parks", "./x_class.tif", "./cover.tif"])
    let bookmarks = elements.filter { $0.name == "Bookmark" }.map(\.attributes)
    #expect(
      bookmarks.map { $0["extent"] } == [
        "Polygon ((0.0 1.0, 2.5 1.0, 2.5 3.0, 0.0 3.0, 0.0 1.0))"
      ])
    #expect(bookmarks[0]["group"] == "Parks" && bookmarks[0]["name"]?.contains("<b") == true)
    // Cells of 120 m are as small as dots of 1/96 inch at 1:120 · 96 / 0.0254 = 453,543.3.
    let layers = elements.filter { $0.name == "maplayer" }.map(\.attributes)
    #expect(layers.map { $0["maxScale"] } == [nil, nil, "453544"])
    #expect(layers[2]["hasScaleBasedVisibilityFlag"] == "1" && layers[2]["minScale"] == "1e+12")
    #expect(!elements.contains { $0.name == "b" })
  }
}
