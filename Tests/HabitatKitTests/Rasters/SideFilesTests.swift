import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("What lies beside a raster")
struct SideFilesTests {
  private static func text(_ folder: TemporaryFolder, _ name: String) throws -> String {
    String(decoding: try folder.contents(of: name), as: UTF8.self)
  }

  /// The fields of an attribute table's rows.
  private static func rows(_ folder: TemporaryFolder, _ name: String) throws -> [[String]] {
    try text(folder, name).split(separator: "<Row ").dropFirst().map { row in
      row.split(separator: "<F>").dropFirst().map { String($0.prefix { $0 != "<" }) }
    }
  }

  @Test(
    "the attribute table has the cells of the raster and the km² of the table of a whole raster",
    arguments: ["EPSG:32652", "EPSG:4326", "EPSG:3857"])
  func attributeTable(crs: String) throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, columns: 300, rows: 70, crs: crs)
      var options = try landscape.options()
      (options.inputs.parks, options.inputs.parkID) = (nil, nil)
      options.inputs.allowGaps = true
      let table = try options.run().species[0].table.rows[0]
      let rows = try Self.rows(folder, "out/leopard_class.tif.aux.xml")
      let classes = try RasterContentTests.cells(
        folder, "out/leopard_class.tif", on: landscape.grid, of: UInt8.self)
      #expect(rows.count == 4)
      for (index, row) in rows.enumerated() {
        #expect(row[0] == String(index + 1))
        #expect(Int(row[1]) == classes.count { Int($0) == index + 1 })
        #expect(row[2] == SuitabilityClass.allCases[index].name)
        // Runs of 16 cells of 300 m count with the area of their middle: 2 km change it by 3e-5, to both
        // sides.
        #expect(abs(Double(row[3])! - table.parts[index]) <= 1e-5 * table.parts[index] + 1e-6)
      }
    }
  }

  @Test("statistics are those of a plain loop over the cells")
  func statistics() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      options.layers = "score"
      try options.run()
      let cells = try RasterContentTests.cells(
        folder, "out/leopard_score.tif", on: landscape.grid, of: Float.self
      ).filter { $0 != -1 }.map(Double.init)
      let mean = cells.reduce(0, +) / Double(cells.count)
      let deviation =
        (cells.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(cells.count)).squareRoot()
      let text = try Self.text(folder, "out/leopard_score.tif.aux.xml")
      func statistic(_ key: String) -> Double? {
        text.range(of: "\"STATISTICS_\(key)\">").flatMap { range in
          Double(text[range.upperBound...].prefix { $0 != "<" })
        }
      }
      // GDAL writes 14 digits.
      #expect(abs((statistic("MEAN") ?? .nan) - mean) < 1e-9)
      #expect(abs((statistic("STDDEV") ?? .nan) - deviation) < 1e-9)
      #expect(abs((statistic("MINIMUM") ?? .nan) - cells.min()!) < 1e-9)
      #expect(abs((statistic("MAXIMUM") ?? .nan) - cells.max()!) < 1e-9)
    }
  }

  @Test("a raster without any value has no statistics and a table of zeros")
  func empty() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      try Raster(landscape.grid) { _, _ in UInt8(0) }
        .write(to: folder.path("landcover.tif"), on: landscape.grid)
      options.inputs.parks = nil
      options.inputs.parkID = nil
      try options.run()
      #expect(!(try Self.text(folder, "out/leopard_class.tif.aux.xml").contains("STATISTICS")))
      #expect(
        try Self.rows(folder, "out/leopard_class.tif.aux.xml").allSatisfy { $0[1] == "0" })
    }
  }

  @Test("a project is a zip that GDAL opens, and names files of its own folder only")
  func project() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      options.layers = "class,score"
      try options.run()
      let bytes = try FileSystem.contents(
        of: "/vsizip/{" + folder.path("out/leopard.qgz") + "}/leopard.qgs")
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains(folder.path))
      let sources = text.split(separator: "<datasource>./").dropFirst().map {
        String($0.prefix { $0 != "<" && $0 != "|" })
      }
      #expect(
        sources == [
          "parks.gpkg", "basemap/hillshade.tif", "basemap/landcover.tif", "leopard_class.tif",
          "leopard_score.tif", "basemap/landcover.tif",
        ])
      for source in sources { #expect(folder.has("out/" + source)) }
    }
  }
}
