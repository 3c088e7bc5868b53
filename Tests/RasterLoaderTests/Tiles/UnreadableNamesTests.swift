import Foundation
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite("Names that are not UTF-8") struct UnreadableNamesTests {
  /// An empty file whose name holds the byte E9, which is é in Latin-1 and no letter in UTF-8, in place of `?`.
  private static func make(_ name: String, in folder: TemporaryFolder) {
    let bytes = folder.path(name).utf8.map { $0 == UInt8(ascii: "?") ? 0xE9 : $0 }
    let path = bytes.map { CChar(bitPattern: $0) } + [0]
    let file = unsafe open(path, O_CREAT | O_WRONLY, 0o600)
    #expect(file >= 0)
    close(file)
  }

  @Test(
    "a tile of such a name is refused, whether it matches or lies in a folder",
    arguments: ["x/*.tif", "x/b?.tif", "x/b*", "x"])
  func tiles(path: String) throws {
    try TemporaryFolder.with { folder in
      try TilePathsTests.makeTiles(in: folder)
      Self.make("x/b?.tif", in: folder)
      let error = #expect(throws: HabitatError.self) {
        try TilePaths.select([folder.path(path)], layer: "dem").tiles
      }
      #expect(error?.slug == "name-unreadable" && error?.kind == .input)
      #expect(error?.location == "dem: " + folder.path("x/b\u{FFFD}.tif"))
      #expect(try TilePaths.select([folder.path("x/a*")], layer: "dem").tiles.count == 1)
    }
  }

  @Test("other files of such names beside tiles do no harm") func others() throws {
    try TemporaryFolder.with { folder in
      try TilePathsTests.makeTiles(in: folder)
      for name in ["x/r?adme.txt", "x/photo?.doc", "x/a?.qml"] { Self.make(name, in: folder) }
      #expect(try TilePaths.select([folder.path("x")], layer: "dem").tiles.count == 2)
      #expect(try TilePaths.select([folder.path("x/*.tif")], layer: "dem").tiles.count == 2)
    }
  }
}
