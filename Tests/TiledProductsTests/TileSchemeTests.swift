import RasterCore
import TestSupport
import Testing

@testable import TiledProducts

@Suite("Tiles of products")
struct TileSchemeTests {
  private static let all = [
    "copernicus-glo30", "copernicus-glo90", "esa-worldcover-2020", "esa-worldcover-2021",
  ]

  private static func product(_ name: String) throws -> TiledProduct {
    try ProductCatalogue().product(named: name)
  }

  private static func tiles(_ name: String, _ longitude: Double, _ latitude: Double) throws
    -> [String]
  {
    let place = Extent(minX: longitude, minY: latitude, maxX: longitude, maxY: latitude)
    return try product(name).scheme.tiles(of: place).map(\.name)
  }

  @Test(
    "a tile is called by its south-west corner",
    arguments: [
      (129, 42, "N42E129"), (-61, -3, "S03W061"), (6, 0, "N00E006"), (0, -1, "S01E000"),
      (-180, 65, "N65W180"),
    ])
  func names(longitude: Int, latitude: Int, name: String) {
    #expect(TileCorner(longitude: longitude, latitude: latitude).name == name)
  }

  /// A degree with the cells that it has in its latitude, and the tiles on both sides.
  private struct Seam {
    let edge: Double
    let cells: Double
    let latitude: Double
    let west: String
    let east: String
  }

  private static let seams: [Seam] = [
    Seam(edge: 132, cells: 3600, latitude: 43.5, west: "N43E131", east: "N43E132"),
    Seam(edge: 132, cells: 2400, latitude: 50.5, west: "N50E131", east: "N50E132"),
    Seam(edge: -61, cells: 2400, latitude: -50.5, west: "S51W062", east: "S51W061"),
    Seam(edge: -61, cells: 3600, latitude: -49.5, west: "S50W062", east: "S50W061"),
    Seam(edge: 0, cells: 1800, latitude: 60.5, west: "N60W001", east: "N60E000"),
    Seam(edge: 25, cells: 1200, latitude: 70.5, west: "N70E024", east: "N70E025"),
    Seam(edge: 180, cells: 3600, latitude: -16.5, west: "S17E179", east: "S17W180"),
  ]

  @Test(
    "half a cell west of a degree the next tile begins, in the cells of its latitude",
    arguments: seams.indices)
  func halfCells(number: Int) throws {
    let seam = Self.seams[number]
    let place = seam.edge - 0.5 / seam.cells
    #expect(try Self.tiles("copernicus-glo30", place - 1e-9, seam.latitude) == [seam.west])
    #expect(try Self.tiles("copernicus-glo30", place + 1e-9, seam.latitude) == [seam.east])
  }

  @Test("half a cell north of a degree the southern tile ends")
  func northEdge() throws {
    #expect(try Self.tiles("copernicus-glo30", 131.5, 43 + 1 / 7200.0 - 1e-9) == ["N42E131"])
    #expect(try Self.tiles("copernicus-glo30", 131.5, 43 + 1 / 7200.0 + 1e-9) == ["N43E131"])
    #expect(try Self.tiles("copernicus-glo90", 131.5, 43 + 1 / 2400.0 - 1e-9) == ["N42E131"])
    #expect(try Self.tiles("esa-worldcover-2021", 131.5, 45) == ["N42E129"])
    #expect(try Self.tiles("esa-worldcover-2021", 132, 45.000001) == ["N45E132"])
  }

  /// Worked out beforehand from the outlines of the parks: one tile of land cover, nine of heights.
  @Test("the parks of the Land of Big Cats need one tile and nine")
  func bigCats() throws {
    let box = Extent(minX: 129.209, minY: 42.472, maxX: 131.741, maxY: 44.160)
    #expect(
      try Self.product("esa-worldcover-2021").tiles(of: box).listed.map(\.name) == ["N42E129"])
    let (listed, absent) = try Self.product("copernicus-glo30").tiles(of: box)
    #expect(listed.count == 9 && absent.isEmpty)
    #expect(Set(listed.map(\.latitude)) == [42, 43, 44])
    #expect(Set(listed.map(\.longitude)) == [129, 130, 131])
  }

  /// Every tile that there could be, held against the box by its own extent.
  private static func plainTiles(_ scheme: TileScheme, _ box: Extent) -> Set<TileCorner> {
    var found: Set<TileCorner> = []
    for latitude in stride(
      from: scheme.latitudes.lowerBound, to: scheme.latitudes.upperBound, by: scheme.degrees)
    {
      for longitude in stride(from: -180, to: 180, by: scheme.degrees) {
        let tile = TileCorner(longitude: longitude, latitude: latitude)
        let extent = scheme.extent(of: tile)
        let meets = [-360.0, 0, 360].contains { turn in
          min(extent.maxX + turn, box.maxX) > max(extent.minX + turn, box.minX)
            && min(extent.maxY, box.maxY) > max(extent.minY, box.minY)
        }
        if meets { found.insert(tile) }
      }
    }
    return found
  }

  @Test("the tiles of a box are those whose cells it meets", arguments: all)
  func boxes(name: String) throws {
    let scheme = try Self.product(name).scheme
    var random = SeededGenerator(seed: 16)
    for _ in 0..<50 {
      let (west, south) = (
        Double.random(in: -180..<180, using: &random), Double.random(in: -89..<86, using: &random)
      )
      let box = Extent(
        minX: west, minY: south, maxX: west + Double.random(in: 0.0001..<5, using: &random),
        maxY: south + Double.random(in: 0.0001..<4, using: &random))
      let tiles = scheme.tiles(of: box)
      #expect(Set(tiles) == Self.plainTiles(scheme, box) && Set(tiles).count == tiles.count)
      // Said as a box from east to west it is the same.
      if box.maxX > 180 {
        let other = Extent(minX: west, minY: south, maxX: box.maxX - 360, maxY: box.maxY)
        #expect(scheme.tiles(of: other) == tiles)
      }
    }
  }

  @Test(
    "each of 200 places lies in one tile, in every quadrant and at every edge", arguments: all)
  func places(name: String) throws {
    let scheme = try Self.product(name).scheme
    var random = SeededGenerator(seed: 200)
    for number in 0..<200 {
      var longitude = Double.random(in: -180..<180, using: &random)
      var latitude = Double.random(in: -59..<83, using: &random)
      // Half of them by an edge, a part of half a cell to either side.
      if number % 2 == 1 {
        longitude = longitude.rounded() + Double.random(in: -1...1, using: &random) / 1800
        latitude =
          (number % 4 == 1 ? latitude.rounded() : [50, 60, 70, -50][number / 4 % 4])
          + Double.random(in: -1...1, using: &random) / 1800
      }
      let place = Extent(minX: longitude, minY: latitude, maxX: longitude, maxY: latitude)
      let tiles = scheme.tiles(of: place)
      #expect(tiles.count == 1)
      let extent = scheme.extent(of: try #require(tiles.first))
      let isWithin = [-360.0, 0, 360].contains { turn in
        extent.minX <= longitude + turn && longitude + turn < extent.maxX
      }
      #expect(isWithin && extent.minY < latitude && latitude <= extent.maxY, "\(place)")
    }
  }

  @Test("a box of the whole Earth has each tile once")
  func wholeEarth() throws {
    let scheme = try Self.product("esa-worldcover-2021").scheme
    let tiles = scheme.tiles(of: Extent(minX: -180, minY: -90, maxX: 180, maxY: 90))
    #expect(tiles.count == 120 * 48 && Set(tiles).count == tiles.count)
  }
}
