import Documents
import Foundation
import RasterCore
import Reporting
import Testing

@Suite("Tables as files")
struct AreaTableFilesTests {
  /// Two parks of which names need quotes, with a total; a third of a square kilometre does not end.
  static let table = AreaTable(
    partKeys: ["not_suitable", "minimum"],
    rows: [
      .init(
        kind: .park, id: "2", name: "Seven, \"east\"", area: 10, parts: [1.0 / 3, 2], nodata: 3,
        outside: 4),
      .init(
        kind: .park, id: "10", name: "Земля леопарда", area: 1e5, parts: [0, 1e5], nodata: 0,
        outside: 0),
    ],
    total: .init(
      kind: .total, id: "", name: "Total", area: 100_010, parts: [1.0 / 3, 100_002], nodata: 3,
      outside: 4))

  @Test("the header names every column of the contract in order")
  func header() {
    #expect(
      Self.table.csvHeader(withSpecies: true)
        == "species,kind,park_id,park,park_km2,not_suitable_km2,minimum_km2,nodata_km2,"
        + "outside_km2,residual_km2\r\n")
    #expect(
      Self.table.csvHeader(withSpecies: false).hasPrefix("kind,park_id,park,park_km2,"))
  }

  @Test("rows are RFC 4180 with six decimals; the total comes last, without an identifier")
  func rows() {
    // Residual: 10 − 1/3 − 2 − 3 − 4 = 2/3.
    #expect(
      Self.table.csvRows(species: "leopard")
        == "leopard,park,2,\"Seven, \"\"east\"\"\",10.000000,0.333333,2.000000,3.000000,4.000000,"
        + "0.666667\r\n"
        + "leopard,park,10,Земля леопарда,100000.000000,0.000000,100000.000000,0.000000,0.000000,"
        + "0.000000\r\n"
        + "leopard,total,,Total,100010.000000,0.333333,100002.000000,3.000000,4.000000,0.666667"
        + "\r\n")
  }

  @Test("JSON has the names and the very digits of the CSV")
  func json() throws {
    let header = CSVText.fields(of: String(Self.table.csvHeader(withSpecies: false).dropLast()))
    let lines = Self.table.csvRows(species: nil).split(separator: "\r\n").map {
      CSVText.fields(of: String($0))
    }
    guard
      case .object(let members) = Self.table.json(
        species: "leopard", title: "Amur leopard", modelVersion: "1.0.0")
    else { throw HabitatError(.fault, "test", "no object", at: "", fix: "") }
    #expect(members.map(\.key) == ["species", "title", "model_version", "parks", "total"])
    guard case .array(var rows) = members[3].value else { return #expect(Bool(false)) }
    rows.append(members[4].value)
    #expect(rows.count == lines.count)
    for (row, line) in zip(rows, lines) {
      guard case .object(let fields) = row else { return #expect(Bool(false)) }
      #expect(fields.map(\.key) == header)
      let texts = fields.map { field in
        switch field.value {
        case .string(let text), .literal(let text): text
        default: "?"
        }
      }
      #expect(texts == line)
    }
  }

  @Test("JSON is read back, and an identifier is a text")
  func jsonText() throws {
    let json = Self.table.json(species: "leopard", title: "Amur leopard", modelVersion: "1.0.0")
    let back = try #require(JSONValue(json5: Data(json.text.utf8)))
    #expect(back.isSameDocument(as: json))
    #expect(json.text.contains("\"park_id\": \"2\""))
  }

  @Test("a table without parks has no total")
  func raster() {
    let table = AreaTable(
      partKeys: [],
      rows: [
        .init(kind: .raster, id: "", name: "all", area: 1, parts: [], nodata: 1, outside: 0)
      ], total: nil)
    #expect(table.csvRows(species: nil) == "raster,,all,1.000000,1.000000,0.000000,0.000000\r\n")
    let json = table.json(species: "s", title: "t", modelVersion: "1")
    #expect(json.text.contains("\"total\": null"))
  }
}
