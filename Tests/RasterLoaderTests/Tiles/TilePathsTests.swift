import Foundation
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite("The tiles a user names")
struct TilePathsTests {
  /// Two folders of tiles and something that is no raster.
  static func makeTiles(in folder: TemporaryFolder) throws {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 0, north: 0, step: 1, columns: 1, rows: 1)
    for name in ["x/b.tif", "x/a.tif", "x/sub/c.tif", "y/a.tif", "y/a2.tif", "y/.hidden.tif"] {
      try folder.write("", to: name)
      try Raster(columns: 1, rows: 1, filledWith: UInt8(1)).write(
        to: folder.path(name), on: grid)
    }
    try folder.write("text", to: "x/readme.txt")
  }

  private func expand(_ names: [String], in folder: TemporaryFolder) throws -> [String] {
    try TilePaths.select(names.map { folder.path($0) }, layer: "dem").tiles.map {
      String($0.dropFirst(folder.path.count + 1))
    }
  }

  @Test(
    "files, folders and patterns give their rasters, by base name and then by path",
    arguments: [
      (["x/a.tif"], ["x/a.tif"]), (["x"], ["x/a.tif", "x/b.tif"]),
      (["x/"], ["x/a.tif", "x/b.tif"]), (["x/*.tif"], ["x/a.tif", "x/b.tif"]),
      (["*/a.tif"], ["x/a.tif", "y/a.tif"]), (["y/a?.tif"], ["y/a2.tif"]),
      (["x/[b-z].tif"], ["x/b.tif"]), (["*/*/*.tif"], ["x/sub/c.tif"]),
      (["y", "x"], ["x/a.tif", "y/a.tif", "y/a2.tif", "x/b.tif"]),
      (["x/b.tif", "x", "x/*"], ["x/a.tif", "x/b.tif", "x/readme.txt"]),
    ])
  func expand(names: [String], tiles: [String]) throws {
    try TemporaryFolder.with { folder in
      try Self.makeTiles(in: folder)
      let found = try expand(names, in: folder)
      // A dot file is a raster of its folder, yet no pattern names it by chance.
      #expect(found.filter { !$0.contains("hidden") } == tiles)
    }
  }

  @Test("the order and the number of times a tile is named do not matter", arguments: UInt64(0)..<5)
  func order(seed: UInt64) throws {
    try TemporaryFolder.with { folder in
      try Self.makeTiles(in: folder)
      var random = SeededGenerator(seed: seed)
      let names = ["x/b.tif", "y/a.tif", "x/a.tif", "y/a2.tif", "x/b.tif", "x"]
      #expect(
        try expand(names.shuffled(using: &random), in: folder)
          == ["x/a.tif", "y/a.tif", "y/a2.tif", "x/b.tif"].sorted {
            ($0.baseName, $0) < ($1.baseName, $1)
          })
    }
  }

  @Test(
    "a pipe among the tiles is refused, whether named, matched or in a folder, and not waited for",
    arguments: ["x/pipe.tif", "x/*.tif", "x", "/vsigzip/x/pipe.tif", "x/pipe.tif/inner.tif"])
  func pipe(name: String) throws {
    try TemporaryFolder.with { folder in
      try Self.makeTiles(in: folder)
      #expect(unsafe mkfifo(folder.path("x/pipe.tif"), 0o600) == 0)
      let path =
        name.hasPrefix("/vsigzip/")
        ? "/vsigzip/" + folder.path(String(name.dropFirst(9))) : folder.path(name)
      let error = #expect(throws: HabitatError.self) {
        try TilePaths.select([path], layer: "dem").tiles
      }
      #expect(error?.slug == "not-a-file" && error?.kind == .input)
      #expect(error?.location.contains("x/pipe.tif") == true)
    }
  }

  @Test("a socket of another name beside tiles is no tile") func stranger() throws {
    try TemporaryFolder.with { folder in
      try Self.makeTiles(in: folder)
      let tiles = try expand(["x"], in: folder)
      #expect(unsafe mkfifo(folder.path("x/agent.sock"), 0o600) == 0)
      #expect(try expand(["x"], in: folder) == tiles)
    }
  }

  @Test("what this process alone has open is refused, be it a file") func openFile() throws {
    try TemporaryFolder.with { folder in
      try Self.makeTiles(in: folder)
      let file = unsafe open(folder.path("x/a.tif"), O_RDONLY)
      defer { close(file) }
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("link.tif"), withDestinationPath: "/dev/fd/\(file)")
      for path in [
        "/dev/fd/\(file)", "/proc/self/fd/\(file)", folder.path("link.tif"), "/vsistdin/",
        "/vsistdin?buffer_limit=10MB", "/vsigzip//vsistdin/", "/dev/stdin",
      ] {
        let error = #expect(throws: HabitatError.self) {
          try TilePaths.select([path], layer: "dem").tiles
        }
        #expect(error?.slug == "not-a-file", "\(path)")
      }
      // Names alone make no such file.
      for name in ["dev/fd/3/a.tif", "proc/x/fd/a.tif", "vsistdin/a.tif"] {
        try folder.write(try folder.contents(of: "x/a.tif"), to: name)
        #expect(
          try TilePaths.select([folder.path(name)], layer: "dem").tiles == [folder.path(name)])
      }
    }
  }

  @Test("a device is refused, a link to a file taken, a link to nowhere told")
  func links() throws {
    let device = #expect(throws: HabitatError.self) {
      try TilePaths.select(["/dev/zero"], layer: "dem").tiles
    }
    #expect(device?.slug == "not-a-file")
    #expect(device?.what.contains("a device") == true)
    try TemporaryFolder.with { folder in
      try Self.makeTiles(in: folder)
      let manager = FileManager.default
      try manager.createSymbolicLink(
        atPath: folder.path("y/b.tif"), withDestinationPath: "../x/b.tif")
      #expect(try expand(["y/b.tif"], in: folder) == ["y/b.tif"])
      try manager.createSymbolicLink(
        atPath: folder.path("y/c.tif"), withDestinationPath: "none.tif")
      for name in ["y/*.tif", "y"] {
        let error = #expect(throws: HabitatError.self) { try expand([name], in: folder) }
        #expect(error?.slug == "input-missing")
        #expect(error?.location.hasSuffix("y/c.tif") == true)
      }
    }
  }

  @Test("names that differ only in how an accent is stored are refused, not taken for one")
  func alikeNames() throws {
    try TemporaryFolder.with { folder in
      for name in ["\u{e9}.tif", "e\u{301}.tif"] { try folder.write("", to: "n/" + name) }
      for paths in [["n/*.tif"], ["n/\u{e9}.tif", "n/e\u{301}.tif"]] {
        let error = #expect(throws: HabitatError.self) { try expand(paths, in: folder) }
        #expect(error?.slug == "paths-alike")
      }
      #expect(try expand(["n/e\u{301}.tif", "n/e\u{301}.tif"], in: folder).count == 1)
    }
  }

  @Test("a path into an archive is a tile, with its patterns")
  func archive() throws {
    try TemporaryFolder.with { folder in
      try Self.makeTiles(in: folder)
      let bytes = try folder.contents(of: "x/a.tif")
      try folder.write(Self.zip([("in/a.tif", bytes), ("in/b.tif", bytes)]), to: "t.zip")
      let archive = "/vsizip/" + folder.path("t.zip")
      for named in [archive + "/in/a.tif", archive + "/in", archive + "/*/*.tif"] {
        let tiles = try TilePaths.select([named], layer: "dem").tiles
        #expect(tiles.first == archive + "/in/a.tif")
        #expect(tiles.count == (named.hasSuffix("a.tif") ? 1 : 2))
      }
    }
  }

  /// An archive of files stored as they are; APPNOTE.TXT 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16.
  static func zip(_ files: [(name: String, bytes: Data)]) -> Data {
    func number(_ value: Int, _ count: Int) -> Data {
      Data((0..<count).map { UInt8(value >> (8 * $0) & 255) })
    }
    func checksum(_ bytes: Data) -> Int {
      var crc: UInt32 = ~0
      for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
      }
      return Int(~crc)
    }
    var (body, directory) = (Data(), Data())
    for file in files {
      let sizes =
        number(checksum(file.bytes), 4) + number(file.bytes.count, 4)
        + number(file.bytes.count, 4) + number(file.name.utf8.count, 2) + number(0, 2)
      let offset = body.count
      body += number(0x0403_4B50, 4) + number(20, 2) + number(0, 8) + sizes
      body += Data(file.name.utf8) + file.bytes
      directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + number(0, 8) + sizes
      directory += number(0, 10) + number(offset, 4) + Data(file.name.utf8)
    }
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(files.count, 2) + number(files.count, 2)
      + number(directory.count, 4) + number(body.count, 4) + number(0, 2)
    return body + directory + end
  }

  @Test(
    "what names no raster is refused, with the layer",
    arguments: [
      ("none.tif", "input-missing"), ("none/*.tif", "no-tiles"), ("empty", "no-tiles"),
      ("*.jpg", "no-tiles"),
    ])
  func refused(name: String, slug: String) throws {
    try TemporaryFolder.with { folder in
      try folder.makeFolder("empty")
      let error = #expect(throws: HabitatError.self) { try expand([name], in: folder) }
      #expect(error?.slug == slug)
      #expect(error?.kind == .input)
      #expect(error?.location.hasPrefix("dem: ") == true)
    }
  }

  @Test("a base name is what stands behind the last slash")
  func baseName() {
    #expect("/vsizip/a.zip/b.tif".baseName == "b.tif")
    #expect("b.tif".baseName == "b.tif")
  }
}
