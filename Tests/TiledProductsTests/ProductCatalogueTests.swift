import Foundation
import RasterCore
import TestSupport
import Testing

@testable import TiledProducts

@Suite("Products by name")
struct ProductCatalogueTests {
  private static func product(_ name: String) throws -> TiledProduct {
    try ProductCatalogue().product(named: name)
  }

  /// Addresses as the buckets' pages have them.
  @Test(
    "a tile's address is the bucket's",
    arguments: [
      (
        "esa-worldcover-2021", 129, 42,
        "https://esa-worldcover.s3.eu-central-1.amazonaws.com/v200/2021/map/"
          + "ESA_WorldCover_10m_2021_v200_N42E129_Map.tif"
      ),
      (
        "esa-worldcover-2020", -63, -6,
        "https://esa-worldcover.s3.eu-central-1.amazonaws.com/v100/2020/map/"
          + "ESA_WorldCover_10m_2020_v100_S06W063_Map.tif"
      ),
      (
        "copernicus-glo30", 131, 43,
        "https://copernicus-dem-30m.s3.eu-central-1.amazonaws.com/"
          + "Copernicus_DSM_COG_10_N43_00_E131_00_DEM/Copernicus_DSM_COG_10_N43_00_E131_00_DEM.tif"
      ),
      (
        "copernicus-glo90", 45, 39,
        "https://copernicus-dem-90m.s3.eu-central-1.amazonaws.com/"
          + "Copernicus_DSM_COG_30_N39_00_E045_00_DEM/Copernicus_DSM_COG_30_N39_00_E045_00_DEM.tif"
      ),
    ])
  func addresses(name: String, longitude: Int, latitude: Int, address: String) throws {
    let tile = TileCorner(longitude: longitude, latitude: latitude)
    let product = try Self.product(name)
    #expect(product.address(of: tile) == address)
    let rest = address.dropFirst(product.root.count)
    for mirror in ["file:///mnt/share", "file:///mnt/share/"] {
      #expect(product.address(of: tile, mirror: mirror) == "file:///mnt/share/" + rest)
    }
  }

  private static func reference(_ name: String) throws -> [String] {
    let path = SharedData.path("../reference/products/\(name).txt")
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test("the lists of tiles are the buckets'", .enabled(if: SharedData.isPresent))
  func lists() throws {
    let fine = try Self.reference("copernicus_glo30_tiles")
    let only = try Self.reference("copernicus_glo30_only_in_glo90")
    let names = try Self.product("copernicus-glo30").absent.index.tiles.map(\.name)
    #expect(names.count == 26_450 && Set(names) == Set(fine))
    let coarse = try Self.product("copernicus-glo90").absent.index.tiles.map(\.name)
    #expect(coarse.count == 26_475 && Set(coarse) == Set(fine + only))
  }

  @Test("a tile over Azerbaijan is there at 90 m only, one in the ocean nowhere")
  func absent() throws {
    let (fine, coarse) = (
      try Self.product("copernicus-glo30"), try Self.product("copernicus-glo90")
    )
    let hole = TileCorner(longitude: 45, latitude: 39)
    #expect(!fine.isListed(hole) && coarse.isListed(hole) && fine.fill == coarse.name)
    let ocean = TileCorner(longitude: -40, latitude: 30)
    #expect(!fine.isListed(ocean) && !coarse.isListed(ocean))
    let box = Extent(minX: 44.9, minY: 38.9, maxX: 45.1, maxY: 39.1)
    #expect(fine.tiles(of: box).absent.map(\.name) == ["N38E045", "N39E044", "N39E045"])
  }

  /// Counted in the lists by other means: 2,719 against the 2,651 that the bucket holds.
  @Test("land cover is looked for where there are heights")
  func landCover() throws {
    let product = try Self.product("esa-worldcover-2021")
    let all = product.scheme.tiles(of: Extent(minX: -180, minY: -60, maxX: 180, maxY: 84))
    #expect(all.filter(product.isListed).count == 2719 && !product.absent.isExact)
  }

  @Test("a name that is none says the nearest")
  func unknown() throws {
    let catalogue = try ProductCatalogue()
    #expect(catalogue.products.map(\.name) == catalogue.products.map(\.name).sorted())
    let error = #expect(throws: HabitatError.self) {
      try catalogue.product(named: "esa-worldcover-2022")
    }
    #expect(error?.slug == "product-unknown" && error?.kind == .usage)
    #expect(error?.fix.contains("did you mean esa-worldcover-202") == true)
  }

  private static let file = """
    { name: "a", title: "A", version: "1", layer: "dem", url: "https://a/{ns}{lat}{ew}{lon}.tif",
      root: "https://a/", crs: "EPSG:4326",
      tiles: { degrees: 1, south: -90, north: 90, shift: 0,
               cells: [{ below: 50, columns: 8, rows: 8 }, { below: 90, columns: 4, rows: 8 }] },
      epoch: "2020", licence: "x", attribution: "y", citation: "z",
      absent: { means: "sea", index: "all" } }
    """

  private static func read(_ text: String) throws(HabitatError) -> TiledProduct {
    try TiledProduct(json5: Data(text.utf8), file: "a.json") { $0 == "all" ? TileIndex("") : nil }
  }

  @Test("another product is a file")
  func own() throws {
    let product = try Self.read(Self.file)
    let tile = TileCorner(longitude: -7, latitude: 62)
    #expect(product.address(of: tile) == "https://a/N62W007.tif")
    #expect(product.scheme.cells(of: tile).columns == 4 && product.absent.isExact)
  }

  @Test(
    "a file that makes no sense is refused at the place",
    arguments: [
      ("degrees: 1", "degrees: 7", "tiles"), ("below: 90", "below: 80", "tiles"),
      ("below: 90, columns: 4, rows: 8", "below: 90, columns: 4, rows: 9", "tiles.cells[1]"),
      ("https://a/{ns}", "https://b/{ns}", "root"), ("{lon}", "", "url"),
      ("\"sea\"", "\"land\"", "absent"), ("\"all\"", "\"none\"", "absent"),
      ("layer: \"dem\"", "layer: \"roads\"", "layer"), ("epoch:", "epok:", "epok"),
      ("licence: \"x\", ", "", "licence"),
    ])
  func refused(text: String, by other: String, place: String) {
    let error = #expect(throws: HabitatError.self) {
      try Self.read(Self.file.replacing(text, with: other))
    }
    #expect(error?.slug == "bad-product" && error?.kind == .input)
    #expect(error.map { ($0.location + $0.what).contains(place) } == true, "\(error as Any)")
  }

  @Test(
    "a list of tiles that makes no sense is none",
    arguments: ["1", "1: a", "1: 5..3", "1: 3 2", "1: 1\n1: 2"])
  func badIndex(text: String) { #expect(TileIndex(text) == nil) }
}
