import Foundation
import GeoIO
import RasterCore
import Synchronization
import TestSupport
import Testing

@testable import HabitatCLI

@Suite("Progress and stopping")
struct ProgressTests {
  /// Land cover of forest; a model of land cover alone is enough.
  static func arguments(in folder: TemporaryFolder, side: Int) throws -> [String] {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 6e5, north: 4.8e6, step: 30, columns: side, rows: side)
    try Raster<UInt8>(columns: side, rows: side, filledWith: 2).write(
      to: folder.path("lc.tif"), on: grid)
    return [
      "score", "--model", try model(in: folder), "--landcover", "lc.tif", "--legend",
      "ten_categories",
    ]
  }

  private static func model(in folder: TemporaryFolder) throws -> String {
    let scores = LandCategory.allCases.map { "\($0.key): 80" }.joined(separator: ", ")
    return try folder.write(
      """
      { species: "cover", title: "Cover", version: "1",
        layers: { landCover: { weight: 1, scores: { \(scores) } } },
        classes: { minimum: 30, medium: 60, maximum: 80 }, resistance: {} }
      """, to: "model.json")
  }

  @Test("off a terminal progress is GDAL's line, once and to its end")
  func line() throws {
    try TemporaryFolder.with { folder in
      let outcome = try ExitCodeTests.run(Self.arguments(in: folder, side: 40), in: folder)
      #expect(outcome.code == 0)
      let lines = outcome.messages.split(separator: "\n")
      let line = "0...10...20...30...40...50...60...70...80...90...100 - done."
      #expect(lines.filter { $0 == line }.count == 1)
      let quiet = try ExitCodeTests.run(
        Self.arguments(in: folder, side: 40) + ["--quiet"], in: folder)
      #expect(quiet.messages == "")
    }
  }

  @Test("JSON lines end with all of it")
  func json() throws {
    try TemporaryFolder.with { folder in
      let outcome = try ExitCodeTests.run(
        Self.arguments(in: folder, side: 40) + ["--progress", "json"], in: folder)
      let lines = outcome.messages.split(separator: "\n").filter { $0.hasPrefix("{\"stage\"") }
      let last = try #require(lines.last)
      let document =
        try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any] ?? [:]
      #expect(document["percent"] as? Double == 100)
      #expect(document["stage"] as? String == "finishing")
      #expect(document["cells"] as? Int == 1_600)
    }
  }

  @Test("a report and an explanation tell their progress from the beginning to the end")
  func jsonOfOthers() throws {
    try TemporaryFolder.with { folder in
      let score = try Self.arguments(in: folder, side: 40)
      #expect(try ExitCodeTests.run(score + ["--quiet"], in: folder).code == 0)
      // 600600, 4799400 in EPSG:32652, by cs2cs of PROJ 9.1.1.
      let explain = ["explain", "--at", "130.2411,43.3407"] + score.dropFirst()
      let report = ["report", "output", "--pdf"]
      // However short a stage is, it is told.
      for (words, stages) in [
        (report, ["reading", "maps", "page", "print", "done"]),
        (explain, ["opening", "explaining", "explaining"]),
      ] {
        let outcome = try ExitCodeTests.run(words + ["--progress", "json"], in: folder)
        #expect(outcome.code == 0, "\(outcome.messages)")
        let lines = try Self.lines(outcome.messages).filter { $0["stage"] is String }
        #expect(lines.last?["percent"] as? Double == 100)
        #expect(lines.map { $0["stage"] as? String } == stages)
        let quiet = try ExitCodeTests.run(words + ["--quiet"], in: folder)
        #expect(quiet.messages == "" && quiet.output == outcome.output)
      }
    }
  }

  @Test("a line of progress ends before the message of a failure")
  func lineBeforeFailure() {
    let written = Mutex("")
    let display = ProgressDisplay(.auto, isTerminal: false, columns: 80) { text in
      written.withLock { $0 += text }
    }
    let error = #expect(throws: HabitatError.self) {
      try display.during { () throws(HabitatError) in
        display.show("reading", 0.25)
        throw HabitatError(.input, "bad-json", "it is damaged", at: "a.json", fix: "mend it")
      }
    }
    #expect(error?.slug == "bad-json")
    #expect(written.withLock(\.self) == "0...10...20..\n")
  }

  /// The objects on standard error, of which each line must be one.
  private static func lines(_ messages: String) throws -> [[String: Any]] {
    try messages.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("with JSON progress warnings and what is said besides are lines of JSON, too")
  func jsonMessages() throws {
    try TemporaryFolder.with { folder in
      try [NamedPolygon("1", "over", .box(600_900, 4_799_100, 601_500, 4_799_700))]
        .write(to: folder.path("over.gpkg"), crs: "EPSG:32652")
      let words =
        try Self.arguments(in: folder, side: 40) + ["--parks", "over.gpkg", "--progress=json"]
      let lines = try Self.lines(try ExitCodeTests.run(words, in: folder).messages)
      let warnings = lines.filter { $0["level"] as? String == "warning" }
      #expect(warnings.contains { $0["slug"] as? String == "park-outside" })
      #expect(warnings.allSatisfy { $0["what"] is String && $0["fix"] is String })
      #expect(lines.last?["level"] as? String == "note")
    }
  }

  @Test(
    "with JSON progress errors are lines of JSON, wherever they come from",
    arguments: [
      (["score", "--species", "lion", "--progress", "json"], "unknown-species"),
      (["score", "--speces", "lion", "--progress=json"], "unknown-option"),
      (["verify", "none", "--progress", "json"], "manifest-missing"),
    ])
  func jsonErrors(words: [String], slug: String) throws {
    try TemporaryFolder.with { folder in
      let lines = try Self.lines(try ExitCodeTests.run(words, in: folder).messages)
      #expect(lines.count == 1 && lines[0]["slug"] as? String == slug)
      #expect(lines[0]["level"] as? String == "error" && lines[0]["where"] is String)
    }
  }

  @Test("a failed run shows no progress after its message")
  func failure() throws {
    try TemporaryFolder.with { folder in
      var arguments = try Self.arguments(in: folder, side: 40)
      arguments[arguments.count - 1] = "esri_lulc_missing"
      let outcome = try ExitCodeTests.run(arguments, in: folder)
      #expect(outcome.code == 2)
      #expect(!outcome.messages.contains("done"))
    }
  }

  @Test("a signal stops a run with 130 and leaves nothing", arguments: [SIGINT, SIGTERM])
  func stop(number: Int32) throws {
    try TemporaryFolder.with { folder in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try #require(ExitCodeTests.program))
      process.arguments = try Self.arguments(in: folder, side: 3_000)
      process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
      process.standardOutput = FileHandle(forWritingAtPath: try folder.write("", to: "stdout"))
      process.standardError = FileHandle(forWritingAtPath: try folder.write("", to: "stderr"))
      // What the tests' own parent has them ignore, a job in the background for one, the program would
      // ignore too, and rightly.
      let before = signal(number, SIG_DFL)
      defer { signal(number, before) }
      try process.run()
      // Far from the end when there is a folder for the results.
      while process.isRunning, !folder.has("output") { Thread.sleep(forTimeInterval: 0.01) }
      kill(process.processIdentifier, number)
      process.waitUntilExit()
      #expect(process.terminationStatus == 130)
      #expect(!folder.has("output"))
      let messages = String(decoding: try folder.contents(of: "stderr"), as: UTF8.self)
      #expect(messages.contains("error[interrupted]"))
      #expect(try folder.contents(of: "stdout").isEmpty)
    }
  }
}
