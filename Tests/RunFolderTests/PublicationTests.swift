import Foundation
import RasterCore
import TestSupport
import Testing

@testable import RunFolder

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
        try OutputFolder.completeInterrupted(in: folder.path("out"))
        if moved == arriving.count { try OutputFolder(folder.path("out")).discard() }
        try Self.expect("new", Self.new, in: folder)
      }
    }
  }

  @Test("the record leaves before all other files and comes after all of them")
  func order() throws {
    try TemporaryFolder.with { folder in
      let out = folder.path("out")
      try OutputFolderTests.publish(Self.old, run: "old", in: out)
      let output = try OutputFolder(out)
      for name in Self.new { try output.write("new", to: name) }
      try output.write(OutputFolderTests.record(of: Self.new, run: "new"), to: "manifest.json")
      let watch = MoveWatch(over: [out, out + "/basemap", out + "/.habitat-partial"])
      try output.publish(sparing: [])
      #expect(
        watch.moves() == [
          "from new", "to finished", "from manifest.json", "from a.txt", "from old.tif",
          "from both.txt", "to both.txt", "to c.txt", "to manifest.json",
        ])
    }
  }

  @Test("what nobody has finished is left alone by those who only read")
  func underway() throws {
    try TemporaryFolder.with { folder in
      try folder.write("half", to: "out/.habitat-partial/new/half.tif")
      try OutputFolder.completeInterrupted(in: folder.path("out"))
      #expect(folder.has("out/.habitat-partial/new/half.tif"))
      try OutputFolder.completeInterrupted(in: folder.path("nowhere"))
      #expect(!folder.has("nowhere"))
    }
  }

  @Test("a set that cannot be put in place leaves no empty folder")
  func emptyFolders() throws {
    try TemporaryFolder.with { folder in
      let out = folder.path("out")
      let output = try OutputFolder(out)
      for name in ["basemap/a.tif", "z"] { try output.write("new", to: name) }
      try output.write(
        OutputFolderTests.record(of: ["basemap/a.tif", "z"], run: "new"), to: "manifest.json")
      // It comes after the check for such folders only where another program makes it in between.
      try folder.makeFolder("out/z/inside")
      let names = ["basemap/a.tif", "z", "manifest.json"]
      let inner = Publication(
        folder: try OpenFolder(out),
        staging: try #require(OpenFolder(out).folder(".habitat-partial"))
      )
      #expect(throws: HabitatError.self) { try inner.commit(names) }
      #expect(!folder.has("out/basemap"))
      output.discard()
      #expect(try OutputFolderTests.everything(in: folder, "out") == ["z", "z/inside"])
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

/// What the kernel saw move in some folders, in its order.
private struct MoveWatch: ~Copyable {
  private let file: Int32

  init(over folders: [String]) {
    file = inotify_init1(Int32(IN_NONBLOCK))
    for folder in folders {
      unsafe _ = inotify_add_watch(file, folder, UInt32(IN_MOVED_FROM | IN_MOVED_TO))
    }
  }

  deinit { close(file) }

  /// `from NAME` and `to NAME`.
  func moves() -> [String] {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe read(file, &buffer, buffer.count)
    var moves: [String] = []
    var place = 0
    while place < count {
      // inotify(7): watch, mask, cookie and length of the name, four bytes each.
      func number(_ index: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(buffer[place + 4 * index + $1]) << UInt32(8 * $1) }
      }
      let (mask, length) = (number(1), Int(number(3)))
      defer { place += 16 + length }
      // That a folder is not watched any more is no move.
      guard mask & UInt32(IN_MOVED_FROM | IN_MOVED_TO) != 0 else { continue }
      let name = buffer[place + 16..<place + 16 + length].prefix { $0 != 0 }
      let direction = mask & UInt32(IN_MOVED_FROM) != 0 ? "from " : "to "
      moves.append(direction + String(decoding: name, as: UTF8.self))
    }
    return moves
  }
}
