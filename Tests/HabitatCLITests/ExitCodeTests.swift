import Foundation
import RasterCore
import TestSupport
import Testing

@Suite("The program")
struct ExitCodeTests {
  /// The program stands beside the tests.
  static let program = [Bundle.main.executablePath ?? "", CommandLine.arguments[0]]
    .map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("habitat") }
    .map(\.path).first { FileManager.default.isExecutableFile(atPath: $0) }

  struct Outcome {
    let code: Int32
    let output: String
    let messages: String
  }

  /// - Parameter data: the folder that holds installed landscapes.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, data: String? = nil
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(program))
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
    process.environment?["HABITAT_DATA"] = data
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let (output, messages) = (
      try folder.write("", to: "stdout"), try folder.write("", to: "stderr")
    )
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: messages)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus,
      output: try String(contentsOfFile: output, encoding: .utf8),
      messages: try String(contentsOfFile: messages, encoding: .utf8))
  }

  @Test(
    "a failure has its exit code and its slug on standard error, and prints no result",
    arguments: [
      (["score", "--speces", "leopard"], Int32(2), "unknown-option", "--species"),
      (["scroe"], 2, "unknown-command", "habitat score"),
      (["score"], 2, "species-missing", "--species"),
      (["score", "--species", "lion"], 2, "unknown-species", "leopard"),
      (["score", "--species"], 2, "bad-option", "--species"),
      (["score", "--species", "leopard", "--species", "tiger"], 2, "bad-option", "once"),
      (["score", "--species", "leopard", "--threads", "0"], 2, "bad-option", "--threads"),
      (["score", "--species", "leopard", "--format", "xml"], 2, "bad-option", "csv"),
      (["score", "--species", "leopard", "--quiet=1"], 2, "bad-option", "--quiet"),
      (["score", "--species", "leopard", "stray"], 2, "bad-option", "stray"),
      (["score", "--species", "leopard"], 3, "landscape-missing", "--landcover"),
      (
        ["score", "--species", "leopard", "--landcover", "none.tif", "--legend", "corine"], 3,
        "input-missing", "none.tif"
      ),
      (["score", "--species", "leopard", "tiger"], 2, "bad-option", "--species leopard,tiger"),
      (["verify"], 2, "bad-option", "habitat verify DIR"),
      (["species", "shwo"], 2, "unknown-command", "show"),
      (["species", "show", "tiger", "--format", "json"], 2, "bad-option", "list"),
      (["help", "scroe"], 2, "unknown-command", "habitat score"),
      (["legends", "show", "corin"], 2, "unknown-legend", "corine"),
      (["species", "lint", "none.json"], 3, "input-missing", "none.json"),
    ])
  func failures(arguments: [String], code: Int32, slug: String, mention: String) throws {
    try TemporaryFolder.with { folder in
      let outcome = try Self.run(arguments, in: folder)
      #expect(outcome.code == code)
      #expect(outcome.messages.hasPrefix("error[\(slug)]: "))
      #expect(outcome.messages.contains(mention))
      #expect(outcome.output == "")
      #expect(!folder.has("output"))
    }
  }

  @Test(
    "help and versions are results",
    arguments: [
      (["--version"], "GDAL"), (["--help"], "habitat score"), (["score", "--help"], "Example"),
      (["help"], "habitat score"), (["help", "verify"], "Usage: habitat verify"),
      (["version"], "GDAL"), (["-V"], "PROJ"), (["report", "-h"], "Usage: habitat report"),
      (["species", "list", "--format", "json"], "\"species\": \"tiger\""),
      (["legends", "--format=json"], "\"legend\": \"esa_worldcover\""),
      (["species"], "leopard"), (["legends", "show", "ten_categories"], "code,label,category"),
      (["species", "show", "tiger"], "\"species\": \"tiger\""),
    ])
  func results(arguments: [String], mention: String) throws {
    try TemporaryFolder.with { folder in
      let outcome = try Self.run(arguments, in: folder)
      #expect(outcome.code == 0)
      #expect(outcome.output.contains(mention))
      #expect(outcome.messages == "")
    }
  }

  /// Runs the program from a shell, which can limit it and close its files first.
  private static func shell(_ line: String, in folder: TemporaryFolder) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line, try #require(program)]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let messages = try folder.write("", to: "stderr")
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: messages)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: "",
      messages: try String(contentsOfFile: messages, encoding: .utf8))
  }

  @Test(
    "where a result cannot be printed, the program says so and fails",
    arguments: ["species >&-", "--version >&-", "legends show corine >&-", "species >/dev/full"])
  func closedOutput(words: String) throws {
    try TemporaryFolder.with { folder in
      let outcome = try Self.shell("exec \"$0\" \(words)", in: folder)
      #expect(outcome.code == 5)
      #expect(outcome.messages.hasPrefix("error[write-failed]: standard output "))
    }
  }

  @Test(
    "without /proc the words of a command are the same",
    .enabled(if: Self.canUnmountProc, "needs unshare, and leave to mount"))
  func withoutProc() throws {
    try TemporaryFolder.with { folder in
      let words = "legends show 'no such  legend' ''"
      let bare = try Self.shell(Self.withoutProc("exec \"$0\" \(words)"), in: folder)
      let usual = try Self.shell("exec \"$0\" \(words)", in: folder)
      #expect(bare.code == 2 && bare.messages == usual.messages)
    }
  }

  private static func withoutProc(_ line: String) -> String {
    "exec unshare --map-root-user --mount sh -c 'mount -t tmpfs none /proc && "
      + line.replacing("'", with: "'\\''") + "' \"$0\""
  }

  private static var canUnmountProc: Bool {
    let outcome = try? TemporaryFolder.with { folder in
      try shell(withoutProc("exit 0"), in: folder)
    }
    return outcome?.code == 0
  }

  @Test("too few open files are told before anything is begun, and the number named suffices")
  func fewFiles() throws {
    try TemporaryFolder.with { folder in
      try folder.write("", to: "none/x")
      let few = try Self.shell("ulimit -n 12; exec \"$0\" species", in: folder)
      #expect(few.code == 5)
      #expect(few.messages.hasPrefix("error[open-files-too-few]: "))
      let named = try #require(few.messages.firstMatch(of: /give ulimit -n (\d+) or more/)).1
      let enough = try Self.shell("ulimit -n \(named); exec \"$0\" species", in: folder)
      #expect(enough.code == 0 && enough.messages == "")
    }
  }

  /// Below the least of these limits the system cannot load the program, or a library ends it before it begins;
  /// a thread takes 8 MB more.
  @Test("where there is no room for the program's own thread, the message is of memory")
  func noRoomForThread() throws {
    try TemporaryFolder.with { folder in
      let words = "exec \"$0\" score --species leopard --landcover none.tif --legend corine"
      func outcome(_ kilobytes: Int) throws -> Outcome {
        try Self.shell("ulimit -v \(kilobytes); \(words)", in: folder)
      }
      var (least, most) = (50_000, 1_000_000)
      while most - least > 500 {
        let middle = (least + most) / 2
        let hasBegun = try outcome(middle).messages.hasPrefix("error[")
        if hasBegun { most = middle } else { least = middle }
      }
      for more in [0, 2_000, 5_000, 8_000, 12_000] {
        let refused = try outcome(most + more)
        #expect(refused.code == 5)
        #expect(refused.messages.hasPrefix("error[memory-too-small]: "), "\(refused.messages)")
        let named = try #require(refused.messages.firstMatch(of: /give ulimit -v (\d+) or more/)).1
        let enough = try outcome(try #require(Int(named)))
        #expect(enough.code == 3 && enough.messages.contains("input-missing"), "\(enough.messages)")
      }
    }
  }

  @Test(
    "settings of the environment that would change results do not",
    arguments: [
      "GTIFF_DONT_WRITE_BLOCKS=YES", "GDAL_PAM_ENABLED=NO", "GTIFF_IMPORT_FROM_EPSG=NO",
      "OSR_DEFAULT_AXIS_MAPPING_STRATEGY=CUSTOM", "OSR_USE_APPROX_TMERC=YES",
    ])
  func environment(setting: String) throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 300, columns: 20, rows: 20)
      try Raster(grid) { column, row in UInt8(1 + (column + row) % 10) }
        .write(to: folder.path("cover.tif"), on: grid)
      let scores = LandCategory.allCases.map { "\($0.key): \(10 * $0.rawValue - 5)" }
      try folder.write(
        """
        { species: "cat", title: "A cat", version: "1",
          layers: { landCover: { weight: 1, scores: { \(scores.joined(separator: ", ")) } } },
          classes: { minimum: 30, medium: 60, maximum: 80 } }
        """, to: "cat.json")
      let words =
        "score --quiet --model cat.json --landcover cover.tif --legend ten_categories --out"
      #expect(try Self.shell("exec \"$0\" \(words) plain", in: folder).code == 0)
      let outcome = try Self.shell("export \(setting); exec \"$0\" \(words) set", in: folder)
      #expect(outcome.code == 0, "\(outcome.messages)")
      #expect(try folder.files(in: "set") == folder.files(in: "plain"))
    }
  }

  @Test("with --strict a park that lies partly outside makes 4; so does a flipped byte to verify")
  func notAsHoped() throws {
    try TemporaryFolder.with { folder in
      let arguments = try ProgressTests.arguments(in: folder, side: 40) + ["--quiet"]
      // The grid is 1.2 km wide from 600 km on.
      try [NamedPolygon("1", "over", .box(600_900, 4_799_100, 601_500, 4_799_700))]
        .write(to: folder.path("over.gpkg"), crs: "EPSG:32652")
      try [NamedPolygon("1", "in", .box(600_300, 4_799_100, 600_900, 4_799_700))]
        .write(to: folder.path("in.gpkg"), crs: "EPSG:32652")
      for (parks, options, code) in [
        ("over.gpkg", ["--strict"], Int32(4)), ("over.gpkg", [], 0), ("in.gpkg", ["--strict"], 0),
      ] {
        let words = arguments + ["--parks", parks, "--overwrite"] + options
        let outcome = try Self.run(words, in: folder)
        #expect(outcome.code == code, "\(parks) \(options)")
        #expect(outcome.output.contains("Total") && folder.has("output/manifest.json"))
      }
      #expect(try Self.run(["verify", "output", "--quiet"], in: folder).code == 0)
      var table = try folder.contents(of: "output/cover_areas.csv")
      table[table.count / 2] ^= 1
      try folder.write(table, to: "output/cover_areas.csv")
      let outcome = try Self.run(["verify", "output", "--quiet"], in: folder)
      #expect(outcome.code == 4 && outcome.output.contains("output-changed"))
    }
  }

  @Test("a model shown is a model that passes")
  func showAndLint() throws {
    try TemporaryFolder.with { folder in
      let model = try Self.run(["species", "show", "snow-leopard"], in: folder).output
      try folder.write(model, to: "mine.json")
      let outcome = try Self.run(["species", "lint", "mine.json"], in: folder)
      #expect(outcome.code == 0)
      #expect(outcome.output.contains("is sound"))
    }
  }
}
