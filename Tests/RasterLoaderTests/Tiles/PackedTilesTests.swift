import Foundation
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite("Packed tiles of a folder") struct PackedTilesTests {
  /// A folder with the tile `a.tif`, and the bytes of that tile.
  private static func makeTile(in folder: TemporaryFolder) throws -> Data {
    let grid = try Grid.northUp("EPSG:32652", west: 0, north: 0, step: 1, columns: 1, rows: 1)
    try folder.write("", to: "t/a.tif")
    try Raster(columns: 1, rows: 1, filledWith: UInt8(1)).write(
      to: folder.path("t/a.tif"), on: grid)
    return try folder.contents(of: "t/a.tif")
  }

  /// Source: IEEE Std 1003.1-1988, ustar: a header of 512 bytes, the content filled up to as many, two empty blocks.
  private static func tar(_ name: String, _ bytes: Data) -> Data {
    var header = Data(count: 512)
    func put(_ text: String, _ offset: Int) {
      header.replaceSubrange(offset..<offset + text.utf8.count, with: Data(text.utf8))
    }
    func octal(_ value: Int, _ width: Int) -> String {
      let digits = String(value, radix: 8)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    put(name, 0)
    put(octal(0o644, 7), 100)
    put(octal(bytes.count, 11), 124)
    put(octal(0, 11), 136)
    put("        0", 148)
    put("ustar", 257)
    put("00", 263)
    put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", 148)
    return header + bytes + Data(count: 511 - (bytes.count + 511) % 512 + 1024)
  }

  @Test(
    "rasters that lie in a folder packed alone are refused, with the way to them",
    arguments: [
      ("b.tif.zip", "in/b.tif", "/vsizip/"), ("tiles.zip", "in/b.tif", "/vsizip/"),
      ("b.tar", "b.tif", "/vsitar/"), ("b.tif.gz", "", "/vsigzip/"), ("b.TIF.bz2", "", "unpack it"),
      ("b.img.7z", "", "unpack it"),
    ])
  func packed(name: String, inner: String, words: String) throws {
    try TemporaryFolder.with { folder in
      let tile = try Self.makeTile(in: folder)
      let bytes =
        switch name.suffix(3) {
        case "zip": TilePathsTests.zip([("readme.txt", Data([65])), (inner, tile)])
        case "tar": Self.tar(inner, tile)
        default: Data([1, 2, 3])
        }
      try folder.write(bytes, to: "t/" + name)
      let error = #expect(throws: HabitatError.self) {
        try TilePaths.select([folder.path("t")], layer: "dem").tiles
      }
      #expect(error?.slug == "not-a-raster")
      #expect(error?.location == "dem: " + folder.path("t/" + name))
      #expect(error?.fix.contains(words) == true, "\(error?.fix ?? "")")
      guard words.hasPrefix("/vsi"), !inner.isEmpty else { return }
      // What the message says is a path.
      let path = words + folder.path("t/" + name) + "/" + inner
      #expect(error?.fix.contains(path) == true)
      #expect(try TilePaths.select([folder.path("t/a.tif"), path], layer: "dem").tiles.count == 2)
    }
  }

  @Test("what lies beside its archive, and archives of other things, are passed over") func silent()
    throws
  {
    try TemporaryFolder.with { folder in
      let tile = try Self.makeTile(in: folder)
      try folder.write(TilePathsTests.zip([("x/A.TIF", tile)]), to: "t/download.zip")
      try folder.write(TilePathsTests.zip([("style.qml", Data([65]))]), to: "t/styles.zip")
      try folder.write(Self.tar("readme.txt", Data([65])), to: "t/docs.tar")
      for name in ["a.tif.gz", "readme.txt.gz", "notes.rar", "a.tif.zip"] {
        try folder.write(Data([1, 2]), to: "t/" + name)
      }
      #expect(
        try TilePaths.select([folder.path("t")], layer: "dem").tiles.map(\.baseName) == ["a.tif"])
    }
  }
}
