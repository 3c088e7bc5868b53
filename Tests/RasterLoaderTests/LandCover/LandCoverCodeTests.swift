import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite("Codes of any type")
struct LandCoverCodeTests {
  /// Codes that other types would make of larger ones have a meaning, so that none can pass for them.
  static let table = CodeTable { code in
    switch code {
    case 0: .nodata
    case 1...10: LandState(LandCategory(rawValue: UInt8(code))!)
    case Int(Int32.max), Int(Int32.min): LandState(.rice)
    case 1 << 32 + 3, -5_000_000_000: LandState(.shrub)
    case Int(UInt32.max): LandState(.water)
    default: .unknown
    }
  }
  private let grid: Grid

  init() throws {
    grid = try .northUp("EPSG:32652", west: 5e5, north: 5e6, step: 10, columns: 4, rows: 1)
  }

  static let unknown = LandState.unknown.rawValue

  private func states(_ tile: RasterTile) throws -> [UInt8] {
    var reader = LandCoverReader(try LandCoverSource([tile]), Self.table)
    var block = LandCoverBlock()
    try reader.read(grid.window, into: &block)
    return Array(block.states.prefix(4))
  }

  private func unknownCodes(_ tile: RasterTile) throws -> [Int] {
    var reader = LandCoverReader(try LandCoverSource([tile]), Self.table)
    var codes: [Int] = []
    try reader.forEachCode(of: .unknown, in: grid.window) { codes.append($1) }
    return codes
  }

  private func refusal(_ tile: RasterTile) throws -> HabitatError? {
    #expect(throws: HabitatError.self) { try states(tile) }
  }

  /// A tile whose header declares `nodata` in digits.
  private func tile(
    _ typeName: String, of name: String, nodata: String, in folder: TemporaryFolder
  ) throws -> RasterTile {
    try folder.write(
      """
      <VRTDataset rasterXSize="4" rasterYSize="1"><SRS>EPSG:32652</SRS>
      <GeoTransform>500000, 10, 0, 5000000, 0, -10</GeoTransform>
      <VRTRasterBand dataType="\(typeName)" band="1"><NoDataValue>\(nodata)</NoDataValue>
      <SimpleSource><SourceFilename relativeToVRT="1">\(name)</SourceFilename>
      <SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>
      """, to: name + ".vrt")
    return try RasterTile.inspect(folder.path(name + ".vrt"))
  }

  @Test("codes beyond 32 bits are themselves, and told as such")
  func signed() throws {
    try TemporaryFolder.with { folder in
      let tile = try Raster(
        columns: 4, rows: 1, cells: [1 << 32 + 3, -5_000_000_000, 1 << 62 + 1, 7] as [Int64]
      ).tile("a.tif", in: folder, on: grid)
      #expect(try states(tile) == [4, 4, Self.unknown, 7])
      #expect(try unknownCodes(tile) == [4_611_686_018_427_387_905])
    }
  }

  @Test("codes of 32 bits without a sign are themselves")
  func unsigned() throws {
    try TemporaryFolder.with { folder in
      let tile = try Raster(
        columns: 4, rows: 1, cells: [4_294_967_295, 2_147_483_648, 2_147_483_647, 9] as [Double]
      ).tile("a.tif", in: folder, on: grid, typeName: "UInt32")
      #expect(try states(tile) == [6, Self.unknown, 9, 9])
      #expect(try unknownCodes(tile) == [2_147_483_648])
      let marked = try RasterTile.inspect(tile.path, .init(nodata: .value(4_294_967_295)))
      #expect(try states(marked) == [0, Self.unknown, 9, 9])
    }
  }

  @Test("a number that is no code is refused by its true value, unless it marks what has none")
  func tooLarge() throws {
    try TemporaryFolder.with { folder in
      let plain = try Raster(columns: 4, rows: 1, cells: [1, 2, .max, 3] as [UInt64])
        .tile("a.tif", in: folder, on: grid)
      let error = try refusal(plain)
      #expect(error?.slug == "code-too-large")
      #expect(error?.what.contains("18446744073709551615") == true)
      let declared = try tile("UInt64", of: "a.tif", nodata: "18446744073709551615", in: folder)
      #expect(try states(declared) == [1, 2, 0, 3])
      // What the message proposes reaches the program as a double.
      let named = try RasterTile.inspect(
        plain.path, .init(nodata: .value(Double("18446744073709551615")!)))
      #expect(try states(named) == [1, 2, 0, 3])
    }
  }

  @Test("a nodata value of 64 bits is exact: its neighbour is a code")
  func exactNodata() throws {
    try TemporaryFolder.with { folder in
      try Raster(columns: 4, rows: 1, cells: [.min, .min + 1, 2, .max] as [Int64])
        .write(to: folder.path("a.tif"), on: grid)
      let tile = try tile("Int64", of: "a.tif", nodata: "-9223372036854775808", in: folder)
      #expect(try states(tile) == [0, Self.unknown, 2, Self.unknown])
      #expect(try unknownCodes(tile) == [.min + 1, .max])
    }
  }

  @Test(
    "numbers of floats that are no codes are refused by their value",
    arguments: [
      (Double.infinity, "inf", "code-not-whole"), (-Double.infinity, "-inf", "code-not-whole"),
      (2.5, "2.5", "code-not-whole"), (1e16, "10000000000000000", "code-too-large"),
      (-1e300, "-1e+300", "code-too-large"),
      // 2^53 + 2: the next odd number is no double.
      (9_007_199_254_740_994, "9007199254740994", "code-too-large"),
    ])
  func real(number: Double, shown: String, slug: String) throws {
    try TemporaryFolder.with { folder in
      let tile = try Raster(columns: 4, rows: 1, cells: [1, .nan, number, 3] as [Double])
        .tile("a.tif", in: folder, on: grid)
      let error = try refusal(tile)
      #expect(error?.slug == slug)
      #expect(error?.what.contains("holds \(shown),") == true, "\(error?.what ?? "")")
      let marked = try RasterTile.inspect(tile.path, .init(nodata: .value(number)))
      #expect(try states(marked) == [1, 0, 0, 3])
    }
  }

  @Test("large and negative codes of floats are themselves, and a nodata is as short as its type")
  func wholeReal() throws {
    try TemporaryFolder.with { folder in
      let tile = try Raster(
        columns: 4, rows: 1, cells: [0x1p53, -5_000_000_000, -0.0, 4_294_967_299] as [Double]
      ).tile("a.tif", in: folder, on: grid)
      #expect(try states(tile) == [Self.unknown, 4, 0, 4])
      #expect(try unknownCodes(tile) == [1 << 53])
      let short = try Raster(columns: 4, rows: 1, cells: [1, 2, 0.1, 3] as [Float])
        .tile("b.tif", in: folder, on: grid)
      let marked = try RasterTile.inspect(short.path, .init(nodata: .value(0.1)))
      #expect(try states(marked) == [1, 2, 0, 3])
    }
  }

  @Test("complex numbers are refused", arguments: ["CFloat32", "CInt16"])
  func complex(typeName: String) throws {
    try TemporaryFolder.with { folder in
      let error = #expect(throws: HabitatError.self) {
        try Raster(columns: 4, rows: 1, filledWith: UInt8(3))
          .tile("a.tif", in: folder, on: grid, typeName: typeName)
      }
      #expect(error?.slug == "band-complex")
      #expect(error?.what.contains(typeName) == true)
    }
  }
}
