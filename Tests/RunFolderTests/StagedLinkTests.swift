import Foundation
import RasterCore
import TestSupport
import Testing

@testable import RunFolder

/// Folders that somebody has prepared: what looks as if a run had been killed leads elsewhere.
@Suite("Links in what a killed run left")
struct StagedLinkTests {
  private static let staging = "out/.habitat-partial"

  private static func link(_ folder: TemporaryFolder, _ name: String, to target: String) throws {
    let path = folder.path(name)
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: folder.path(target))
  }

  /// A folder of results that nobody may touch, and one that a run is to use.
  private static func withFolders(
    _ prepare: (TemporaryFolder) throws -> Void, _ use: (TemporaryFolder) throws -> Void
  ) throws {
    try TemporaryFolder.with { folder in
      try OutputFolderTests.publish(
        ["x.txt", "docs/y.txt"], run: "precious", in: folder.path("other"))
      let before = try folder.files(in: "other")
      try folder.makeFolder("out")
      try prepare(folder)
      try use(folder)
      #expect(try folder.files(in: "other") == before)
    }
  }

  @Test(
    "no link is followed: nothing moves here, nothing is lost there",
    arguments: ["finished", "finished/docs", "finished/x.txt", "earlier", "new", "new/docs"])
  func links(name: String) throws {
    try Self.withFolders { folder in
      if name.hasPrefix("finished/") {
        try folder.write(
          OutputFolderTests.record(of: ["x.txt", "docs/y.txt"], run: "forged"),
          to: Self.staging + "/finished/manifest.json")
      }
      let target = ["docs": "other/docs", "x.txt": "other/x.txt"]
      try Self.link(
        folder, Self.staging + "/" + name,
        to: target[name.split(separator: "/").dropFirst().joined()] ?? "other")
    } _: { folder in
      try OutputFolder.completeInterrupted(in: folder.path("out"))
      #expect(!folder.has("out/x.txt") && !folder.has("out/docs"))
      try OutputFolderTests.publish(["a.txt", "docs/b.txt"], run: "mine", in: folder.path("out"))
      #expect(
        try folder.files(in: "out").keys.sorted() == ["a.txt", "docs/b.txt", "manifest.json"])
    }
  }

  @Test("a link in the place of the folder for unfinished files is refused")
  func staging() throws {
    try Self.withFolders { folder in
      try Self.link(folder, Self.staging, to: "other")
    } _: { folder in
      let error = #expect(throws: HabitatError.self) { try OutputFolder(folder.path("out")) }
      #expect(error?.slug == "write-failed")
      #expect(error?.what == "something else has the name of a folder")
    }
  }

  @Test("of what was finished only files that its record lists are taken")
  func unlisted() throws {
    try TemporaryFolder.with { folder in
      try folder.write(
        OutputFolderTests.record(of: ["x.txt"], run: "killed"),
        to: Self.staging + "/finished/manifest.json")
      for name in ["x.txt", "z.txt", "docs/z.txt", ".hidden"] {
        try folder.write("killed", to: Self.staging + "/finished/" + name)
      }
      try OutputFolder.completeInterrupted(in: folder.path("out"))
      #expect(try folder.files(in: "out").keys.sorted() == ["manifest.json", "x.txt"])
    }
  }

  @Test(
    "a record of what was finished that cannot be read, or leads elsewhere, is told; nothing is lost",
    arguments: [
      "{", "{}", #"{ "outputs": [{ "path": "../x.txt" }] }"#,
      #"{ "outputs": [{ "path": "x.txt" }, { "path": "x.txt" }] }"#,
      "{ \"outputs\": [{ \"path\": \"x.txt\\u0000\" }] }",
    ])
  func unreadable(record: String) throws {
    try TemporaryFolder.with { folder in
      try folder.write(record, to: Self.staging + "/finished/manifest.json")
      try folder.write("killed", to: Self.staging + "/finished/x.txt")
      let error = #expect(throws: HabitatError.self) {
        try OutputFolder.completeInterrupted(in: folder.path("out"))
      }
      #expect(error?.kind == .input)
      #expect(["bad-manifest", "bad-json"].contains(error?.slug))
      #expect(folder.has(Self.staging + "/finished/x.txt"))
    }
  }

  @Test("results that are links themselves give way; what they lead to stays")
  func outputs() throws {
    try TemporaryFolder.with { folder in
      try folder.write("precious", to: "elsewhere.txt")
      try OutputFolderTests.publish(["a.txt", "b.txt"], run: "first", in: folder.path("out"))
      for name in ["out/a.txt", "out/b.txt"] {
        try FileManager.default.removeItem(atPath: folder.path(name))
        try Self.link(folder, name, to: "elsewhere.txt")
      }
      try OutputFolderTests.publish(["a.txt"], run: "second", in: folder.path("out"))
      #expect(try folder.contents(of: "elsewhere.txt") == Data("precious".utf8))
      #expect(try folder.contents(of: "out/a.txt") == Data("second".utf8))
      #expect(!folder.has("out/b.txt"))
    }
  }
}
