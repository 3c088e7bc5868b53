import Foundation
import RasterCore
import TestSupport
import Testing

@testable import GeoIO

@Suite("Compression that changes values") struct LossyRasterTests {
  private static let lossless: [[String]] = [
    [], ["COMPRESS=DEFLATE"], ["COMPRESS=LERC"], ["COMPRESS=LERC", "MAX_Z_ERROR=0"],
    ["COMPRESS=LERC_DEFLATE"], ["COMPRESS=LERC_ZSTD"],
  ]
  private static let lossy: [[String]] = [
    ["COMPRESS=JPEG"], ["COMPRESS=LERC", "MAX_Z_ERROR=1"],
    ["COMPRESS=LERC_DEFLATE", "MAX_Z_ERROR=2"],
    ["COMPRESS=LERC_ZSTD", "MAX_Z_ERROR=1", "TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"],
  ]

  private func losesDetail(_ options: [String], typeName: String) throws -> Bool {
    try TemporaryFolder.with { folder in
      let grid = try RasterRoundTripTests.grid(columns: 40, rows: 30)
      try Raster(grid) { UInt8($0 * $1 % 11) }.write(
        to: folder.path("a.tif"), on: grid, typeName: typeName, options: options)
      _ = try folder.write(
        """
        <VRTDataset rasterXSize="40" rasterYSize="30"><VRTRasterBand dataType="\(typeName)" band="1">
        <SimpleSource><SourceFilename relativeToVRT="1">a.tif</SourceFilename></SimpleSource>
        </VRTRasterBand></VRTDataset>
        """, to: "a.vrt")
      let loses = try RasterDataset(reading: folder.path("a.tif")).losesDetail
      let virtual = try RasterDataset(reading: folder.path("a.vrt")).sources(ofBand: 1).losesDetail
      #expect(virtual == loses, "a virtual raster is what its sources are")
      return loses
    }
  }

  @Test("methods that keep values say nothing", arguments: lossless, ["Byte", "Float32"])
  func keeps(options: [String], typeName: String) throws {
    #expect(try !losesDetail(options, typeName: typeName))
  }

  @Test("methods that change them are told", arguments: lossy) func loses(options: [String]) throws
  {
    #expect(try losesDetail(options, typeName: "Byte"))
  }

  @Test("half a metre is no loss for whole numbers, but for heights with decimals")
  func half() throws {
    let options = ["COMPRESS=LERC", "MAX_Z_ERROR=0.5"]
    #expect(try !losesDetail(options, typeName: "Int16"))
    #expect(try losesDetail(options, typeName: "Float32"))
  }

  /// Of blocks that GDAL 3.6.2 wrote (liblerc 4.0): `gdal_translate -co COMPRESS=LERC -co MAX_Z_ERROR=1`, bytes with 0.
  private static let heads = [
    (
      "4c657263322004000000a488bac30d0000005802000001000000781e00000800000039050000"
        + "01000000000000000000f03f00000000000010400000000000001c40", 1.0
    )
  ]

  @Test("the head of a block is read as the library writes it", arguments: heads)
  func head(hex: String, error: Double) throws {
    let digits = Array(hex)
    let bytes = stride(from: 0, to: digits.count, by: 2).map {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)!
    }
    #expect(LercHeader(bytes)?.largestError == error)
    #expect(LercHeader(Array(bytes.prefix(45))) == nil, "cut short")
    #expect(LercHeader([UInt8](repeating: 0, count: 80)) == nil)
  }

  // MARK: Databases of pictures

  private static let translate = "/usr/bin/gdal_translate"

  /// GDAL's own program writes them, where it is there: `gdal_translate -of`.
  @Test(
    "pictures in a database are told by their form",
    .enabled(if: FileManager.default.isExecutableFile(atPath: translate)),
    arguments: [
      ("GPKG", "TILE_FORMAT=JPEG", true), ("GPKG", "TILE_FORMAT=PNG_JPEG", true),
      ("GPKG", "TILE_FORMAT=WEBP", true), ("GPKG", "TILE_FORMAT=PNG", false),
      ("Rasterlite", "DRIVER=JPEG", true), ("Rasterlite", "DRIVER=GTiff", false),
      ("MBTiles", "TILE_FORMAT=JPEG", true), ("MBTiles", "TILE_FORMAT=PNG", false),
    ])
  func databases(format: String, option: String, loses: Bool) throws {
    try TemporaryFolder.with { folder in
      let grid = try RasterRoundTripTests.grid(columns: 40, rows: 30)
      try Raster(grid) { UInt8($0 * $1 % 11) }.write(to: folder.path("a.tif"), on: grid)
      let target = folder.path(
        "a." + (["GPKG": "gpkg", "MBTiles": "mbtiles"][format] ?? "rl"))
      let process = Process()
      process.executableURL = URL(filePath: Self.translate)
      process.arguments = ["-q", "-of", format, "-co", option, folder.path("a.tif"), target]
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(try RasterDataset(reading: target).losesDetail == loses)
    }
  }
}
