import Documents
import Foundation
import RasterCore
import TestSupport
import Testing

@testable import RunFolder

@Suite("What is on the disk is what was written")
struct OutputPromisesTests {
  @Test(
    "a file that does not hold what was meant is not published, nor is any other",
    arguments: ["short", "empty", "other", "gone", "link", "more"])
  func bytes(damage: String) throws {
    try TemporaryFolder.with { folder in
      try OutputFolderTests.publish(["a.txt"], run: "first", in: folder.path("out"))
      let before = try folder.files(in: "out")
      let output = try OutputFolder(folder.path("out"))
      try output.write("second", to: "a.txt")
      try output.write(OutputFolderTests.record(of: ["a.txt"], run: "second"), to: "manifest.json")
      let path = output.staged("a.txt")
      switch damage {
      case "short": try Data("secon".utf8).write(to: URL(fileURLWithPath: path))
      case "empty": try Data().write(to: URL(fileURLWithPath: path))
      case "other": try Data("sEcond".utf8).write(to: URL(fileURLWithPath: path))
      case "gone": try FileManager.default.removeItem(atPath: path)
      case "link":
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createSymbolicLink(
          atPath: path, withDestinationPath: folder.path("nowhere"))
      default: try Data("x".utf8).write(to: URL(fileURLWithPath: path + "-journal"))
      }
      let error = #expect(throws: HabitatError.self) { try output.publish(sparing: []) }
      #expect(error?.kind == .cannotWrite && error?.slug == "write-failed")
      output.discard()
      #expect(try folder.files(in: "out") == before)
    }
  }

  @Test("what was written again is what counts, and is read back anew")
  func twice() throws {
    try TemporaryFolder.with { folder in
      let output = try OutputFolder(folder.path("out"))
      try output.write("first", to: "a.txt")
      #expect(try output.record(of: "a.txt").bytes == 5)
      try output.write("longer", to: "a.txt")
      #expect(try output.record(of: "a.txt").sha256 == SHA256.hexDigest(of: "longer".utf8))
      output.discard()
    }
  }
}
