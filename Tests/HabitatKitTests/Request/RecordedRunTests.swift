import Foundation
import RasterCore
import Reclassification
import RunFolder
import TestSupport
import Testing

@testable import HabitatKit

@Suite("A recorded run once more")
struct RecordedRunTests {
  @Test(
    "a recorded path lies where the move of its folder puts it",
    arguments: [
      ("/old/a.tif", "/new/a.tif"), ("/old", "/new"), ("/older/a.tif", "/older/a.tif"),
      ("/x/old/a.tif", "/x/old/a.tif"), ("/vsizip//old/a.zip/b.tif", "/vsizip//new/a.zip/b.tif"),
      ("GTIFF_DIR:2:/old/a.tif", "GTIFF_DIR:2:/new/a.tif"), ("/old/dem/a.tif", "/heights/a.tif"),
      ("rasters/a.tif", "/run/rasters/a.tif"), ("https://a.org/b.tif", "https://a.org/b.tif"),
    ])
  func places(recorded: String, now: String) throws {
    let moves = try ["/old/=/new", "/old/dem=/heights/", ".=/run"].map {
      try #require(InputMove($0))
    }
    #expect(moves.place(of: recorded) == now)
  }

  @Test("a move has two sides", arguments: ["", "=", "/old", "/old=", "=/new"])
  func badMoves(text: String) { #expect(InputMove(text) == nil) }

  @Test("inputs and folder of the run may have moved: the results are the same bytes")
  func moved() throws {
    try TemporaryFolder.with { folder in
      try TemporaryFolder.with { old in try Self.move(from: old, to: folder) }
    }
  }

  private static func move(from old: TemporaryFolder, to folder: TemporaryFolder) throws {
    do {
      var options = try VerificationTests.options(in: old)
      options.output = folder.path("out")
      try options.run()
      try FileManager.default.moveItem(atPath: old.path, toPath: folder.path("new"))

      let missing = #expect(throws: HabitatError.self) {
        try RecordedRun(folder.path("out")).request()
      }
      #expect(missing?.slug == "input-missing" && missing?.kind == .input)
      #expect(missing?.fix.contains("--inputs-at OLD=NEW") == true)
      #expect(missing?.location.contains("landcover: \(old.path)/landcover.tif") == true)

      let moves = [InputMove(from: old.path, to: folder.path("new"))]
      let again = RecordedRun(folder.path("out/manifest.json"), moves: moves)
      var (request, differences) = try again.request()
      #expect(differences.isEmpty)
      request.output = folder.path("again")
      _ = try ScoreRun(request).run()
      let (first, second) = (
        try RunRecord(readingFrom: folder.path("out")), try RunRecord(readingFrom: request.output)
      )
      #expect(try !first.outputs().isEmpty)
      #expect(try first.outputs() == second.outputs())

      // The record alone, under another name.
      try FileManager.default.copyItem(
        atPath: folder.path("out/manifest.json"), toPath: folder.path("then.json"))
      let alone = try RecordedRun(folder.path("then.json"), moves: moves).request()
      #expect(alone.request.models.map(\.species) == ["cover", "leopard"])
    }
  }

  @Test("a model that is gone is taken from among the results")
  func keptModel() throws {
    try TemporaryFolder.with { folder in
      let options = try VerificationTests.options(in: folder)
      try options.run()
      try FileManager.default.removeItem(atPath: folder.path("own-model.json"))
      let (request, differences) = try RecordedRun(folder.path("out")).request()
      #expect(differences.isEmpty)
      #expect(request.models.first?.file == folder.path("out/cover_model.json"))
    }
  }

  @Test("what differs from the recorded run is told before the work")
  func differences() throws {
    try TemporaryFolder.with { folder in
      let options = try VerificationTests.options(in: folder)
      try options.run()
      var bytes = try folder.contents(of: "own.csv")
      bytes[bytes.count - 2] ^= 1
      try folder.write(bytes, to: "own.csv")
      let text = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      try folder.write(
        text.replacing("\"GEOS\": \"", with: "\"GEOS\": \"0."), to: "out/manifest.json")
      let (_, differences) = try RecordedRun(folder.path("out")).request()
      #expect(differences.map(\.slug) == ["version-differs", "input-differs"])
      #expect(differences.first?.what.contains("GEOS 0.") == true)
      #expect(differences.last?.location == "legend: \(folder.path("own.csv"))")
      #expect(differences.last?.what.contains("as many bytes") == true)
    }
  }

  @Test("a move that moves nothing, and a record of another job, are refused")
  func refusals() throws {
    try TemporaryFolder.with { folder in
      let options = try VerificationTests.options(in: folder)
      try options.run()
      let idle = #expect(throws: HabitatError.self) {
        try RecordedRun(folder.path("out"), moves: [InputMove(from: "/nowhere", to: "/x")])
          .request()
      }
      #expect(idle?.slug == "bad-option" && idle?.location == "--inputs-at /nowhere=/x")
      let text = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      try folder.write(
        text.replacing("\"command\": \"score\"", with: "\"command\": \"dream\""), to: "other.json")
      let other = #expect(throws: HabitatError.self) {
        try RecordedRun(folder.path("other.json")).request()
      }
      #expect(other?.slug == "bad-manifest")
      let gone = #expect(throws: HabitatError.self) {
        try RecordedRun(folder.path("nothing")).request()
      }
      #expect(gone?.slug == "manifest-missing")
    }
  }
}
