import Foundation
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("The folder of a run")
struct OutputFolderTests {
  /// All paths below a folder, sorted.
  static func everything(in folder: TemporaryFolder, _ name: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path(name)).sorted()
  }

  private func publish(
    _ names: [String], in path: String, replacing earlier: [String] = []
  ) throws {
    let folder = try OutputFolder(path)
    for name in names { try folder.write("text of \(name)", to: name) }
    try folder.write("record", to: "manifest.json")
    try folder.publish(last: "manifest.json", replacing: earlier, sparing: [])
  }

  @Test("names in a sub-folder are listed, published and removed with it")
  func subfolders() throws {
    try TemporaryFolder.with { folder in
      let output = try OutputFolder(folder.path("out"))
      for name in ["b.txt", "basemap/z.tif", "a.txt", "basemap/a.tif"] {
        try output.write(name, to: name)
      }
      #expect(output.stagedNames == ["a.txt", "b.txt", "basemap/a.tif", "basemap/z.tif"])
      output.discard()
      #expect(!folder.has("out"))

      let names = ["a.txt", "basemap/a.tif", "basemap/z.tif"]
      try publish(names, in: folder.path("out"))
      #expect(
        try Self.everything(in: folder, "out")
          == ["a.txt", "basemap", "basemap/a.tif", "basemap/z.tif", "manifest.json"])
      #expect(try folder.contents(of: "out/basemap/a.tif") == Data("text of basemap/a.tif".utf8))
      try publish(["basemap/z.tif"], in: folder.path("out"), replacing: names)
      #expect(
        try Self.everything(in: folder, "out") == ["basemap", "basemap/z.tif", "manifest.json"])
      try publish(["b.txt"], in: folder.path("out"), replacing: ["basemap/z.tif"])
      #expect(try Self.everything(in: folder, "out") == ["b.txt", "manifest.json"])
    }
  }

  @Test(
    "a record that lists files of other folders removes none of them",
    arguments: ["../mine.txt", "link/mine.txt", "a/b/mine.txt", "sub/../../mine.txt", "/mine.txt"])
  func foreignNames(name: String) throws {
    try TemporaryFolder.with { folder in
      try folder.write("precious", to: "mine.txt")
      try folder.write("precious", to: "elsewhere/mine.txt")
      try folder.write("precious", to: "out/a/b/mine.txt")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("out/link"), withDestinationPath: folder.path("elsewhere"))
      try publish(["a.txt"], in: folder.path("out"), replacing: [name])
      for kept in ["mine.txt", "elsewhere/mine.txt", "out/a/b/mine.txt"] {
        #expect(folder.has(kept))
      }
    }
  }

  @Test("a sub-folder's name that leads elsewhere is refused, and the earlier files stay")
  func linkedSubfolder() throws {
    try TemporaryFolder.with { folder in
      try folder.makeFolder("elsewhere")
      try publish(["a.txt"], in: folder.path("out"))
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("out/basemap"), withDestinationPath: folder.path("elsewhere"))
      let error = #expect(throws: HabitatError.self) {
        try publish(["basemap/a.tif"], in: folder.path("out"))
      }
      #expect(error?.slug == "write-failed")
      #expect(try Self.everything(in: folder, "elsewhere") == [])
      #expect(folder.has("out/manifest.json"))
    }
  }
}
