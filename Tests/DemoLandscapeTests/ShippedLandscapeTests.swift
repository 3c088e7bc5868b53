import Foundation
import GeoIO
import RasterCore
import Testing

@testable import DemoLandscape

/// The files in `rasters/`, as they are in the repository.
@Suite struct ShippedLandscapeTests {
  static let rasters = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "rasters")
  static let folder = rasters.appending(path: "land-of-big-cats").path()

  @Test("both landscapes together are at most 12 MB")
  func size() throws {
    var bytes = 0
    for path in try FileManager.default.subpathsOfDirectory(atPath: Self.rasters.path()) {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: Self.rasters.appending(path: path).path())
      if attributes[.type] as? FileAttributeType == .typeRegular {
        bytes += (attributes[.size] as? Int) ?? 0
      }
    }
    #expect(bytes > 1_000_000 && bytes <= 12_000_000)
  }

  // Promised: 3 percentage points. Every 12th cell of every 12th row: some 7,000 in the
  // smaller park, whose sampling error is below 0.6 points.
  @Test("the categories have their assumed shares of each park")
  func shares() throws {
    let parks = Park.all.map { Chain(points: $0.outline) }
    var counts = [[Double]](repeating: [Double](repeating: 0, count: 11), count: 2)
    for tile in 0..<4 {
      let (down, right) = tile.quotientAndRemainder(dividingBy: 2)
      let dataset = try RasterDataset(
        reading: "\(Self.folder)/landcover/landcover_r\(down + 1)c\(right + 1).tif")
      let (columns, rows) = (dataset.columns, dataset.rows)
      let found = dataset.geotransform
      let geotransform = try #require(found)
      var cells = [UInt8](repeating: 0, count: columns * rows)
      try dataset.read(
        Window(column: 0, row: 0, columns: columns, rows: rows), band: 1, into: &cells)
      for row in stride(from: 3, to: rows, by: 12) {
        for column in stride(from: 3, to: columns, by: 12) {
          let place = TransverseMercator.unproject(
            geotransform.point(column: Double(column) + 0.5, row: Double(row) + 0.5))
          guard let park = parks.firstIndex(where: { $0.encloses(place) }) else { continue }
          counts[park][Int(cells[row * columns + column])] += 1
        }
      }
    }
    for (park, wanted) in CoverThresholds.shares.enumerated() {
      #expect(counts[park][0] == 0, "no nodata in a park")
      let (total, whole) = (counts[park].reduce(0, +), wanted.reduce(0, +))
      for (index, share) in wanted.enumerated() {
        let measured = 100 * counts[park][index + 1] / total
        #expect(abs(measured - 100 * share / whole) < 3, "code \(index + 1) of park \(park)")
      }
    }
  }

  @Test("land cover lies on one grid in UTM 52N, with names, colours and nodata 0")
  func landCover() throws {
    for tile in 0..<4 {
      let (down, right) = tile.quotientAndRemainder(dividingBy: 2)
      let dataset = try RasterDataset(
        reading: "\(Self.folder)/landcover/landcover_r\(down + 1)c\(right + 1).tif")
      let (columns, rows, crs) = (dataset.columns, dataset.rows, dataset.crs)
      #expect(columns == Frame.columnsPerTile && rows == Frame.rowsPerTile)
      #expect(crs?.name == "EPSG:32652")
      let found = dataset.geotransform
      let geotransform = try #require(found)
      #expect(geotransform.originX == Frame.minX + Double(right * Frame.columnsPerTile) * 60)
      #expect(geotransform.originY == Frame.maxY - Double(down * Frame.rowsPerTile) * 60)
      #expect(geotransform.columnStepX == 60 && geotransform.rowStepY == -60)
      let band = try dataset.band(1)
      #expect(band.typeName == "Byte" && band.nodata == 0 && band.hasColourTable)
    }
  }

  @Test("elevation tiles are whole degrees of 1200 × 1200 cells", arguments: 0..<9)
  func elevation(index: Int) throws {
    let tile = ElevationTile.all[index]
    let dataset = try RasterDataset(reading: "\(Self.folder)/dem/\(tile.name)")
    let (columns, rows, crs) = (dataset.columns, dataset.rows, dataset.crs)
    #expect(columns == 1200 && rows == 1200)
    #expect(crs?.name == "EPSG:4326")
    let found = dataset.geotransform
    let geotransform = try #require(found)
    #expect(geotransform.originX == Double(tile.longitude))
    #expect(geotransform.originY == Double(tile.latitude + 1))
    // A twelve-hundredth has no end in binary: a rounding of 1e-16 times 1200 cells.
    #expect(abs(geotransform.columnStepX * 1200 - 1) < 1e-12)
    #expect(abs(geotransform.rowStepY * 1200 + 1) < 1e-12)
    let band = try dataset.band(1)
    #expect(band.typeName == "Int16" && band.nodata == -32_768)
  }

  @Test("elevation covers the parks and stays within what is believable")
  func heights() throws {
    let parks = Park.all.map { Chain(points: $0.outline) }
    for tile in ElevationTile.all {
      let dataset = try RasterDataset(reading: "\(Self.folder)/dem/\(tile.name)")
      var cells = [Int16](repeating: 0, count: 1200 * 1200)
      try dataset.read(Window(column: 0, row: 0, columns: 1200, rows: 1200), band: 1, into: &cells)
      for row in stride(from: 5, to: 1200, by: 20) {
        for column in stride(from: 5, to: 1200, by: 20) {
          let place = Point(
            x: Double(tile.longitude) + (Double(column) + 0.5) / 1200,
            y: Double(tile.latitude + 1) - (Double(row) + 0.5) / 1200)
          guard parks.contains(where: { $0.encloses(place) }) else { continue }
          #expect((0...1_500).contains(cells[row * 1200 + column]))
        }
      }
    }
  }

  @Test(
    "the shipped parks are the drawn ones",
    arguments: ["land-of-big-cats", "primorye-modis-2019"])
  func parks(landscape: String) throws {
    let layer = try PolygonLayer(
      reading: Self.rasters.appending(path: "\(landscape)/parks.gpkg").path(),
      PolygonLayer.Selection(layer: "parks", idField: "park_id", nameField: "name"))
    #expect(layer.features.map(\.id) == ["1", "2"])
    #expect(layer.features.map(\.name) == Park.all.map(\.name))
    for (feature, park) in zip(layer.features, Park.all) {
      #expect(feature.drawn == nil)
      #expect(feature.shape.rings.count == 1)
      #expect(Set(feature.shape.rings[0]) == Set(park.outline))
    }
  }
}
