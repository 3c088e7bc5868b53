import Foundation
import RasterCore
import TestSupport
import Testing

@testable import RunFolder

@Suite("The folder of a run")
struct OutputFolderTests {
  /// All paths below a folder, sorted.
  static func everything(in folder: TemporaryFolder, _ name: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path(name)).sorted()
  }

  /// A record that lists files and says which run it is of.
  static func record(of names: [String], run: String) -> String {
    let outputs = names.map { "{ \"path\": \"\($0)\" }" }.joined(separator: ", ")
    return "{ \"run\": \"\(run)\", \"outputs\": [\(outputs)] }"
  }

  /// Publishes files whose text is the name of the run.
  static func publish(
    _ names: [String], run: String = "run", in path: String, sparing inputs: [String] = []
  ) throws {
    let folder = try OutputFolder(path)
    do {
      for name in names { try folder.write(run, to: name) }
      try folder.write(record(of: names, run: run), to: "manifest.json")
      try folder.publish(sparing: inputs)
    } catch {
      folder.discard()
      throw error
    }
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

      try Self.publish(["a.txt", "basemap/a.tif", "basemap/z.tif"], in: folder.path("out"))
      #expect(
        try Self.everything(in: folder, "out")
          == ["a.txt", "basemap", "basemap/a.tif", "basemap/z.tif", "manifest.json"])
      try Self.publish(["basemap/z.tif"], run: "second", in: folder.path("out"))
      #expect(
        try Self.everything(in: folder, "out") == ["basemap", "basemap/z.tif", "manifest.json"])
      #expect(try folder.contents(of: "out/basemap/z.tif") == Data("second".utf8))
      try Self.publish(["b.txt"], in: folder.path("out"))
      #expect(try Self.everything(in: folder, "out") == ["b.txt", "manifest.json"])
    }
  }

  @Test("files that no record lists stay")
  func foreignFiles() throws {
    try TemporaryFolder.with { folder in
      try folder.write("mine", to: "out/notes.txt")
      try folder.write("mine", to: "out/basemap/notes.txt")
      try Self.publish(["a.txt", "basemap/a.tif"], in: folder.path("out"))
      try Self.publish(["b.txt"], in: folder.path("out"))
      #expect(
        try Self.everything(in: folder, "out")
          == ["b.txt", "basemap", "basemap/notes.txt", "manifest.json", "notes.txt"])
    }
  }

  @Test(
    "a record that lists files of other folders removes none of them",
    arguments: [
      "../mine.txt", "link/mine.txt", "a/b/mine.txt", "sub/../../mine.txt", "/mine.txt", "a", "",
    ])
  func foreignNames(name: String) throws {
    try TemporaryFolder.with { folder in
      try folder.write("precious", to: "mine.txt")
      try folder.write("precious", to: "elsewhere/mine.txt")
      try folder.write("precious", to: "out/a/b/mine.txt")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("out/link"), withDestinationPath: folder.path("elsewhere"))
      try folder.write(Self.record(of: [name], run: "forged"), to: "out/manifest.json")
      try Self.publish(["a.txt"], in: folder.path("out"))
      for kept in ["mine.txt", "elsewhere/mine.txt", "out/a/b/mine.txt"] {
        #expect(folder.has(kept))
      }
    }
  }

  @Test("folders made for a run that fails go again, those that were there stay")
  func discarding() throws {
    try TemporaryFolder.with { folder in
      try folder.makeFolder("there")
      let output = try OutputFolder(folder.path("there/a/b/c"))
      try output.write("x", to: "basemap/x")
      output.discard()
      #expect(try Self.everything(in: folder, "there") == [])
    }
  }

  @Test("two runs at once in one folder: the second is refused, until the first is done")
  func lock() throws {
    try TemporaryFolder.with { folder in
      let first = try OutputFolder(folder.path("out"))
      try first.write("first", to: "a.txt")
      let error = #expect(throws: HabitatError.self) { try OutputFolder(folder.path("out")) }
      #expect(error?.slug == "output-busy")
      #expect(error?.kind == .unavailable)
      #expect(try String(contentsOfFile: first.staged("a.txt"), encoding: .utf8) == "first")
      first.discard()
      try Self.publish(["b.txt"], in: folder.path("out"))
      #expect(try Self.everything(in: folder, "out") == ["b.txt", "manifest.json"])
    }
  }

  @Test("what a killed run left behind, its lock included, is no obstacle and no output")
  func leftovers() throws {
    try TemporaryFolder.with { folder in
      try folder.write("", to: "out/.habitat-partial/lock")
      try folder.write("half", to: "out/.habitat-partial/new/half.tif")
      try folder.write("half", to: "out/.habitat-partial/new/basemap/half.tif")
      try Self.publish(["b.txt"], in: folder.path("out"))
      #expect(try Self.everything(in: folder, "out") == ["b.txt", "manifest.json"])
    }
  }

  @Test("an input is neither replaced nor removed")
  func inputs() throws {
    try TemporaryFolder.with { folder in
      let out = folder.path("out")
      try Self.publish(["a.txt"], run: "first", in: out)
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("link"), withDestinationPath: folder.path("out/a.txt"))
      for input in [out + "/a.txt", folder.path("link")] {
        let error = #expect(throws: HabitatError.self) {
          try Self.publish(["a.txt"], run: "second", in: out, sparing: [input])
        }
        #expect(error?.slug == "output-exists")
      }
      #expect(try Self.everything(in: folder, "out") == ["a.txt", "manifest.json"])
      #expect(try folder.contents(of: "out/a.txt") == Data("first".utf8))
    }
  }
}
