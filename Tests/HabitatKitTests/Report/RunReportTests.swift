import Documents
import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit
@testable import RunFolder

@Suite("The report of a run") struct RunReportTests {
  /// A finished run in the folder `out`.
  private static func withRun(_ body: (TemporaryFolder) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      try body(folder)
    }
  }

  @Test("the record gets an entry with the report's digest, and is otherwise the same")
  func entry() throws {
    try Self.withRun { folder in
      func lines() throws -> [String] {
        String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
          .split(separator: "\n").map(String.init)
      }
      let before = try lines()
      let report = try RunReport(folder: folder.path("out"))
      #expect(try report.write() == [folder.path("out/report.html")])
      let after = try lines()
      let html = try folder.contents(of: "out/report.html")
      let added = after.filter { !before.contains($0) }.map { $0.trimmingCharacters(in: [" "]) }
      #expect(added.count == 4)
      #expect(added[0].hasPrefix("\"digest\": "))
      #expect(added[1] == "\"path\": \"report.html\",")
      #expect(added[2] == "\"bytes\": \(html.count),")
      #expect(added[3] == "\"sha256\": \"\(SHA256.hexDigest(of: html))\"")
      #expect(before.filter { !after.contains($0) }.count == 1)
      // Made again it is the same, and the record knows it once.
      _ = try report.write()
      #expect(try folder.contents(of: "out/report.html") == html)
      #expect(try lines() == after)
    }
  }

  @Test("a run in the folder of a report takes that away, and says so")
  func rerunRemovesReport() throws {
    try Self.withRun { folder in
      _ = try RunReport(folder: folder.path("out")).write()
      let record = { try folder.contents(of: "out/manifest.json") }
      let options = try TestLandscape(in: folder).options()
      let warning = try #require(options.run().warnings.first { $0.slug == "report-removed" })
      #expect(warning.what.contains("report.html") && !folder.has("out/report.html"))
      let afterwards = try record()
      // The record does not depend on what was in the folder.
      #expect(try !options.run().warnings.contains { $0.slug == "report-removed" })
      #expect(try record() == afterwards)
    }
  }

  @Test("a model that does not score a layer is not said to lack it")
  func layersOfOneModel() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      try folder.write(
        LandCoverModel.text(scores: [82, 100, 50, 40, 32, 0, 30, 10, 0, 0]), to: "own.json")
      (options.models, options.species) = ([folder.path("own.json")], "cover,leopard")
      try options.run()
      _ = try RunReport(folder: folder.path("out")).write()
      let html = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
      func section(_ name: String) throws -> Substring {
        let start = try #require(html.range(of: "<section id=\"species-\(name)\""))
        let end = try #require(html[start.upperBound...].range(of: "</section>"))
        return html[start.lowerBound..<end.lowerBound]
      }
      #expect(try section("leopard").contains("class=\"reservations\""))
      #expect(try !section("cover").contains("class=\"reservations\""))
    }
  }

  @Test("a report without maps for print takes the earlier ones away, and says so")
  func stalePrint() throws {
    try Self.withRun { folder in
      let report = try RunReport(folder: folder.path("out"))
      _ = try report.write(printsMaps: true)
      #expect(folder.has("out/report.pdf"))
      var slugs: [String] = []
      _ = try report.write(warn: { slugs.append($0.slug) })
      #expect(slugs == ["print-removed"])
      #expect(!folder.has("out/report.pdf"))
      let text = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      #expect(!text.contains("report.pdf"))
      #expect(try VerificationOptions(folder: folder.path("out")).verify().isSame)
      _ = try report.write(warn: { slugs.append($0.slug) })
      #expect(slugs.count == 1)
    }
  }

  @Test("the record's new digest is that of all the rest")
  func digest() throws {
    try Self.withRun { folder in
      _ = try RunReport(folder: folder.path("out")).write()
      let text = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      let line = try #require(text.firstMatch(of: /\ \ "digest": "([0-9a-f]{64})",\n/))
      let rest = text.replacing(line.0, with: "").dropLast()
      #expect(SHA256.hexDigest(of: rest.utf8) == line.1)
    }
  }

  @Test("a folder that is no finished run, or no longer the run's own, is refused")
  func refusals() throws {
    func slug(_ folder: TemporaryFolder) -> String? {
      let error = #expect(throws: HabitatError.self) {
        try RunReport(folder: folder.path("out")).write()
      }
      #expect(!folder.has("out/report.html"))
      return error?.slug
    }
    try Self.withRun { folder in
      let record = try folder.contents(of: "out/manifest.json")
      let table = try folder.contents(of: "out/leopard_areas.json")
      try folder.write(table + Data(" ".utf8), to: "out/leopard_areas.json")
      #expect(slug(folder) == "output-changed")
      var flipped = table
      flipped[flipped.count / 2] ^= 1
      try folder.write(flipped, to: "out/leopard_areas.json")
      #expect(slug(folder) == "output-changed")
      try FileManager.default.removeItem(atPath: folder.path("out/leopard_areas.json"))
      #expect(slug(folder) == "output-changed")
      try folder.write(table, to: "out/leopard_areas.json")
      // Nothing of it is read, but whoever reads the page will believe that the table is the page's.
      let csv = try folder.contents(of: "out/leopard_areas.csv")
      var changed = csv
      changed[changed.count - 3] = changed[changed.count - 3] == 0x31 ? 0x32 : 0x31
      try folder.write(changed, to: "out/leopard_areas.csv")
      #expect(slug(folder) == "output-changed")
      try folder.write(csv, to: "out/leopard_areas.csv")
      let other = String(decoding: record, as: UTF8.self)
        .replacing("\"allow_gaps\": false", with: "\"allow_gaps\": true")
      try folder.write(other, to: "out/manifest.json")
      #expect(slug(folder) == "manifest-changed")
      try FileManager.default.removeItem(atPath: folder.path("out/manifest.json"))
      #expect(slug(folder) == "manifest-missing")
    }
  }

  @Test("a picture that its record vouches for and that cannot be shown is named, with what to do")
  func damagedPicture() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      try landscape.options().run()
      let name = "leopard_class.tif"
      func refusal(_ damage: () throws -> Void) throws -> HabitatError? {
        try damage()
        var text = try #require(
          RecordText(try RunRecord(readingFrom: folder.path("out")).text))
        let file = InputFile(layer: InputFile.outputLayer, path: folder.path("out/" + name))
        text.enter(try file.record().named(name))
        try folder.write(text.text, to: "out/manifest.json")
        return #expect(throws: HabitatError.self) {
          try RunReport(folder: folder.path("out")).write()
        }
      }
      let stray = try refusal {
        var raster = Raster(landscape.grid) { _, _ in UInt8(1) }
        raster[7, 5] = 200
        try raster.write(to: folder.path("out/" + name), on: landscape.grid)
      }
      let torn = try refusal { try folder.write("no picture", to: "out/" + name) }
      for (error, reason) in [
        (stray, "it holds the code 200"), (torn, "the file cannot be opened as a raster (GDAL: "),
      ] {
        #expect(error?.slug == "output-changed" && error?.kind == .input)
        #expect(error?.what.hasPrefix("the picture \(name) cannot be shown: \(reason)") == true)
        #expect(error?.fix.hasPrefix("run habitat score again") == true)
      }
      #expect(!folder.has("out/report.html"))
    }
  }

  @Test("a report in any language passes the check, and one with a changed number does not")
  func check() throws {
    try Self.withRun { folder in
      let out = folder.path("out")
      let error = #expect(throws: HabitatError.self) { try RunReport.check(folder: out) }
      #expect(error?.slug == "report-missing")
      for language in RunReport.languages {
        _ = try RunReport(folder: out, language: language).write()
        let check = try RunReport.check(folder: out)
        #expect(check.differences.isEmpty, "\(check.text)")
        let html = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
        // Under the table, and for each of three parks and their total, that figures are rounded.
        #expect(html.matches(of: /<p class="note">[^<]+<code>leopard_areas.json</).count == 5)
        // Three parks and their total, each with its balance, its shares and ten categories by five.
        #expect(check.count > 4 * (8 + 50))
      }
      let html = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
      let figure = try #require(html.firstMatch(of: /(<data [^>]*>)([0-9])([^<]*<)/))
      let digit = figure.2 == "9" ? "8" : "9"
      let altered = html.replacing(figure.0, with: figure.1 + digit + figure.3, maxReplacements: 1)
      try folder.write(altered, to: "out/report.html")
      let check = try RunReport.check(folder: out)
      #expect(check.differences.count == 1)
      #expect(check.text.hasSuffix("\n1 difference in \(check.count) numbers.\n"))
    }
  }

  @Test("a report whose maps show another class, share or outline does not pass the check")
  func checkOfMaps() throws {
    try Self.withRun { folder in
      let out = folder.path("out")
      _ = try RunReport(folder: out).write()
      let whole = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
      let check = try RunReport.check(folder: out)
      #expect(check.differences.isEmpty && check.pictures == 1 && check.outlines >= 4)
      func places(_ html: String) throws -> [String] {
        #expect(html != whole)
        try folder.write(html, to: "out/report.html")
        return try RunReport.check(folder: out).differences.map(\.place)
      }
      // One dot of another class.
      let match = try #require(
        whole.firstMatch(of: /id="picture-leopard".*? href="data:image\/png;base64,([^"]+)"/))
      let memory = MemoryFolder()
      let png = try #require(Data(base64Encoded: String(match.1)))
      let picture = try RasterDataset(reading: memory.write([UInt8](png), to: "a.png"))
      var cells = [UInt8](repeating: 0, count: picture.columns * picture.rows)
      try picture.read(
        Window(column: 0, row: 0, columns: picture.columns, rows: picture.rows), band: 1,
        into: &cells)
      cells[cells.count / 2] = cells[cells.count / 2] == 4 ? 3 : 4
      let other = try Raster(columns: picture.columns, rows: picture.rows, cells: cells)
        .png(colours: [1: 1, 2: 2, 3: 3, 4: 4, 5: 5])
      let changed = Data(other).base64EncodedString()
      #expect(try places(whole.replacing(match.1, with: changed)) == ["picture-leopard"])
      // A picture elsewhere, and an outline with a point elsewhere.
      let x = try #require(whole.firstMatch(of: /id="picture-leopard"[^>]*? x="0"/))
      let moved = x.0.dropLast(6) + " x=\"999\""
      #expect(try places(whole.replacing(x.0, with: moved)) == ["picture-leopard"])
      let line = try #require(whole.firstMatch(of: /id="(outline-[^"]+)"[^>]*? d="M[^l]*l/))
      #expect(
        try places(whole.replacing(line.0, with: line.0 + "900 0l-900 0l")) == [String(line.1)])
      let gone = whole.replacing("<image id=\"picture-leopard\"", with: "<image id=\"nothing\"")
      #expect(try places(gone) == ["picture-leopard"])
    }
  }

  @Test(
    "of more cells than a map has dots blocks are drawn, and no coarser water lies over the classes"
  )
  func blocks() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, columns: 2100, rows: 30)
      var options = try landscape.options()
      (options.species, options.inputs.dem) = (nil, [])
      (options.inputs.parks, options.inputs.parkID) = (nil, nil)
      options.models = [
        try folder.write(
          LandCoverModel.text(scores: [10, 40, 70, 90, 10, 0, 70, 90, 10, 40]), to: "cover.json")
      ]
      try options.run()
      let project = try FileSystem.contents(
        of: "/vsizip/{" + folder.path("out/cover.qgz") + "}/cover.qgs")
      let text = String(decoding: project, as: UTF8.self)
      // Two cells of 300 m are as small as a dot of 1/96 inch at 1:600 · 96 / 0.0254 = 2,267,716.5, on the
      // ground up to 0.4 ‰ further or nearer than on the grid.
      let scale = try #require(
        text.firstMatch(of: /maxScale="(\d+)">\s*<id>water_basemap_layer</).flatMap { Int($0.1) })
      #expect(abs(scale - 2_267_717) < 2000 && text.matches(of: /maxScale/).count == 1)
      _ = try RunReport(folder: folder.path("out")).write(printsMaps: true)
      let check = try RunReport.check(folder: folder.path("out"))
      #expect(check.differences.isEmpty && check.pictures == 1, "\(check.text)")
      let html = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
      #expect(html.contains("data-window=\"0 0 2100 30\" data-block=\"2\""))
      #expect(html.contains("A dot of the map is a block of 2 × 2 cells"))
      let shares = try #require(html.firstMatch(of: /data-shares="data:image\/png;base64,([^"]+)"/))
      let other = try Raster(columns: 1050, rows: 15, filledWith: UInt8(75)).png()
      try folder.write(
        html.replacing(shares.1, with: Data(other).base64EncodedString()), to: "out/report.html")
      let changed = try RunReport.check(folder: folder.path("out")).differences
      #expect(
        changed.map(\.what) == ["it names other shares of its blocks than cover_class.tif has"])
    }
  }

  @Test("inputs that options name give the title, unless somebody writes one") func titles() throws
  {
    try Self.withRun { folder in
      func heading(_ title: String?) throws -> String? {
        _ = try RunReport(folder: folder.path("out"), title: title).write(printsMaps: true)
        let html = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
        return html.firstMatch(of: /<h1><bdi>([^<]*)</).map { String($0.1) }
      }
      #expect(try heading(nil) == "Inner, &quot;west&quot;, Восточный and Sliver")
      let text = " Леопард & \"co\"\u{202E}\n<2026> > "
      #expect(try heading(text) == "Леопард &amp; &quot;co&quot;‹U+202E›␊&lt;2026&gt; &gt;")
      #expect(try RunReport.check(folder: folder.path("out")).differences.isEmpty)
      // Made again for a comparison it is the same.
      let first = try ["html", "pdf"].map { try folder.contents(of: "out/report.\($0)") }
      try FileManager.default.copyItem(atPath: folder.path("out"), toPath: folder.path("twin"))
      _ = try RunReport(folder: folder.path("twin")).write()
      try RunReport.make(likeThatOf: folder.path("out"), in: folder.path("twin"))
      #expect(try ["html", "pdf"].map { try folder.contents(of: "twin/report.\($0)") } == first)
      for title in ["", " \n", String(repeating: "x", count: 201)] {
        let error = #expect(throws: HabitatError.self) {
          try RunReport(folder: folder.path("out"), title: title)
        }
        #expect(error?.kind == .usage && error?.slug == "bad-option")
      }
    }
  }

  @Test("names out of data are text, whatever they hold")
  func nastyNames() throws {
    try TemporaryFolder.with { folder in
      var landscape = try TestLandscape(in: folder)
      let names = [
        "<script>alert(1)</script>", "=1+1\" onmouseover=\"alert(2)",
        "a\nb\u{202E}c</title><img src=x>",
      ]
      for (index, name) in names.enumerated() {
        landscape.parks[index] = NamedPolygon(
          landscape.parks[index].id, name, landscape.parks[index].shape)
      }
      try landscape.options().run()
      _ = try RunReport(folder: folder.path("out")).write()
      let html = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
      for piece in ["<script>alert", "\" onmouseover", "<img", "\u{202E}", "</title><img"] {
        #expect(!html.contains(piece), "\(piece)")
      }
      #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      #expect(try RunReport.check(folder: folder.path("out")).differences.isEmpty)
    }
  }

  @Test("the page asks nothing of the network")
  func selfContained() throws {
    try Self.withRun { folder in
      _ = try RunReport(folder: folder.path("out")).write()
      let html = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
      #expect(html.contains("default-src &#39;none&#39;"))
      for match in html.matches(of: /(?:src|href)="([^"]{0,24})/) {
        #expect(match.1.hasPrefix("data:") || match.1.hasPrefix("#"), "\(match.1)")
      }
      #expect(!html.contains("@import"))
      // Patterns and masks of the page itself.
      #expect(
        html.matches(of: /url\(/).count
          == html.matches(of: /"url\(#(lines-[-0-9a-z]+|outside)\)"/).count)
    }
  }
}
