import Documents
import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("Questions about paths")
struct FileSystemTests {
  @Test("a text larger than texts are is not read to its end")
  func largeText() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write(String(repeating: "x", count: 3 << 20), to: "t")
      #expect(try FileSystem.contents(of: path).count == 3 << 20)
      let error = #expect(throws: HabitatError.self) {
        _ = try FileSystem.contents(of: path, atMost: 2 << 20)
      }
      #expect(error?.slug == "file-too-large" && error?.location == path)
    }
  }

  @Test("files, folders and nothing are told apart")
  func size() throws {
    try TemporaryFolder.with { folder in
      try folder.write("12345", to: "sub/a")
      #expect(FileSystem.size(of: folder.path("sub/a")) == .bytes(5))
      #expect(FileSystem.size(of: folder.path("sub")) == .folder)
      #expect(FileSystem.size(of: folder.path("none")) == .missing)
    }
  }

  @Test(
    "what is neither a file nor a folder is found within paths of archives and drivers",
    arguments: ["#", "/vsigzip/#", "/vsizip/{#}/a.tif", "NETCDF:\"#\":band", "GTIFF_DIR:1:#"])
  func special(pattern: String) throws {
    try TemporaryFolder.with { folder in
      #expect(unsafe mkfifo(folder.path("pipe"), 0o600) == 0)
      let path = pattern.replacing("#", with: folder.path("pipe"))
      #expect(FileSystem.size(of: path) == .special)
      #expect(!RasterFormat.recognises(path))
      for read in [
        { _ = try FileSystem.contents(of: path) }, { _ = try RasterDataset(reading: path) },
        { _ = try PolygonLayer(reading: path, .init()) },
      ] {
        let error = #expect(throws: HabitatError.self) { try read() }
        #expect(error?.slug == "not-a-file")
      }
      let file = try folder.write("12345", to: "file")
      #expect(FileSystem.size(of: pattern.replacing("#", with: file)) != .special)
    }
  }

  @Test("names are sorted by their bytes")
  func names() throws {
    try TemporaryFolder.with { folder in
      for name in ["b", "a10", "a9", "B", "я"] { try folder.write("", to: name) }
      #expect(FileSystem.names(in: folder.path) == ["B", "a10", "a9", "b", "я"])
    }
  }

  @Test("a file longer than a piece is read to its end")
  func contents() throws {
    try TemporaryFolder.with { folder in
      let bytes = (0..<(1 << 20) + 3).map { UInt8($0 % 251) }
      try folder.write(Data(bytes), to: "a")
      #expect(try FileSystem.contents(of: folder.path("a")) == bytes)
      let error = #expect(throws: HabitatError.self) {
        try FileSystem.contents(of: folder.path("b"))
      }
      #expect(error?.slug == "input-missing")
    }
  }
}
