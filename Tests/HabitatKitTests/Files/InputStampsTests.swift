import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit
@testable import RunFolder

@Suite("Inputs that change while a run reads them")
struct InputStampsTests {
  /// Changes a file once the scoring is under way.
  private func run(
    _ folder: TemporaryFolder, _ change: @escaping @Sendable () throws -> Void
  ) throws -> HabitatError? {
    let run = try ScoreRun(try TestLandscape(in: folder).options().request())
    return #expect(throws: HabitatError.self) {
      try run.run(
        ScoreRun.Observer(progress: { progress in
          if progress.stage == .scoring { try? change() }
        }))
    }
  }

  @Test(
    "a file exchanged, written to or removed is named, and nothing is left behind",
    arguments: [
      ("landcover.tif", "exchanged"), ("dem.tif", "written"), ("parks.gpkg", "removed"),
      ("dem.tif", "unseen"),
      ("landcover.tif", "removed"),
    ])
  func changes(name: String, change: String) throws {
    try TemporaryFolder.with { folder in
      let path = folder.path(name)
      let error = try run(folder) {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        switch change {
        case "removed": try FileManager.default.removeItem(atPath: path)
        // The same bytes in another file: nobody can tell which of them were read.
        case "exchanged": try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
        // Other bytes as many as before, and the old date: only the second date tells.
        case "unseen":
          let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
          let file = try #require(FileHandle(forUpdatingAtPath: path))
          try file.seekToEnd()
          try file.seek(toOffset: try file.offset() - 1)
          try file.write(contentsOf: Data([bytes[bytes.count - 1] ^ 1]))
          try file.close()
          try FileManager.default.setAttributes(
            [.modificationDate: date as Any], ofItemAtPath: path)
        default:
          let file = try #require(FileHandle(forWritingAtPath: path))
          try file.seekToEnd()
          try file.write(contentsOf: Data([0]))
        }
      }
      #expect(error?.slug == "input-changed")
      #expect(error?.kind == .input)
      #expect(error?.location.hasSuffix(path) == true)
      #expect(!folder.has("out"))
    }
  }

  @Test("a digest is of the whole file, or there is none")
  func shortFile() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write(Data(repeating: 7, count: 3 << 20), to: "a.bin")
      let error = #expect(throws: HabitatError.self) {
        // Cut while it is read.
        try InputFile(layer: "dem", path: path).record { _ in
          unsafe truncate(path, 2 << 20) == 0
        }
      }
      #expect(error?.slug == "input-changed")
    }
  }

  @Test("what lies beside a file and bears its name is stamped before anything is opened")
  func sideFiles() throws {
    try TemporaryFolder.with { folder in
      for name in ["a.tif", "a.tif.aux.xml", "a.tfw", "a.b.tif", "ab.tif", "c.tif"] {
        try folder.write("x", to: name)
      }
      var names = SideFileNames()
      let found = names.paths(beside: folder.path("a.tif"))
      #expect(Set(found) == Set(["a.tif.aux.xml", "a.tfw", "a.b.tif"].map { folder.path($0) }))
    }
  }

  @Test("a file in an archive is stamped as the archive, one that is nowhere is always the same")
  func archives() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write("one", to: "a.zip")
      let inside = "/vsizip/" + path + "/b.tif"
      #expect(FileStamp(inside) == FileStamp(path))
      #expect(FileStamp(inside).isOfFile)
      let before = FileStamp(inside)
      try folder.write("longer", to: "a.zip")
      #expect(FileStamp(inside) != before)
      #expect(FileStamp("/vsimem/x") == FileStamp("/vsicurl/https://example.org/x"))
    }
  }
}
