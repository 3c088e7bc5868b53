import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Extents in another CRS") struct ExtentCRSTests {
  private static func own() throws -> Grid {
    try Grid.northUp(
      "EPSG:32652", west: 500_010, north: 4_900_020, step: 60, columns: 3000, rows: 3500)
  }

  private static func grid(_ extent: String, _ crs: String?, crs target: String? = nil) throws
    -> Grid
  {
    var options = InputOptions()
    (options.extent, options.extentCRS, options.crs) = (extent, crs, target)
    let custom = try options.makeGrid()
    return try custom.restricted(try custom.unrestricted(of: own()), to: nil)
  }

  /// gdaltransform -s_srs EPSG:4326 -t_srs EPSG:32652 (GDAL 3.6.2) on 130,43 131,43 130,44 131,44 gives
  /// 581508.65 4761299.93, 663019.07 4762755.64, 580174.26 4872358.89, 660349.41 4873817.33. East of the central
  /// meridian (129°) parallels rise eastward and meridians lean to it northward: these corners bound the box.
  @Test("the grid has the whole cells around the box, on the land cover's lattice")
  func degrees() throws {
    let own = try Self.own()
    let grid = try Self.grid("130,43,131,44", "4326")
    let corner = own.index(of: Point(x: grid.geotransform.originX, y: grid.geotransform.originY))
    #expect(corner.x == corner.x.rounded() && corner.y == corner.y.rounded())
    let box = grid.extent
    for (edge, bound, sign) in [
      (box.minX, 580_174.26, -1.0), (box.minY, 4_761_299.93, -1), (box.maxX, 663_019.07, 1),
      (box.maxY, 4_873_817.33, 1),
    ] {
      // Outside by less than a cell; an edge within a hundredth of a cell (0.6 m) of one of cells lies on
      // it. gdaltransform's figures have centimetres.
      #expect((-0.61..<60.01).contains(sign * (edge - bound)), "\(edge) \(bound)")
    }
  }

  @Test("an extent in the grid's own CRS is the same with and without its name")
  func same() throws {
    let extent = "580200,4761300,600000,4800000"
    #expect(try Self.grid(extent, "EPSG:32652") == Self.grid(extent, nil))
  }

  @Test(
    "what cannot be meant is refused",
    arguments: [
      ("130,43,131,44", nil, nil, "bad-grid", "--extent-crs EPSG:4326"),
      ("580200,4761300,600000,4800000", nil, "EPSG:4326", "bad-grid", "the CRS of these numbers"),
      ("130,95,131,96", "EPSG:4326", nil, "no-transform", "longitude comes before latitude"),
    ] as [(String, String?, String?, String, String)])
  func refused(extent: String, crs: String?, target: String?, slug: String, fix: String) {
    let error = #expect(throws: HabitatError.self) {
      try Self.grid(extent, crs, crs: target)
    }
    #expect(error?.slug == slug && error?.fix.contains(fix) == true, "\(String(describing: error))")
  }

  @Test("a CRS without an extent is refused")
  func alone() {
    var options = InputOptions()
    options.extentCRS = "EPSG:4326"
    #expect(throws: HabitatError.self) { try options.makeGrid() }
  }

  /// Metres of a zone about its origin reach over 130, 42.
  @Test("degrees on a grid of the whole Earth in metres are less than a cell, and refused")
  func everywhere() throws {
    let grid = try Grid.northUp(
      "EPSG:32652", west: -5_000_000, north: 5_000_000, step: 5000, columns: 2000, rows: 2000)
    let degrees = Extent(minX: 130, minY: 42, maxX: 132, maxY: 44)
    let error = #expect(throws: HabitatError.self) {
      try CustomGrid.extent(degrees, in: nil, on: grid)
    }
    #expect(error?.slug == "bad-grid" && error?.fix == "add --extent-crs EPSG:4326")
    #expect(error?.what.contains("less than a cell") == true)
    let cells = Extent(minX: 0, minY: 0, maxX: 10_000, maxY: 10_000)
    #expect(try CustomGrid.extent(cells, in: nil, on: grid) == cells)
  }
}
