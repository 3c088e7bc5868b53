import Foundation
import RasterCore
import TestSupport
import Testing

@testable import RunFolder

@Suite("Folders of repeated runs")
struct RerunFolderTests {
  @Test("what a process that was killed left goes with the next, what one at work has stays")
  func stale() throws {
    try TemporaryFolder.with { folder in
      let atWork = try RerunFolder(in: folder.path)
      try folder.write("", to: "habitat-verify-killed/lock")
      try folder.write("half", to: "habitat-verify-killed/run/.habitat-partial/new/a.tif")
      // Made this moment, and about to be locked.
      try folder.write("", to: "habitat-verify-begun.new/lock")
      // An earlier program's, which had no lock.
      try folder.makeFolder("habitat-verify-old/run")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -7200)],
        ofItemAtPath: folder.path("habitat-verify-old"))
      try folder.write("precious", to: "elsewhere/lock")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("habitat-verify-link"), withDestinationPath: folder.path("elsewhere"))
      let next = try RerunFolder(in: folder.path)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      let names = [atWork, next].map { URL(fileURLWithPath: $0.path).lastPathComponent }
      #expect(
        Set(left) == Set(names + ["habitat-verify-begun.new", "habitat-verify-link", "elsewhere"]))
      #expect(try folder.contents(of: "elsewhere/lock") == Data("precious".utf8))
      for one in [atWork, next] { one.remove() }
      #expect(!folder.has(names[0]) && !folder.has(names[1]))
    }
  }
}
