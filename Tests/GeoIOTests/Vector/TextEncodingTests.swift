import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("Text of vector files") struct TextEncodingTests {
  /// «Барс», `東北` without its ligatures and so on, as bytes; worked by hand from the code pages.
  private static let leopard1251: [UInt8] = [0xC1, 0xE0, 0xF0, 0xF1]
  private static let northeastGBK: [UInt8] = [0xB6, 0xAB, 0xB1, 0xB1]
  private static let forest1252: [UInt8] = [0x46, 0x6F, 0x72, 0xEA, 0x74]
  private static let leopardUTF8 = Array("Барс".utf8)

  private static let square = PolygonShape(
    rings: [[Point(x: 0, y: 0), Point(x: 1, y: 0), Point(x: 1, y: 1), Point(x: 0, y: 1)]])

  /// A Shapefile of one park; its table's name holds `bytes`.
  ///
  /// - Parameter mark: byte 29 of the table, the code page.
  private func shapefile(
    _ bytes: [UInt8], mark: UInt8 = 0, codePage: String? = nil, in folder: TemporaryFolder
  ) throws -> String {
    let path = folder.path("parks.shp")
    let placeholder = String(repeating: "#", count: bytes.count)
    do {
      let writer = try VectorWriter(creating: path, driver: "ESRI Shapefile")
      try writer.addLayer(
        "parks", crs: try CoordinateReferenceSystem(userInput: "EPSG:4326"), kind: .polygon,
        fields: [("name", .text)], features: [(.polygon(Self.square), [.text(placeholder)])])
      try writer.close()
    }
    var table = [UInt8](try folder.contents(of: "parks.dbf"))
    table[29] = mark
    let start = try #require(table.firstIndex(of: UInt8(ascii: "#")))
    table.replaceSubrange(start..<start + bytes.count, with: bytes)
    try folder.write(Data(table), to: "parks.dbf")
    try? FileManager.default.removeItem(atPath: folder.path("parks.cpg"))
    if let codePage { try folder.write(codePage, to: "parks.cpg") }
    return path
  }

  private struct Case: Sendable {
    var bytes: [UInt8]
    var mark: UInt8 = 0
    var codePage: String?
    /// The name that is read, where it is right.
    var name: String?
    /// What the warning says the name would be; without it there is none.
    var trial: String?
  }

  private static let cases = [
    Case(bytes: Array("Bars".utf8), name: "Bars"),
    Case(bytes: leopardUTF8, name: "Барс"),
    Case(bytes: leopardUTF8, codePage: "UTF-8", name: "Барс"),
    Case(bytes: leopard1251, codePage: "1251", name: "Барс"),
    Case(bytes: leopard1251, codePage: "windows-1251", name: "Барс"),
    Case(bytes: leopard1251, mark: 0xC9, name: "Барс"),
    Case(bytes: northeastGBK, codePage: "936", name: "东北"),
    Case(bytes: northeastGBK, mark: 0x4D, name: "东北"),
    Case(bytes: leopard1251, trial: "\"Барс\" in CP1251"),
    Case(bytes: leopard1251, codePage: "UTF-8", trial: "\"Барс\" in CP1251"),
    Case(bytes: northeastGBK, trial: "\"东北\" in GB18030"),
    Case(bytes: leopardUTF8, codePage: "1252", trial: "\"Барс\" in UTF-8"),
    Case(bytes: leopardUTF8, mark: 0x57, trial: "\"Барс\" in UTF-8"),
    Case(bytes: forest1252, mark: 0x57, name: "Forêt", trial: "\"Forêt\" in CP1252"),
  ]

  @Test("names are right, or it is said that they may be wrong", arguments: cases.indices)
  func names(index: Int) throws {
    let one = Self.cases[index]
    try TemporaryFolder.with { folder in
      let path = try shapefile(one.bytes, mark: one.mark, codePage: one.codePage, in: folder)
      let layer = try PolygonLayer(reading: path, .init())
      if let name = one.name { #expect(layer.features[0].name == name) }
      if let trial = one.trial {
        #expect(layer.warnings.map(\.slug) == ["text-encoding"])
        #expect(layer.warnings.first?.what.contains(trial) == true)
        #expect(layer.warnings.first?.fix.contains("--encoding") == true)
      } else {
        #expect(layer.warnings.isEmpty)
      }
    }
  }

  @Test("an encoding that is named gives the name, without a word; one that does not fit is told")
  func takesEncoding() throws {
    try TemporaryFolder.with { folder in
      let path = try shapefile(Self.leopard1251, codePage: "UTF-8", in: folder)
      let right = try PolygonLayer(
        reading: path, .init(encoding: try TextEncoding(named: "CP1251")))
      #expect(right.features[0].name == "Барс" && right.warnings.isEmpty)
      let wrong = try PolygonLayer(reading: path, .init(encoding: try TextEncoding(named: "UTF-8")))
      #expect(wrong.warnings.map(\.slug) == ["text-encoding"])
    }
  }

  @Test("identifiers that cannot be read, and conditions on such text, are refused")
  func refuses() throws {
    try TemporaryFolder.with { folder in
      let path = try shapefile(Self.leopard1251, in: folder)
      let encoding = try TextEncoding(named: "CP1251")
      for selection in [
        PolygonLayer.Selection(idField: "name"), .init(condition: "name = 'Барс'"),
      ] {
        let error = #expect(throws: HabitatError.self) {
          try PolygonLayer(reading: path, selection)
        }
        #expect(error?.kind == .input && error?.slug == "text-encoding")
        var named = selection
        named.encoding = encoding
        let layer = try PolygonLayer(reading: path, named)
        #expect(layer.features.map(\.name) == ["Барс"])
      }
      // A condition in ASCII means the same in all.
      #expect(try PolygonLayer(reading: path, .init(condition: "name <> 'x'")).features.count == 1)
      let roads = #expect(throws: HabitatError.self) {
        _ = try FeatureReader(reading: path, .init(.roads, condition: "name = 'Барс'"))
      }
      #expect(roads?.slug == "text-encoding")
    }
  }

  @Test("text of a format that takes no encoding is told, too, and so is that it takes none")
  func otherFormats() throws {
    try TemporaryFolder.with { folder in
      var text = Array("WKT,name\n\"POLYGON((0 0,1 0,1 1,0 0))\",".utf8)
      text += Self.leopard1251 + [10]
      let path = try folder.write(Data(text), to: "parks.csv")
      let layer = try PolygonLayer(reading: path, .init())
      #expect(layer.warnings.map(\.slug) == ["text-encoding"])
      #expect(layer.warnings.first?.fix.contains("iconv") == true)
      let encoding = try TextEncoding(named: "CP1251")
      let error = #expect(throws: HabitatError.self) {
        try PolygonLayer(reading: path, .init(encoding: encoding))
      }
      #expect(error?.slug == "encoding-fixed" && error?.kind == .usage)
    }
  }

  @Test(
    "an encoding that nobody knows is refused with the nearest",
    arguments: [("1251", "CP1251"), ("windows1251", "CP1251"), ("GBC", "GBK"), ("UTF_8", "UTF-8")])
  func unknown(name: String, nearest: String) {
    let error = #expect(throws: HabitatError.self) { try TextEncoding(named: name) }
    #expect(error?.kind == .usage && error?.slug == "unknown-encoding")
    #expect(error?.fix.contains("did you mean \(nearest)?") == true)
  }
}
