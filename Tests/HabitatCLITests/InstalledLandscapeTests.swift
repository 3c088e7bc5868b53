import Foundation
import TestSupport
import Testing

@Suite("Landscapes that are installed, not in ./rasters")
struct InstalledLandscapeTests {
  private static let rasters = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../rasters").standardizedFileURL.path

  /// Puts the project's landscapes into a folder's `rasters`.
  private static func install(in folder: TemporaryFolder, _ place: String) throws {
    try folder.makeFolder(place)
    try FileManager.default.copyItem(atPath: rasters, toPath: folder.path(place + "/rasters"))
  }

  private static func score(
    _ folder: TemporaryFolder, _ out: String, data: String?
  ) throws -> ExitCodeTests.Outcome {
    try ExitCodeTests.run(
      [
        "score", "--species", "tiger", "--landscape", "primorye-modis-2019", "--quiet", "--out",
        out,
      ],
      in: folder, data: data)
  }

  @Test("a run with one is that with the same landscape in ./rasters, record and all")
  func sameBytes() throws {
    try TemporaryFolder.with { folder in
      try Self.install(in: folder, "data")
      #expect(try Self.score(folder, "installed", data: folder.path("data")).code == 0)
      let installed = try folder.files(in: "installed")
      for (name, bytes) in installed {
        #expect(bytes.range(of: Data(folder.path.utf8)) == nil, "\(name) holds the path")
      }
      try FileManager.default.copyItem(
        atPath: Self.rasters, toPath: folder.path("rasters"))
      #expect(try Self.score(folder, "here", data: nil).code == 0)
      #expect(try folder.files(in: "here") == installed)
    }
  }

  @Test(
    "its record is verified and run again wherever it is installed, and misses it where it is not")
  func verified() throws {
    try TemporaryFolder.with { folder in
      try Self.install(in: folder, "data")
      #expect(try Self.score(folder, "out", data: folder.path("data")).code == 0)
      try FileManager.default.moveItem(
        atPath: folder.path("data"), toPath: folder.path("moved"))
      let verify = ["verify", "out", "--rerun"]
      let again = try ExitCodeTests.run(verify, in: folder, data: folder.path("moved"))
      #expect(again.code == 0, "\(again.output) \(again.messages)")
      // The same run finds its own results in the folder, and does not call them another's.
      #expect(try Self.score(folder, "out", data: folder.path("moved")).code == 0)
      let lost = try ExitCodeTests.run(verify, in: folder)
      #expect(lost.code == 4)
      #expect((lost.output + lost.messages).contains("input-missing"))
      let file = "moved/rasters/primorye-modis-2019/landscape.json"
      try folder.write(try folder.contents(of: file) + Data(" ".utf8), to: file)
      let changed = try ExitCodeTests.run(verify, in: folder, data: folder.path("moved"))
      #expect(changed.code == 4)
      #expect((changed.output + changed.messages).contains("input-changed"))
    }
  }

  @Test(
    "the default landscape is found, ./rasters comes first, and a name that is nowhere says where it was looked for"
  )
  func search() throws {
    try TemporaryFolder.with { folder in
      try Self.install(in: folder, "data")
      let usual = try ExitCodeTests.run(
        ["score", "--species", "tiger", "--resolution", "3000"], in: folder,
        data: folder.path("data"))
      #expect(usual.code == 0)
      #expect(usual.output.contains("Land of the Leopard"))
      let none = try ExitCodeTests.run(
        ["score", "--species", "tiger", "--landscape", "nowhere"], in: folder,
        data: folder.path("data"))
      #expect(none.code == 3)
      for text in [
        "landscape-missing", "./rasters", folder.path("data/rasters"), "land-of-big-cats",
      ] {
        #expect(none.messages.contains(text))
      }
      try folder.write("{ landcover: {} }", to: "rasters/land-of-big-cats/landscape.json")
      let here = try ExitCodeTests.run(
        ["score", "--species", "tiger"], in: folder, data: folder.path("data"))
      #expect(here.code == 3 && here.messages.hasPrefix("error[bad-landscape]"))
      let offered = try ExitCodeTests.run(
        ["--complete", "bash", "score", "--landscape", "prim"], in: folder,
        data: folder.path("data"))
      #expect(offered.output.contains("primorye-modis-2019"), "\(offered)")
    }
  }
}
