import Foundation
import GeoIO
import RasterCore
import Reporting
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Maps of the report") struct ReportMapTests {
  @Test(
    "without parks nothing of the map is lined; with some each has a map on which it alone is not")
  func outsideLines() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      try options.run()
      options.inputs.parks = nil
      options.inputs.parkID = nil
      options.output = folder.path("bare")
      try options.run()
      func html(_ name: String) throws -> String {
        _ = try RunReport(folder: folder.path(name)).write()
        return String(decoding: try folder.contents(of: "\(name)/report.html"), as: UTF8.self)
      }
      let bare = try html("bare")
      #expect(bare.contains("id=\"picture-leopard\"") && !bare.contains("class=\"outside\""))
      #expect(bare.contains("<h2 id=\"raster-title\">Whole raster</h2>"))
      #expect(!bare.contains("All parks together") && !bare.contains("Areas by park"))
      #expect(bare.contains("<dt>Area</dt>") && !bare.contains("with park outlines"))
      let parks = try html("out")
      #expect(parks.contains("All parks together") && !parks.contains("Whole raster"))
      #expect(
        parks.matches(of: /fill="url\(#lines-leopard\)" mask="url\(#outside\)"/).count == 1)
      let insets = parks.components(separatedBy: "<div class=\"inset\" data-species").dropFirst()
      let drawn = parks.matches(of: /<path id="outline-(park-[0-9a-f-]+)"/).map { String($0.1) }
      #expect(insets.count == drawn.count && drawn.count >= 2)
      for (inset, park) in zip(insets, drawn) {
        let picture = try #require(inset.components(separatedBy: "</div>").first)
        #expect(
          picture.contains(
            "href=\"#park-outline-\(park)\" class=\"outside\" fill=\"url(#lines-leopard-\(park))\"")
        )
        #expect(picture.contains("<pattern id=\"lines-leopard-\(park)\""))
        #expect(parks.contains("<path id=\"park-outline-\(park)\""))
        #expect(picture.matches(of: /class="park-label"/).count == 1)
        #expect(
          picture.contains("class=\"scale-bar\"") && picture.contains("class=\"north-arrow\""))
      }
    }
  }

  @Test("land of two parks is in a park: each is cut out of the lines by itself")
  func overlappingParks() throws {
    try TemporaryFolder.with { folder in
      var landscape = try TestLandscape(in: folder)
      landscape.parks = [
        NamedPolygon("1", "East", TestLandscape.hexagon(130.79, 43.29, 0.02)),
        NamedPolygon("2", "West", TestLandscape.hexagon(130.77, 43.29, 0.02)),
      ]
      try landscape.options().run()
      _ = try RunReport(folder: folder.path("out")).write()
      let html = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
      let mask = try #require(html.firstMatch(of: /<mask id="outside"([^§]*?)<\/mask>/)).1
      // All is white, and black shapes of their own lie upon it: what two of them cover is black, too.
      #expect(
        mask.matches(of: /<path d="M[-0-9. ]+h[0-9.]+v[0-9.]+h-[0-9.]+z" fill="#fff"/).count == 1)
      #expect(
        mask.matches(of: /<use href="#outline-(park-[0-9a-f-]+)" class="inside"\/>/).map(\.1)
          == html.matches(of: /<path id="outline-(park-[0-9a-f-]+)"/).map(\.1))
      #expect(mask.matches(of: /<use/).count == 2)
    }
  }

  /// Scores the land cover alone, with a model that finds no use for water.
  private static func runWithoutHeights(_ landscape: TestLandscape) throws {
    var options = try landscape.options()
    (options.species, options.inputs.dem) = (nil, [])
    options.models = [
      try landscape.folder.write(
        LandCoverModel.text(scores: [10, 40, 70, 90, 10, 0, 70, 90, 10, 40]), to: "cover.json")
    ]
    try options.run()
  }

  @Test(
    "of a small park in a large raster the map tells water, and the pointer land cover, by the cell"
  )
  func basemapOfParks() throws {
    try TemporaryFolder.with { folder in
      var landscape = try TestLandscape(in: folder, columns: 2600, rows: 30)
      // 300 m to a cell: some ten cells of the raster's western end.
      landscape.parks = [NamedPolygon("1", "West", TestLandscape.hexagon(130.76, 43.3, 0.02))]
      try Self.runWithoutHeights(landscape)
      let landCover = try RasterDataset(reading: folder.path("out/basemap/landcover.tif"))
      let classes = try RasterDataset(reading: folder.path("out/cover_class.tif"))
      let (first, second) = (landCover.geotransform, classes.geotransform)
      let (place, whole) = (try #require(first), try #require(second))
      #expect(place.columnStepX == whole.columnStepX && landCover.columns < 100)
      _ = try RunReport(folder: folder.path("out")).write()
      #expect(try RunReport.check(folder: folder.path("out")).differences.isEmpty)
      let html = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
      let corner = whole.index(of: place.point(column: 0, row: 0))
      let start = [corner.x, corner.y].map { String(Int($0.rounded())) }.joined(separator: " ")
      #expect(
        html.contains(
          "data-key=\"landcover\" data-window=\"\(start) \(landCover.columns) \(landCover.rows)\" "
            + "data-block=\"1\""))
      // Each cell that is water is drawn as such; the model finds no use for it.
      let picture = try #require(MapText(html).pictures.first { $0.id == "picture-cover" })
      let memory = MemoryFolder()
      let dots = try RasterDataset(
        reading: try memory.write(picture.png, to: "map.png"), drivers: ["PNG"])
      var drawn = [UInt8](repeating: 0, count: picture.window.cellCount)
      try dots.read(
        Window(column: 0, row: 0, columns: dots.columns, rows: dots.rows), band: 1, into: &drawn)
      var water = 0
      for row in 0..<dots.rows {
        for column in 0..<dots.columns {
          let cell = landscape.landCover[
            picture.window.column + column, picture.window.row + row]
          let isDrawn = drawn[row * dots.columns + column] == ReportMap.waterCode
          #expect(isDrawn == (cell == LandCategory.water.rawValue))
          water += isDrawn ? 1 : 0
        }
      }
      #expect(picture.block == 1 && water > 0)
      // The park's own map shows that picture, and nothing as without data that has some.
      let inset = try #require(
        html.firstMatch(
          of: /<div class="inset"[^<]*<svg[^<]*viewBox="([-0-9.]+) ([-0-9.]+) ([0-9.]+) ([0-9.]+)"/)
      )
      let sides = [inset.1, inset.2, inset.3, inset.4].compactMap { Double($0) }
      #expect(sides.count == 4)
      let height = ReportMap.side * 30 / 2600
      #expect(picture.box.minX <= max(0, sides[0]) && picture.box.minY <= max(0, sides[1]))
      #expect(picture.box.maxX >= sides[0] + sides[2])
      #expect(picture.box.maxY >= min(0.99 * height, sides[1] + sides[3]))
    }
  }

  @Test(
    "blocks most of which is water, and cells that are, are drawn as water, and nothing else is")
  func waterOfBlocks() throws {
    try TemporaryFolder.with { folder in
      // 6,200 cells are drawn in blocks of four; the two parks, at both ends, cell by cell.
      var landscape = try TestLandscape(in: folder, columns: 6200, rows: 30, crs: "EPSG:4326")
      landscape.parks = [
        NamedPolygon("1", "West", TestLandscape.hexagon(130.76, 43.29, 0.02)),
        NamedPolygon("2", "East", TestLandscape.hexagon(152.38, 43.29, 0.02)),
      ]
      try Self.runWithoutHeights(landscape)
      _ = try RunReport(folder: folder.path("out")).write()
      #expect(try RunReport.check(folder: folder.path("out")).differences.isEmpty)
      let html = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
      let pictures = MapText(html).pictures.filter { $0.key == "cover" }
      #expect(Set(pictures.map(\.block)) == [1, 4] && pictures.count == 3)
      func water(_ column: Int, _ row: Int, _ block: Int) throws -> (count: Int, of: Int) {
        let cells = try #require(
          Window(column: column * block, row: row * block, columns: block, rows: block)
            .intersection(landscape.grid.window))
        let all = landscape.landCover.cut(cells).cells
        return (all.count { $0 == LandCategory.water.rawValue }, all.count)
      }
      let memory = MemoryFolder()
      func cells(of dataset: borrowing RasterDataset) throws -> Raster<UInt8> {
        let all = Window(column: 0, row: 0, columns: dataset.columns, rows: dataset.rows)
        var cells = [UInt8](repeating: 0, count: all.cellCount)
        try dataset.read(all, band: 1, into: &cells)
        return Raster(columns: all.columns, rows: all.rows, cells: cells)
      }
      for picture in pictures {
        var drawn = try cells(
          of: RasterDataset(
            reading: try memory.write(picture.png, to: "\(picture.id).png"), drivers: ["PNG"]))
        for row in 0..<drawn.rows {
          for column in 0..<drawn.columns {
            let found = try water(
              picture.window.column / picture.block + column,
              picture.window.row / picture.block + row, picture.block)
            #expect(
              (drawn[column, row] == ReportMap.waterCode) == (2 * found.count > found.of),
              "\(picture.id) \(column) \(row)")
          }
        }
        // Drawn as land that is not suitable it is found to be wrong.
        let count = drawn.cells.count { $0 == ReportMap.waterCode }
        #expect(count > 0)
        drawn.cells = drawn.cells.map { $0 == ReportMap.waterCode ? 1 : $0 }
        let old = Data(picture.png).base64EncodedString()
        try folder.write(
          html.replacing(old, with: Data(try drawn.png()).base64EncodedString()),
          to: "out/report.html")
        let found = try RunReport.check(folder: folder.path("out")).differences
        #expect(
          found.map(\.what) == [
            "\(count) of \(drawn.cells.count) dots show another class than cover_class.tif"
          ])
      }
      // The project lays blocks over the classes that are water and nothing else.
      let project = try FileSystem.contents(
        of: "/vsizip/{" + folder.path("out/cover.qgz") + "}/cover.qgs")
      let text = String(decoding: project, as: UTF8.self)
      for block in [1, 4] {
        #expect(text.contains("./basemap/water_\(block).tif"))
        let file = try RasterDataset(reading: folder.path("out/basemap/water_\(block).tif"))
        let geotransform = file.geotransform
        let place = try #require(geotransform)
        let corner = landscape.grid.geotransform.index(of: place.point(column: 0, row: 0))
        let shares = try cells(of: file)
        #expect(shares.cells.contains(100))
        for row in 0..<shares.rows {
          for column in 0..<shares.columns where shares[column, row] > 0 {
            let found = try water(
              Int(corner.x.rounded()) / block + column, Int(corner.y.rounded()) / block + row, block
            )
            #expect((shares[column, row] == 100) == (found.count == found.of))
          }
        }
      }
    }
  }
}
