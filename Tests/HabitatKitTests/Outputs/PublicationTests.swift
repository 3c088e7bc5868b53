import Foundation
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("One set of files takes the place of another")
struct PublicationTests {
  private static let old = ["a.txt", "both.txt", "basemap/old.tif"]
  private static let new = ["both.txt", "c.txt", "new/map.tif"]

  private static func expect(_ run: String, _ names: [String], in folder: TemporaryFolder) throws {
    let found = try OutputFolderTests.everything(in: folder, "out").filter {
      !["basemap", "new"].contains($0)
    }
    #expect(found == (names + ["manifest.json"]).sorted())
    for name in names { #expect(try folder.contents(of: "out/" + name) == Data(run.utf8)) }
  }

  /// Every state between two renames, made by hand: `aside` files of the old set have moved, then
  /// `moved` of the new.
  @Test("a crash between any two steps leaves no record, and the next run completes the new set")
  func crash() throws {
    let leaving = ["manifest.json"] + Self.old.sorted()
    let arriving = Self.new.sorted() + ["manifest.json"]
    for step in 0...(leaving.count + arriving.count) {
      try TemporaryFolder.with { folder in
        let (aside, moved) = (min(step, leaving.count), max(0, step - leaving.count))
        func put(_ run: String, _ name: String, _ place: String) throws {
          let names = run == "old" ? Self.old : Self.new
          let text = name == "manifest.json" ? OutputFolderTests.record(of: names, run: run) : run
          try folder.write(text, to: "out/\(place)\(name)")
        }
        for (index, name) in leaving.enumerated() {
          try put("old", name, index < aside ? ".habitat-partial/earlier/" : "")
        }
        for (index, name) in arriving.enumerated() {
          try put("new", name, index < moved ? "" : ".habitat-partial/finished/")
        }
        if step > 0, moved < arriving.count { #expect(!folder.has("out/manifest.json")) }
        try OutputFolder(folder.path("out")).discard()
        try Self.expect("new", Self.new, in: folder)
      }
    }
  }

  @Test("a crash before the new set is whole leaves the old one")
  func early() throws {
    try TemporaryFolder.with { folder in
      try OutputFolderTests.publish(Self.old, run: "old", in: folder.path("out"))
      for name in Self.new { try folder.write("new", to: "out/.habitat-partial/new/" + name) }
      try OutputFolder(folder.path("out")).discard()
      try Self.expect("old", Self.old, in: folder)
    }
  }

  @Test(
    "a set that cannot be put in place leaves the old one, record and all",
    arguments: ["new", "c.txt", "both.txt"])
  func failure(obstacle: String) throws {
    try TemporaryFolder.with { folder in
      try OutputFolderTests.publish(Self.old, run: "old", in: folder.path("out"))
      if obstacle == "new" {
        // Files of a sub-folder would go elsewhere.
        try folder.makeFolder("elsewhere")
        try FileManager.default.createSymbolicLink(
          atPath: folder.path("out/new"), withDestinationPath: folder.path("elsewhere"))
      } else {
        try? FileManager.default.removeItem(atPath: folder.path("out/" + obstacle))
        try folder.makeFolder("out/\(obstacle)/inside")
      }
      let before = try OutputFolderTests.everything(in: folder, "out")
      let error = #expect(throws: HabitatError.self) {
        try OutputFolderTests.publish(Self.new, run: "new", in: folder.path("out"))
      }
      #expect(error?.slug == "write-failed")
      #expect(error?.kind == .cannotWrite)
      #expect(try OutputFolderTests.everything(in: folder, "out") == before)
      #expect(try folder.contents(of: "out/a.txt") == Data("old".utf8))
    }
  }

  @Test("a folder removed while a run writes into it is told, and not made again")
  func removed() throws {
    try TemporaryFolder.with { folder in
      let output = try OutputFolder(folder.path("out"))
      try output.write("x", to: "a.txt")
      try output.write("{}", to: "manifest.json")
      try FileManager.default.removeItem(atPath: folder.path("out"))
      var error = #expect(throws: HabitatError.self) { try output.write("y", to: "b.txt") }
      #expect(error?.slug == "write-failed")
      error = #expect(throws: HabitatError.self) { try output.publish(sparing: []) }
      #expect(error?.kind == .cannotWrite)
      output.discard()
      #expect(!folder.has("out"))
    }
  }
}
