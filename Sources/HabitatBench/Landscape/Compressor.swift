/// A way to compress class rasters.
struct Compressor: Sendable {
  let name: String
  /// Creation options; empty stands for what the program does unasked.
  let options: [String]

  static let standard = Compressor(name: "LZW", options: [])
  static let deflate1 = Compressor(
    name: "DEFLATE 1", options: ["COMPRESS=DEFLATE", "ZLEVEL=1"])
  static let deflate6 = Compressor(
    name: "DEFLATE 6", options: ["COMPRESS=DEFLATE", "ZLEVEL=6"])
  /// All that the encoding of a class raster is timed with.
  static let all = [
    standard, deflate1, deflate6,
    Compressor(name: "ZSTD 1", options: ["COMPRESS=ZSTD", "ZSTD_LEVEL=1"]),
  ]

  /// The options of a raster in the form of the program's own.
  func options(threads: Int) -> [String] {
    ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "BIGTIFF=IF_SAFER"]
      + (options.isEmpty ? ["COMPRESS=LZW"] : options)
      + (threads > 1 ? ["NUM_THREADS=\(threads)"] : [])
  }
}
