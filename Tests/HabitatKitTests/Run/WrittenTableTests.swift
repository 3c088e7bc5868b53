import Documents
import Foundation
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("The tables a run writes")
struct WrittenTableTests {
  @Test("rows stand by number, then the total; names with commas are quoted")
  func order() throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      let text = String(decoding: try folder.contents(of: "out/leopard_areas.csv"), as: UTF8.self)
      let lines = text.split(separator: "\r\n").map { CSVText.fields(of: String($0)) }
      #expect(
        lines[0].joined(separator: ",")
          == "species,kind,park_id,park,park_km2,not_suitable_km2,minimum_km2,medium_km2,"
          + "maximum_km2,nodata_km2,outside_km2,residual_km2")
      #expect(lines.dropFirst().map { $0[2] } == ["1", "2", "10", ""])
      #expect(lines.dropFirst().map { $0[1] } == ["park", "park", "park", "total"])
      #expect(lines[1][3] == "Inner, \"west\"")
      #expect(lines[4][3] == "Total")
      #expect(lines.dropFirst().allSatisfy { $0[0] == "leopard" && $0.count == 12 })
    }
  }

  @Test("identifiers that are not all numbers stand by their bytes")
  func byBytes() throws {
    try TemporaryFolder.with { folder in
      var landscape = try TestLandscape(in: folder)
      landscape.parks[0].id = "a"
      let result = try landscape.options().run()
      #expect(result.species[0].table.rows.map(\.id) == ["10", "2", "a"])
    }
  }

  @Test("tables for people say that they are rounded, files for programs hold no such note")
  func rounding() throws {
    try TemporaryFolder.with { folder in
      let result = try TestLandscape(in: folder).options().run()
      for format in TableFormat.allCases {
        let isForPeople = format == .table || format == .markdown
        #expect(result.text(as: format).contains("rounded") == isForPeople, "\(format)")
      }
      let written = String(
        decoding: try folder.contents(of: "out/leopard_areas.csv"), as: UTF8.self)
      #expect(!written.contains("rounded"))
    }
  }

  @Test("JSON says what the CSV says, digit by digit")
  func json() throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      let csv = String(decoding: try folder.contents(of: "out/leopard_areas.csv"), as: UTF8.self)
      let json = String(decoding: try folder.contents(of: "out/leopard_areas.json"), as: UTF8.self)
      let lines = csv.split(separator: "\r\n").map { CSVText.fields(of: String($0)) }
      for line in lines.dropFirst() {
        for (key, value) in zip(lines[0], line).dropFirst(4) {
          #expect(json.contains("\"\(key)\": \(value)"))
        }
      }
      #expect(json.contains("\"model_version\": \"1.0.0\""))
    }
  }

  @Test("the ten categories have a table of their own, of the same parks")
  func landCover() throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      let text = String(decoding: try folder.contents(of: "out/landcover_areas.csv"), as: UTF8.self)
      let keys = LandCategory.allCases.map { $0.key + "_km2" }.joined(separator: ",")
      #expect(
        text.hasPrefix("kind,park_id,park,park_km2,\(keys),nodata_km2,outside_km2,residual_km2\r\n")
      )
    }
  }

  @Test("the record names every file with its digest, the inputs as given, and no absolute output")
  func manifest() throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      let files = try folder.files(in: "out")
      let data = try #require(files["manifest.json"])
      let text = String(decoding: data, as: UTF8.self)
      for (name, bytes) in files where name != "manifest.json" {
        #expect(text.contains("\"path\": \"\(name)\""))
        #expect(text.contains(SHA256.hexDigest(of: bytes)))
      }
      for name in ["landcover.tif", "dem.tif", "parks.gpkg"] {
        #expect(text.contains(SHA256.hexDigest(of: try folder.contents(of: name))))
      }
      #expect(!text.contains(folder.path("out")))
    }
  }

  @Test("each format prints the same numbers")
  func formats() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.species = "leopard,tiger"
      let result = try options.run()
      let csv = result.text(as: .csv)
      let written = try ["leopard", "tiger"].map {
        String(decoding: try folder.contents(of: "out/\($0)_areas.csv"), as: UTF8.self)
      }
      // One header for all species.
      #expect(
        csv == written[0] + written[1].split(separator: "\r\n", maxSplits: 1)[1])
      let json = try #require(JSONValue(json5: Data(result.text(as: .json).utf8)))
      guard case .array(let tables) = json else { return #expect(Bool(false)) }
      #expect(tables.count == 2)
      #expect(result.text(as: .table).contains("Area"))
      #expect(result.text(as: .markdown).hasPrefix("### "))
    }
  }
}
