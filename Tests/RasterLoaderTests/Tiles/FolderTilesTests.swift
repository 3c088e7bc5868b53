import Foundation
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite("The tiles of a folder") struct FolderTilesTests {
  private static func makeTile(_ name: String, in folder: TemporaryFolder) throws {
    let grid = try Grid.northUp("EPSG:32652", west: 0, north: 0, step: 1, columns: 1, rows: 1)
    try folder.write("", to: name)
    try Raster(columns: 1, rows: 1, filledWith: UInt8(1)).write(to: folder.path(name), on: grid)
  }

  private func expand(in folder: TemporaryFolder) throws -> [String] {
    try TilePaths.select([folder.path("t")], layer: "dem").tiles.map(\.baseName)
  }

  @Test(
    "a file that is called like a tile and is none is refused, as a pattern's is",
    arguments: [
      ("b.tif", Data()), ("b.tif", Data("<!DOCTYPE html><html>404 Not Found</html>".utf8)),
      ("b.tif", Data(count: 4096)), ("b.TIF", Data("Not found\n".utf8)), ("N43E132.hgt", Data()),
      ("b.tif.part", Data(count: 10)), ("b.tif.crdownload", Data(count: 10)),
      ("b.nc", Data("{\"error\": 404}".utf8)), ("b.tif.aria2", Data(count: 1)),
    ])
  func failed(name: String, contents: Data) throws {
    try TemporaryFolder.with { folder in
      try Self.makeTile("t/a.tif", in: folder)
      #expect(try expand(in: folder) == ["a.tif"])
      try folder.write(contents, to: "t/" + name)
      let error = #expect(throws: HabitatError.self) { try expand(in: folder) }
      #expect(error?.slug == "not-a-raster" && error?.kind == .input)
      #expect(error?.location == "dem: " + folder.path("t/" + name))
    }
  }

  @Test("side files, previews and what other programs leave are no tiles") func sideFiles() throws {
    try TemporaryFolder.with { folder in
      try Self.makeTile("t/lc.tif", in: folder)
      let tile = try folder.contents(of: "t/lc.tif")
      // GDAL takes these for rasters.
      for name in ["lc.tif.ovr", "other.ovr", "lc.tif.msk", "meta.xml", "lc.aux"] {
        try folder.write(tile, to: "t/" + name)
      }
      for name in ["preview.png", "lc.png", "lc_thumb.jpg", "quicklook.jpg", "photo.png"] {
        try folder.write(Self.png, to: "t/" + name)
      }
      let texts = [
        "lc.tif.aux.xml", "lc.tfw", "lc.prj", "lc.json", "readme.txt", "lc.pdf", "Thumbs.db",
        ".DS_Store", "._lc.tif", "lc.qml", "lc.hdr", "notes", "lc.tif.asc", "docs.zip", "old.part",
      ]
      for name in texts { try folder.write("x", to: "t/" + name) }
      #expect(try expand(in: folder) == ["lc.tif"])
    }
  }

  @Test("a picture with a place of its own is a tile, and so are pictures alone") func pictures()
    throws
  {
    try TemporaryFolder.with { folder in
      try Self.makeTile("t/a.tif", in: folder)
      for name in ["t/b.png", "p/a.png", "p/preview.png"] { try folder.write(Self.png, to: name) }
      #expect(try expand(in: folder) == ["a.tif"])
      try folder.write("1\n0\n0\n-1\n5\n5\n", to: "t/b.pgw")
      #expect(try expand(in: folder) == ["a.tif", "b.png"])
      let pictures = try TilePaths.select([folder.path("p")], layer: "dem").tiles
      #expect(pictures.map(\.baseName) == ["a.png"])
    }
  }

  /// One black pixel: PNG (Third Edition), the smallest stream of IHDR, IDAT and IEND.
  private static let png = Data(
    base64Encoded:
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJg"
      + "gg==")!
}
