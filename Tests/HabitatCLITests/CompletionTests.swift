import Foundation
import TestSupport
import Testing

@testable import HabitatCLI

@Suite("Completions")
struct CompletionTests {
  private static let commands = Commands.all.map { $0.description }

  private static func texts(_ words: String...) -> [String] {
    Completion(of: words, among: Self.commands).candidates.map(\.text)
  }

  @Test("every option is offered by its command", arguments: DescribedOption.all)
  func options(_ described: DescribedOption) {
    let offered = Self.texts(described.command.name, "--")
    #expect(offered.contains(described.option.name))
  }

  @Test("the values of every choice are offered behind its option", arguments: DescribedOption.all)
  func values(_ described: DescribedOption) {
    let option = described.option
    let words = (option.type?.words ?? []) + option.extraWords
    #expect(Set(words).isSubset(of: Self.texts(described.command.name, option.name, "")))
    let joined = Self.texts(described.command.name, option.name + "=")
    #expect(Set(words.map { "\(option.name)=\($0)" }).isSubset(of: joined))
  }

  @Test(
    "what can stand at the cursor is offered",
    arguments: [
      (["sc"], ["score"]), (["help", "ve"], ["verify", "version"]),
      (["score", "--species", "sn"], ["snow-leopard"]),
      (["score", "--species", "leopard,"], ["leopard,tiger", "leopard,snow-leopard"]),
      (["score", "--species", "leopard", "--spec"], []),
      (["score", "--nodata", "ri"], ["rice="]), (["score", "--nodata", "dem="], ["dem=none"]),
      (["score", "--nodata", "dem=1", "--nod"], ["--nodata"]),
      (["score", "--legend", "esa_w"], ["esa_worldcover"]),
      (["score", "--landcover", "a.tif", "b.tif", "--le"], ["--legend"]),
      (["species", ""], ["list", "show", "lint"]), (["species", "show", "ti"], ["tiger"]),
      (["completions", "z"], ["zsh"]), (["score", "--layers", "class,sc"], ["class,score"]),
      (["nonsense", ""], []), (["score", "--progress=j"], ["--progress=json"]),
    ])
  func offers(words: [String], texts: [String]) {
    #expect(Completion(of: words, among: Self.commands).candidates.map(\.text) == texts)
  }

  @Test("files and folders are left to the shell")
  func files() {
    #expect(Completion(of: ["score", "--landcover", "a.tif", ""], among: Self.commands).takesFiles)
    #expect(Completion(of: ["score", "--out", ""], among: Self.commands).takesFolders)
    #expect(Completion(of: ["report", ""], among: Self.commands).takesFolders)
    #expect(!Completion(of: ["score", "--format", ""], among: Self.commands).takesFiles)
    #expect(Completion(of: ["score", "--species", "tiger"], among: Self.commands).isOpen)
  }

  /// With COMP_WORDBREAKS as bash has it, words are parted at `=` and `:`.
  @Test(
    "bash is answered with what stands behind the signs at which it parts words",
    arguments: [
      (["score", "--species", "=", "ti"], "words open\ntiger\n"),
      (["score", "--species", "="], "words open\nleopard\ntiger\nsnow-leopard\nall\n"),
      (["score", "--nodata", "dem", "=", "n"], "words\nnone\n"),
      (["score", "--assume-crs", "dem", "=", "EPSG", ":", "4326", "--qu"], "words\n--quiet\n"),
    ])
  func parted(words: [String], answer: String) {
    #expect(CompletionShell.bash.answer(to: words, among: Self.commands) == answer)
  }

  @Test("layers and fields of the parks are those of the file that the line names")
  func fieldsOfFile() throws {
    try TemporaryFolder.with { folder in
      let file = try folder.write(
        """
        {"type": "FeatureCollection", "features": [{"type": "Feature",
          "properties": {"code": 1, "name en": "One"},
          "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}]}
        """, to: "my parks.geojson")
      let line = ["score", "--parks", file]
      #expect(
        Completion(of: line + ["--park-name", ""], among: Self.commands).candidates.map(\.text) == [
          "code", "name en",
        ])
      #expect(
        Completion(
          of: ["check", "--parks=\(file)", "--parks-layer", "my parks", "--park-id=co"],
          among: Self.commands
        )
        .candidates.map(\.text) == ["--park-id=code"])
      #expect(
        CompletionShell.bash.answer(
          to: ["score", "--parks", "'\(file)'", "--park-name", "name\\ "], among: Self.commands)
          == "words\nname\\ en\n")
      #expect(
        Completion(of: line + ["--parks-layer", "x", "--park-id", ""], among: Self.commands)
          .candidates.isEmpty)
      let both = try folder.write(
        """
        <OGRVRTDataSource>
          <OGRVRTLayer name="old"><SrcDataSource>\(file)</SrcDataSource><SrcLayer>my parks</SrcLayer></OGRVRTLayer>
          <OGRVRTLayer name="new"><SrcDataSource>\(file)</SrcDataSource><SrcLayer>my parks</SrcLayer></OGRVRTLayer>
        </OGRVRTDataSource>
        """, to: "both.vrt")
      #expect(
        Completion(of: ["score", "--parks", both, "--parks-layer", ""], among: Self.commands)
          .candidates.map(\.text)
          == ["old", "new"])
      #expect(
        Completion(
          of: ["score", "--parks", both, "--parks-layer", "old", "--park-id", ""],
          among: Self.commands
        )
        .candidates.map(\.text) == ["code", "name en"])
    }
  }

  @Test("they are those of a landscape's parks where no other file is named") func ofLandscape()
    throws
  {
    try TemporaryFolder.with { folder in
      for name in ["first", "second"] {
        try folder.write(
          """
          {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"\(name)": "One"},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}]}
          """, to: "\(name).geojson")
      }
      let landscape = try folder.write(
        "{ parks: { path: \"first.geojson\", layer: \"first\" } }", to: "landscape.json")
      func texts(_ words: String...) -> [String] {
        Completion(of: ["score"] + words + [""], among: Self.commands).candidates.map(\.text)
      }
      let second = folder.path("second.geojson")
      #expect(texts("--landscape", landscape, "--park-name") == ["first"])
      #expect(texts("--landscape", landscape, "--parks-layer") == ["first"])
      #expect(texts("--landscape", landscape, "--parks", second, "--park-id") == ["second"])
      // A slip in the file, or one that is not there, offers nothing.
      try folder.write("{ park: {} }", to: "slip.json")
      #expect(texts("--landscape", folder.path("slip.json"), "--park-name") == [])
      #expect(texts("--landscape", folder.path("none"), "--park-name") == [])
    }
  }

  @Test(
    "without a file that can be read nothing is offered, and nothing said",
    arguments: [["score", "--park-id", ""], ["score", "--parks", "/none.gpkg", "--park-id", ""]])
  func fieldsOfNothing(words: [String]) {
    #expect(Completion(of: words, among: Self.commands).candidates.isEmpty)
  }

  // MARK: In the shells themselves

  private static func has(_ shell: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/" + shell)
  }

  /// What a shell prints for a script, in a folder that holds `lc.tif` and `sub`.
  private static func printed(by shell: String, _ options: [String], _ script: String) throws
    -> String
  {
    try TemporaryFolder.with { folder in
      try folder.write("", to: "lc.tif")
      try folder.write("", to: "sub/x")
      let program = URL(fileURLWithPath: try #require(ExitCodeTests.program))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/" + shell)
      process.arguments = options + ["-c", script]
      process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
      var environment = ProcessInfo.processInfo.environment
      environment["PATH"] =
        program.deletingLastPathComponent().path + ":" + (environment["PATH"] ?? "")
      environment["HOME"] = folder.path
      process.environment = environment
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle(forWritingAtPath: try folder.write("", to: "stdout"))
      process.standardError = FileHandle(forWritingAtPath: try folder.write("", to: "stderr"))
      try process.run()
      process.waitUntilExit()
      #expect(String(decoding: try folder.contents(of: "stderr"), as: UTF8.self) == "")
      return String(decoding: try folder.contents(of: "stdout"), as: UTF8.self)
    }
  }

  @Test(
    "in bash",
    arguments: [
      ("score --species leo", "-o nospace", ["leopard"]),
      ("score --species = leo", "-o nospace", ["leopard"]),
      ("score --settlements d", "-o filenames", ["derive"]),
      ("score --landcover l", "-o default", []), ("score --out s", "-o dirnames", []),
      ("verify --prog", "", ["--progress"]),
    ])
  func bash(line: String, setting: String, candidates: [String]) throws {
    // Readline alone may set options of a completion.
    let script = """
      source <(habitat completions bash)
      compopt() { echo "$@"; }
      COMP_WORDS=(habitat \(line)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      _habitat habitat "${COMP_WORDS[COMP_CWORD]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let lines = try Self.printed(by: "bash", ["--norc"], script).split(separator: "\n")
    #expect(lines.map(String.init) == (setting.isEmpty ? [] : [setting]) + candidates)
  }

  @Test(
    "in zsh", .enabled(if: has("zsh"), "needs zsh"),
    arguments: [
      ("score --species leo", "-S '' -l -d shown -a texts : leopard"),
      ("score --landcover x l", "files"), ("score --out s", "files -/"),
      ("verify --prog", "-l -d shown -a texts : --progress"),
    ])
  func zsh(line: String, told: String) throws {
    // The builtins work within the editor alone.
    let script = """
      compdef() { }
      source <(habitat completions zsh)
      compadd() { print -r -- ${(q)@} : $texts }
      _files() { print -r -- files "$@" }
      words=(habitat \(line)); CURRENT=$#words; PREFIX=$words[-1]
      _habitat
      """
    let lines = try Self.printed(by: "zsh", ["-f"], script).split(separator: "\n")
    #expect(lines.map(String.init).contains(told), "\(lines)")
  }

  @Test(
    "in fish", .enabled(if: has("fish"), "needs fish"),
    arguments: [
      ("score --species leo", ["leopard"]), ("score --species leopard,t", ["leopard,tiger"]),
      ("score --landcover l", ["lc.tif"]), ("score --out s", ["sub/"]),
      ("verify --prog", ["--progress"]), ("score --species=ti", ["--species=tiger"]),
    ])
  func fish(line: String, candidates: [String]) throws {
    let script = "habitat completions fish | source; complete -C 'habitat \(line)'"
    let lines = try Self.printed(by: "fish", ["--no-config"], script).split(separator: "\n")
    #expect(lines.map { String($0.prefix { $0 != "\t" }) } == candidates)
  }

  @Test("the commands are those that have a name, in the same order")
  func names() {
    #expect(Commands.names == CommandName.allCases.map(\.rawValue))
  }
}
