import Documents
import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit
@testable import RunFolder

@Suite("Verifying a finished run")
struct VerificationTests {
  /// A run with a legend, a model, a landscape file and a grid of its own; all of it of files.
  static func options(in folder: TemporaryFolder) throws -> ScoreOptions {
    _ = try TestLandscape(in: folder).options()
    let codes = LandCategory.allCases.map { "\($0.rawValue),x,\($0.rawValue),\($0.key)," }
    try folder.write(
      "code,label,category_id,category,note\n0,x,0,nodata,\n" + codes.joined(separator: "\n")
        + "\n",
      to: "own.csv")
    try folder.write(
      """
      { name: "Own", landCover: { tiles: ["landcover.tif"], legend: "own.csv", epoch: "2021" },
        elevation: { tiles: ["dem.tif"], nodata: -32768 }, parks: { path: "parks.gpkg", id: "park_id" },
        sources: [ { layer: "landCover", title: "T", licence: "L", url: "U" } ] }
      """, to: "landscape.json")
    try folder.write(
      LandCoverModel.text(scores: [82, 100, 50, 40, 32, 0, 30, 10, 0, 0]), to: "own-model.json")
    var options = ScoreOptions()
    options.inputs.landscape = folder.path("landscape.json")
    (options.models, options.species) = ([folder.path("own-model.json")], "cover,leopard")
    options.inputs.crs = "EPSG:3857"
    options.inputs.resolution = "400"
    options.inputs.allowGaps = true
    options.layers = "class,limiting"
    options.creationOptions = ["COMPRESS=DEFLATE"]
    (options.output, options.threads) = (folder.path("out"), 2)
    return options
  }

  private static func slugs(_ report: VerificationReport) -> [String] {
    report.differences.map(\.slug)
  }

  /// Changes an output, and the record as if the run had made it so.
  ///
  /// - Parameter version: of the program that the record names.
  private static func forge(
    _ name: String, in folder: TemporaryFolder, version: String = Habitat.version,
    _ change: (Data) -> Data
  ) throws {
    let record = "out/manifest.json"
    let old = try folder.contents(of: name)
    let new = change(old)
    try folder.write(new, to: name)
    let text = String(decoding: try folder.contents(of: record), as: UTF8.self)
      .replacing(SHA256.hexDigest(of: old), with: SHA256.hexDigest(of: new))
      .replacing("\"bytes\": \(old.count)", with: "\"bytes\": \(new.count)")
      .replacing(
        "\"habitat_version\": \"\(Habitat.version)\"",
        with: "\"habitat_version\": \"\(version)\"")
    var lines = text.split(separator: "\n").map(String.init)
    lines.remove(at: 2)
    let digest = SHA256.hexDigest(of: lines.joined(separator: "\n").utf8)
    lines.insert("  \"digest\": \"\(digest)\",", at: 2)
    try folder.write(lines.joined(separator: "\n") + "\n", to: record)
  }

  @Test("of a record that was altered it is said that it was, whatever it says now")
  func alteredJob() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.output = folder.path("out")
      try options.run()
      let text = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      for (old, new) in [
        ("\"command\": \"score\"", "\"command\": \"dream\""), ("\"stac\": false", "\"stac\": 7"),
      ] {
        #expect(text.contains(old))
        try folder.write(text.replacing(old, with: new), to: "out/manifest.json")
        var verification = VerificationOptions(folder: options.output)
        verification.rerun = true
        let report = try verification.verify()
        #expect(Self.slugs(report) == ["manifest-changed"] && report.rerun == nil)
      }
    }
  }

  @Test("a run just finished is as recorded, and running again makes the same bytes")
  func sound() throws {
    try TemporaryFolder.with { folder in
      try Self.options(in: folder).run()
      var options = VerificationOptions(folder: folder.path("out"))
      options.rerun = true
      let report = try options.verify()
      #expect(report.differences == [])
      #expect(report.warnings == [])
      #expect(report.recordIsIntact)
      // Land cover, DEM, parks, legend, landscape and model.
      #expect(report.inputs == .init(total: 6, same: 6))
      #expect(report.outputs.same == report.outputs.total)
      #expect(report.rerun == report.outputs)
      #expect(report.outputs.total > 8)
    }
  }

  @Test("a report is made again in its language, and compared", arguments: ["en", "zh"])
  func reports(language: String) throws {
    try TemporaryFolder.with { folder in
      try Self.options(in: folder).run()
      let out = folder.path("out")
      _ = try RunReport(folder: out, language: language).write(printsMaps: language == "zh")
      var options = VerificationOptions(folder: out)
      options.rerun = true
      let report = try options.verify()
      #expect(report.differences == [])
      #expect(report.rerun == report.outputs)
    }
  }

  @Test("a report that another program made in place of this one differs")
  func foreignReport() throws {
    try TemporaryFolder.with { folder in
      try Self.options(in: folder).run()
      let out = folder.path("out")
      _ = try RunReport(folder: out).write()
      try Self.forge("out/report.html", in: folder) { $0 + Data("<!-- -->".utf8) }
      var options = VerificationOptions(folder: out)
      options.rerun = true
      let report = try options.verify()
      #expect(Self.slugs(report) == ["rerun-differs"])
      #expect(report.differences.first?.location.hasSuffix("report.html") == true)
    }
  }

  @Test("one flipped byte in any input or output, or in the record, is found and named")
  func flippedBytes() throws {
    try TemporaryFolder.with { folder in
      try Self.options(in: folder).run()
      let inputs = [
        "landcover.tif", "dem.tif", "parks.gpkg", "own.csv", "landscape.json", "own-model.json",
      ]
      let outputs = try OpenFolder(folder.path("out")).fileNames.map { "out/" + $0 }
      var random = SeededGenerator(seed: 5)
      for name in inputs + outputs {
        let sound = try folder.contents(of: name)
        var bytes = sound
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
          1
          << UInt8.random(
            in: 0..<8, using: &random)
        try folder.write(bytes, to: name)
        let report = try VerificationOptions(folder: folder.path("out")).verify()
        let named = (report.differences.map(\.location) + report.warnings.map(\.location))
          .filter { $0.hasSuffix(folder.path(name)) }
        #expect(named.count == 1, "\(name): \(report.text)")
        #expect(report.isSame == name.hasSuffix(".aux.xml"), "\(name)")
        try folder.write(sound, to: name)
      }
      #expect(try VerificationOptions(folder: folder.path("out")).verify().isSame)
    }
  }

  @Test("no byte of the record can be flipped unseen")
  func record() throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      let sound = try folder.contents(of: "out/manifest.json")
      for index in stride(from: 0, to: sound.count, by: 97) {
        var bytes = sound
        bytes[index] ^= 4
        try folder.write(bytes, to: "out/manifest.json")
        let report = try VerificationOptions(folder: folder.path("out")).verify()
        #expect(Self.slugs(report).first == "manifest-changed", "byte \(index)")
      }
      try folder.write(sound + Data("\n".utf8), to: "out/manifest.json")
      #expect(try !VerificationOptions(folder: folder.path("out")).verify().recordIsIntact)
    }
  }

  @Test("what is gone is named, what is new is told")
  func missing() throws {
    try TemporaryFolder.with { folder in
      var options = try Self.options(in: folder)
      options.output = folder.path("out")
      try options.run()
      try FileManager.default.removeItem(atPath: folder.path("dem.tif"))
      try FileManager.default.removeItem(atPath: folder.path("out/cover_areas.csv"))
      try FileManager.default.removeItem(atPath: folder.path("out/cover_class.tif.aux.xml"))
      try folder.write("x", to: "out/notes.txt")
      let report = try VerificationOptions(folder: folder.path("out")).verify()
      #expect(Self.slugs(report) == ["input-missing", "output-missing"])
      #expect(report.warnings.map(\.slug) == ["statistics-changed", "output-extra"])
      #expect(report.text.contains("2 differences."))
    }
  }

  @Test("what a record says of the network is not fetched, which is told")
  func remote() throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      let text = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      // A port that nothing listens on.
      let remote = "/vsicurl/http://127.0.0.1:9/dem.tif"
      try folder.write(
        text.replacing(folder.path("dem.tif"), with: remote), to: "out/manifest.json")
      let report = try VerificationOptions(folder: folder.path("out")).verify()
      #expect(Self.slugs(report) == ["manifest-changed"])
      let warning = try #require(report.warnings.first { $0.slug == "input-remote" })
      #expect(warning.location == "dem: \(remote)")
    }
  }

  @Test("a side file that was not there when the run read its inputs is told")
  func newSideFile() throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      let verification = VerificationOptions(folder: folder.path("out"))
      #expect(try verification.verify().warnings.isEmpty)
      for name in ["landcover.tif.aux.xml", "dem.tfw", "dem.tif.msk"] {
        try folder.write("", to: name)
        let warning = try #require(try verification.verify().warnings.first)
        #expect(warning.slug == "side-file-new" && warning.location == folder.path(name))
        try FileManager.default.removeItem(atPath: folder.path(name))
      }
    }
  }

  @Test("where no relative path leads anywhere that is told once")
  func elsewhere() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      let up = String(
        repeating: "../",
        count: FileManager.default.currentDirectoryPath.split(separator: "/").count)
      func relative(_ path: String) -> String { up + path.dropFirst() }
      options.inputs.landCover = options.inputs.landCover.map(relative)
      options.inputs.dem = options.inputs.dem.map(relative)
      try options.run()
      let verification = VerificationOptions(folder: folder.path("out"))
      try FileManager.default.removeItem(atPath: folder.path("dem.tif"))
      let one = try verification.verify().differences
      #expect(one.map(\.slug) == ["input-missing"] && one[0].location.hasPrefix("dem: ../"))
      try FileManager.default.removeItem(atPath: folder.path("landcover.tif"))
      let all = try verification.verify().differences
      #expect(all.map(\.slug) == ["input-missing"] && all[0].what.hasPrefix("none of 2 inputs"))
      // An absolute path is one that should be there.
      try FileManager.default.removeItem(atPath: folder.path("parks.gpkg"))
      #expect(try verification.verify().differences.count == 2)
    }
  }

  @Test("a run whose inputs have changed is not repeated, which is told")
  func skipped() throws {
    try TemporaryFolder.with { folder in
      try Self.options(in: folder).run()
      try folder.write(try folder.contents(of: "own.csv") + Data("\n".utf8), to: "own.csv")
      var options = VerificationOptions(folder: folder.path("out"))
      options.rerun = true
      let report = try options.verify()
      #expect(Self.slugs(report) == ["input-changed"])
      #expect(report.warnings.map(\.slug) == ["rerun-skipped"])
      #expect(report.rerun == nil)
    }
  }

  @Test("a record that promises other bytes than its parameters make is caught by running again")
  func forged() throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      try Self.forge("out/leopard_areas.csv", in: folder, version: "0") {
        $0 + Data("leopard,park,11,Invented\r\n".utf8)
      }

      var options = VerificationOptions(folder: folder.path("out"))
      #expect(try options.verify().isSame)
      options.rerun = true
      let report = try options.verify()
      #expect(Self.slugs(report) == ["rerun-differs"])
      #expect(report.differences[0].location.hasSuffix("leopard_areas.csv"))
      #expect(report.warnings.map(\.slug) == ["version-differs"])
    }
  }

  @Test("a folder without a record, or with one that is none, is refused")
  func refusals() throws {
    try TemporaryFolder.with { folder in
      try folder.makeFolder("out")
      let options = VerificationOptions(folder: folder.path("out"))
      var error = #expect(throws: HabitatError.self) { try options.verify() }
      #expect(error?.slug == "manifest-missing")
      #expect(error?.kind == .input)
      // A digest that fits, but nothing else.
      let entries = "    1,\n    2,\n    3,\n    4,\n    5\n"
      let (head, rest) = ("{", "  \"outputs\": [\n\(entries)  ],\n  \"x\": 1\n}")
      let digest = SHA256.hexDigest(of: (head + "\n" + rest).utf8)
      try folder.write(
        head + "\n  \"digest\": \"\(digest)\",\n" + rest + "\n", to: "out/manifest.json")
      error = #expect(throws: HabitatError.self) { try options.verify() }
      #expect(error?.slug == "bad-manifest")
    }
  }
}
