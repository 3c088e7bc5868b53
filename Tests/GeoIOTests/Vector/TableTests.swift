import GeoIO
import RasterCore
import TestSupport
import Testing

/// Tables of text as RFC 4180 has them; what a row holds is worked out by hand.
@Suite("Tables of text") struct TableTests {
  private static func outline(_ number: Int) -> String {
    let (west, east) = (10 * number, 10 * number + 4)
    return "\"POLYGON((\(west) 0,\(east) 0,\(east) 4,\(west) 0))\""
  }

  /// A row of each name.
  private static func table(_ names: [String], end: String = "\n") -> String {
    "WKT,code,name\(end)"
      + names.enumerated().map { "\(outline($0)),p\($0),\($1)\(end)" }.joined()
  }

  /// Tables, the line at fault and words of the message.
  private static let broken: [(text: String, line: String, words: String)] = [
    // One quotation mark, and all parks down to the next one are one name.
    (table(["A", "\"Big", "C", "D"]), "line 4", "opened in line 3"),
    (table(["A", "B", "C", "\"Big"]), "line 5", "never closed"),
    (table(["A", "5\" Park", "C", "D"]), "line 3", "single quotation mark"),
    (table(["A", "B\"", "\"C", "D"]), "line 3", "single quotation mark"),
    (table(["A", "\"Big\" Park", "C"]), "line 3", "behind its closing quotation mark"),
    (table(["A", "\"Big \\\"Cat\\\" Park\"", "C"]), "line 3", "behind its closing quotation"),
    (table(["A", "B,rest", "C"]), "line 3", "4 fields, the first row 3"),
    (table(["A", "Big\nPark", "C"]), "line 4", "1 fields, the first row 3"),
    (table(["A", "Big\u{0}Park", "C"]), "line 3", "value 0"),
    (table(["A", "\"Big", "C"], end: "\r\n"), "line 4", "opened in line 3"),
    (table(["A", "\"Big", "C"]).replacing(",", with: ";"), "line 4", "opened in line 3"),
  ]

  @Test(
    "a table that GDAL reads in another way than it is written is refused with the line",
    arguments: broken)
  func losses(text: String, line: String, words: String) throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write(text, to: "p.csv")
      let refusals = [
        #expect(throws: HabitatError.self) { try PolygonLayer(reading: path, .init()) },
        #expect(throws: HabitatError.self) {
          _ = try FeatureReader(reading: path, .init(.settlements)).forEachPart { _ in }
        },
      ]
      for refusal in refusals {
        #expect(refusal?.slug == "unreadable-features")
        #expect(refusal?.location == "\(path), \(line)")
        #expect(refusal?.what.contains(words) == true, "\(refusal?.what ?? "")")
      }
    }
  }

  /// Tables of two parks, and the name of the second.
  private static let sound: [(text: String, name: String)] = {
    let plain = table(["A", "B"])
    var sound: [(text: String, name: String)] = []
    // Ends of lines, empty lines, a last line without an end, a byte order mark.
    let lines = table(["A", "B"], end: "\r\n")
    for text in [plain, lines, lines + "\r\n\n", String(plain.dropLast()), "\u{FEFF}" + plain] {
      sound.append((text, "B"))
    }
    let quoted = plain.replacing("WKT,code,name", with: "\u{FEFF}\"WKT\",\"code\",\"name\"")
    sound.append((quoted, "B"))
    // As they stand in the file, and as they are meant: without a name the identifier.
    let names: [(String, String)] = [
      ("\"The \"\"Big\"\" Park\"", "The \"Big\" Park"),
      ("\"Big, with\na line\"", "Big, with\na line"),
      ("\"\"", "p1"), ("", "p1"), ("\"B\" ", "B "), ("B,", "B"), ("B,,", "B"),
      ("\u{FF22}", "\u{FF22}"),
    ]
    for (written, meant) in names { sound.append((table(["A", written]), meant)) }
    // A separator behind the last field.
    let wide = plain.replacing("name\n", with: "name,\n").replacing("A\n", with: "A,\n")
    sound.append((wide.replacing("B\n", with: "B,\n"), "B"))
    for separator in [";", "\t"] {
      var text = plain.replacing(",code,name", with: "\(separator)code\(separator)name")
      for number in 0...1 {
        text = text.replacing(",p\(number),", with: "\(separator)p\(number)\(separator)")
      }
      sound.append((text, "B"))
    }
    return sound
  }()

  @Test("whatever programs write of a table is read without a word", arguments: sound.indices)
  func silent(number: Int) throws {
    let (text, name) = Self.sound[number]
    try TemporaryFolder.with { folder in
      let path = try folder.write(text, to: "p.csv")
      let layer = try PolygonLayer(reading: path, .init(idField: "code", nameField: "name"))
      #expect(layer.features.map(\.id) == ["p0", "p1"])
      #expect(layer.features[1].name == name)
      #expect(layer.features[1].shape.rings.count == 1)
    }
  }
}
