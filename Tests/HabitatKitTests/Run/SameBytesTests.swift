import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("The same inputs give the same bytes")
struct SameBytesTests {
  /// Four strips, so that threads do get in one another's way.
  @Test("every file is the same for 1, 2, 3 and 8 threads")
  func threads() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, columns: 9, rows: 1600)
      var options = try landscape.options()
      options.species = "leopard,tiger"
      options.layers = "class,score,resistance,limiting"
      options.inputs.allowGaps = true
      var first: [String: Data]?
      for threads in [1, 2, 3, 8] {
        options.threads = threads
        options.memory = threads == 3 ? 100 : 2000
        options.output = folder.path("out\(threads)")
        try options.run()
        let files = try folder.files(in: "out\(threads)")
        #expect(files.count > 2 * 6)
        first = first ?? files
        for (name, bytes) in files { #expect(bytes == first?[name], "\(name)") }
        #expect(files.count == first?.count)
      }
    }
  }

  /// Four tiles, whole and cut off at the rim, with overviews; the last run is the first again.
  @Test("every file is the same for any threads and any memory, and on a re-run")
  func threadsAndMemory() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, columns: 530, rows: 514)
      var options = try landscape.options()
      options.layers = "class,score,resistance,limiting"
      options.inputs.allowGaps = true
      var first: [String: Data]?
      for (number, (threads, memory)) in [(1, 100), (2, 300), (3, 2000), (8, 300), (1, 100)]
        .enumerated()
      {
        (options.threads, options.memory) = (threads, memory)
        options.output = folder.path("out\(number)")
        try options.run()
        let files = try folder.files(in: "out\(number)")
        #expect(Self.differing(files, first ?? files) == [])
        first = first ?? files
      }
    }
  }

  static func differing(_ one: [String: Data], _ two: [String: Data]) -> [String] {
    Set(one.keys).union(two.keys).filter { one[$0] != two[$0] }.sorted()
  }

  @Test("the order in which tiles are named does not matter")
  func tileOrder() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      _ = try landscape.options()
      let windows = [
        Window(column: 0, row: 0, columns: 23, rows: 32),
        Window(column: 17, row: 0, columns: 23, rows: 19),
        Window(column: 17, row: 15, columns: 23, rows: 17),
      ]
      for (index, window) in windows.enumerated() {
        try landscape.landCover.cut(window).write(
          to: folder.path("t\(index).tif"), on: landscape.grid.cut(window))
      }
      var options = landscape.options(reading: ["t0.tif", "t1.tif", "t2.tif"])
      try options.run()
      options.inputs.landCover = [2, 0, 1].map { folder.path("t\($0).tif") }
      options.output = folder.path("other")
      try options.run()
      #expect(
        Self.differing(try folder.files(in: "out"), try folder.files(in: "other")) == [])
    }
  }

  @Test("the order of parks in their file does not matter")
  func parkOrder() throws {
    try TemporaryFolder.with { folder in
      var landscape = try TestLandscape(in: folder)
      // Overlapping ones, too: what they share is found in reporting order.
      landscape.parks.append(
        NamedPolygon("3", "Overlap", TestLandscape.hexagon(130.80, 43.29, 0.03)))
      var options = try landscape.options()
      try options.run()
      let before = try folder.files(in: "out")
      let parks = landscape.parks
      landscape.parks = [parks[2], parks[3], parks[0], parks[1]]
      try FileManager.default.removeItem(atPath: folder.path("parks.gpkg"))
      options = try landscape.options(out: "other")
      try options.run()
      // The record holds the digest of the parks' file, which is another file.
      #expect(
        Self.differing(before, try folder.files(in: "other")) == ["manifest.json"])
    }
  }

  @Test("several species in one run are the single runs")
  func severalSpecies() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options(out: "all")
      options.layers = "class,score"
      options.species = "tiger,leopard,snow-leopard"
      try options.run()
      let together = try folder.files(in: "all")
      for species in ["leopard", "tiger", "snow-leopard"] {
        options.species = species
        options.output = folder.path(species)
        try options.run()
        // The record and the parks' file are of the whole run.
        for (name, bytes) in try folder.files(in: species)
        where !["manifest.json", "parks.gpkg"].contains(name) {
          #expect(bytes == together[name], "\(name)")
        }
      }
      #expect(together.count > 3 * 4)
    }
  }

  @Test("land cover cut into tiles of odd sizes is the whole")
  func cutUp() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      options.layers = "class,score"
      try options.run()
      var names: [String] = []
      for (row, rows) in [(0, 13), (13, 1), (14, 18)] {
        for (column, columns) in [(0, 7), (7, 29), (36, 4)] {
          let window = Window(column: column, row: row, columns: columns, rows: rows)
          names.append("t\(row)-\(column).tif")
          try landscape.landCover.cut(window).write(
            to: folder.path(names.last!), on: landscape.grid.cut(window))
        }
      }
      options = landscape.options(reading: names, out: "tiles")
      options.layers = "class,score"
      try options.run()
      #expect(
        Self.differing(try folder.files(in: "out"), try folder.files(in: "tiles"))
          == ["manifest.json"])
    }
  }

  @Test("a run leaves the files of the contract and nothing else")
  func files() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.layers = "class,score,resistance,limiting"
      try options.run()
      let names = try folder.files(in: "out").keys.sorted()
      for name in [
        "basemap/hillshade.tif", "basemap/landcover.tif", "landcover_areas.csv",
        "leopard_areas.csv", "leopard_areas.json", "leopard_class.tif", "leopard_class.tif.aux.xml",
        "leopard_limiting.tif", "leopard_model.json", "leopard_resistance.tif", "leopard_score.tif",
        "manifest.json", "parks.gpkg",
      ] {
        #expect(names.contains(name))
      }
      #expect(!names.contains { $0.hasPrefix(".") || $0.contains("/.") })
    }
  }
}
