import Documents
import Foundation
import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Where data come from") struct SourceFinderTests {
  /// Metadata that a raster has beside it.
  private static func annotate(
    _ name: String, _ members: [String: String], in folder: TemporaryFolder
  ) throws {
    let items = members.map { "<MDI key=\"\($0.key)\">\($0.value)</MDI>" }
    try folder.write(
      "<PAMDataset><Metadata>\(items.joined())</Metadata></PAMDataset>", to: name + ".aux.xml")
  }

  /// The sources that a run would record, after `change`.
  private static func sources(
    _ change: (TemporaryFolder, inout ScoreOptions) throws -> Void
  ) throws -> [DataSource] {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      try change(folder, &options)
      return try ScoreRun(options.request()).inputs.sources
    }
  }

  private static func source(
    of layer: String = "landCover", _ change: (TemporaryFolder, inout ScoreOptions) throws -> Void
  ) throws -> DataSource? {
    let sources = try sources(change).filter { $0.layer == layer }
    #expect(sources.count <= 1)
    return sources.first
  }

  @Test("of files that say nothing, and nobody speaks for, nothing is made up") func silent() throws
  {
    #expect(try Self.sources { _, _ in }.isEmpty)
  }

  @Test("a file's own metadata are taken, those of several tiles each once") func metadata() throws
  {
    let one = try Self.source { folder, _ in
      try Self.annotate(
        "landcover.tif", ["copyright": "© Survey", "license": "CC BY 4.0", "title": "Cover"],
        in: folder)
    }
    #expect(
      one
        == DataSource(
          layer: "landCover", title: "Cover", attribution: "© Survey", licence: "CC BY 4.0",
          basis: .metadata))
    let heights = try Self.source(of: "elevation") { folder, options in
      for (index, name) in ["b.tif", "a.tif", "c.tif"].enumerated() {
        try FileManager.default.copyItem(
          atPath: folder.path("dem.tif"), toPath: folder.path(name))
        try Self.annotate(name, ["TIFFTAG_COPYRIGHT": "© \(index / 2)"], in: folder)
      }
      options.inputs.dem = ["b.tif", "a.tif", "c.tif"].map { folder.path($0) }
      options.overwrite = true
    }
    #expect(heights?.attribution == "© 0; © 1" && heights?.basis == .metadata)
  }

  @Test("files named as a product are credited to it, with its year") func product() throws {
    let found = try Self.source { folder, options in
      let name = folder.path("ESA_WorldCover_10m_2021_v200_N42E129_Map.tif")
      try FileManager.default.moveItem(atPath: folder.path("landcover.tif"), toPath: name)
      options.inputs.landCover = [name]
    }
    // As the product asks: https://esa-worldcover.org/en/data-access
    #expect(
      found?.attribution
        == "© ESA WorldCover project 2021 / Contains modified Copernicus Sentinel data (2021) "
        + "processed by ESA WorldCover consortium")
    #expect(found?.licence == "CC BY 4.0" && found?.date == "2021" && found?.basis == .product)
    let heights = try Self.source(of: "elevation") { folder, options in
      let name = folder.path("Copernicus_DSM_COG_10_N43_00_E130_00_DEM.tif")
      try FileManager.default.moveItem(atPath: folder.path("dem.tif"), toPath: name)
      options.inputs.dem = [name]
    }
    #expect(heights?.attribution.contains("© DLR e.V. 2010-2014") == true)
  }

  @Test("the legend speaks only where nothing else does") func legend() throws {
    func esa(_ options: inout ScoreOptions) { options.inputs.legend = "esa_worldcover" }
    let byLegend = try Self.source { _, options in esa(&options) }
    #expect(byLegend?.title == "ESA WorldCover 10 m" && byLegend?.basis == .legend)
    #expect(byLegend?.date == "" && byLegend?.attribution.contains("{year}") == false)
    let own = try Self.source { folder, options in
      esa(&options)
      try Self.annotate("landcover.tif", ["TIFFTAG_ARTIST": "Ivan"], in: folder)
    }
    #expect(own?.attribution == "Ivan" && own?.licence == "" && own?.basis == .metadata)
    // A legend may be borrowed for land cover of one's own.
    let stated = try Self.source { _, options in
      esa(&options)
      options.inputs.sources = ["landcover=Our own classification"]
    }
    #expect(stated == DataSource(layer: "landCover", title: "Our own classification"))
  }

  @Test("rasters that a VRT joins are asked, for it says nothing itself") func joined() throws {
    let found = try Self.source { folder, options in
      try Self.annotate("landcover.tif", ["copyright": "© Survey"], in: folder)
      let vrt = VirtualRaster(
        try TestLandscape(in: folder).grid, [.init(source: "landcover.tif")])
      options.inputs.landCover = [try vrt.write(to: "lc.vrt", in: folder)]
    }
    #expect(found?.attribution == "© Survey")
  }

  @Test("outlines out of OpenStreetMap are credited, by their names, too") func openStreetMap()
    throws
  {
    let parks = try Self.source(of: "parks") { folder, options in
      try FileManager.default.moveItem(
        atPath: folder.path("parks.gpkg"), toPath: folder.path("gis_osm_protected.gpkg"))
      options.inputs.parks = folder.path("gis_osm_protected.gpkg")
    }
    #expect(parks?.credit == "© OpenStreetMap contributors" && parks?.licence == "ODbL 1.0")
    let cosmos = try Self.source(of: "parks") { folder, options in
      try FileManager.default.moveItem(
        atPath: folder.path("parks.gpkg"), toPath: folder.path("cosmos.gpkg"))
      options.inputs.parks = folder.path("cosmos.gpkg")
    }
    #expect(cosmos == nil)
    let roads = try Self.source(of: "roads") { folder, options in
      options.inputs.roads = try folder.write(
        """
        <osm version="0.6"><node id="1" lat="43.28" lon="130.6"/><node id="2" lat="43.3" lon="131"/>
        <way id="3"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way></osm>
        """, to: "region.osm")
    }
    #expect(roads?.attribution == "© OpenStreetMap contributors" && roads?.basis == .product)
  }

  @Test("options win over a landscape file, each for itself, and the file over the metadata")
  func stated() throws {
    func options(_ folder: TemporaryFolder, _ options: inout ScoreOptions) throws {
      try Self.annotate(
        "landcover.tif", ["copyright": "© Survey", "license": "CC0", "time_start": "2019-01-01"],
        in: folder)
      options.inputs = InputOptions()
      options.inputs.landscape = try folder.write(
        """
        { name: "Own", landCover: { tiles: ["landcover.tif"], legend: "ten_categories" },
          elevation: { tiles: ["dem.tif"] },
          sources: [ { layer: "landCover", title: "T", licence: "L", url: "U" },
            { layer: "elevation", title: "H", attribution: "© H", date: "2000" } ] }
        """, to: "landscape.json")
    }
    #expect(
      try Self.sources(options) == [
        DataSource(layer: "landCover", title: "T", licence: "L", url: "U", date: "2019-01-01"),
        DataSource(layer: "elevation", title: "H", attribution: "© H", date: "2000"),
      ])
    let changed = try Self.sources { folder, run in
      try options(folder, &run)
      run.inputs.epoch = "2020"
      run.inputs.sources = ["dem= NASA,\n SRTM ", "landcover=A=B"]
      run.inputs.licences = ["dem=public domain"]
    }
    #expect(
      changed == [
        DataSource(layer: "landCover", title: "A=B", licence: "L", url: "U", date: "2020"),
        DataSource(
          layer: "elevation", title: "NASA, SRTM", licence: "public domain", date: "2000"),
      ])
    // A licence alone is of the data that the file names.
    let licence = try Self.source { folder, options in
      try Self.annotate("landcover.tif", ["copyright": "© Survey", "license": "CC0"], in: folder)
      options.inputs.licences = ["landcover=as agreed"]
    }
    #expect(licence?.attribution == "© Survey" && licence?.licence == "as agreed")
  }

  @Test(
    "words that say nothing, do not end or steer a terminal are refused, and unknown layers",
    arguments: [
      ("landcover=", "bad-option"), ("landcover=  ", "bad-option"), ("landcover=–", "bad-option"),
      ("landcover=a\u{1B}[2J", "bad-option"), ("landcover=a\u{202E}b", "bad-option"),
      ("landcover=" + String(repeating: "x", count: 1001), "bad-option"),
      ("landcover", "bad-option"), ("roads=x", "bad-option"), ("landcovr=x", "unknown-layer"),
      ("=x", "bad-option"),
    ])
  func refused(words: String, slug: String) throws {
    try TemporaryFolder.with { folder in
      for key in [\InputOptions.sources, \.licences] {
        var options = TestLandscape.named(in: folder)
        options.inputs[keyPath: key] = [words]
        let error = #expect(throws: HabitatError.self) { try options.request() }
        #expect(error?.kind == .usage && error?.slug == slug)
        options.inputs[keyPath: key] = ["dem=x", "dem=y"]
        let twice = #expect(throws: HabitatError.self) { try options.request() }
        #expect(twice?.what.contains("twice") == true)
        options.inputs[keyPath: key] = ["dem=" + String(repeating: "я", count: 1000)]
        _ = try options.request()
      }
    }
  }

  @Test("a run with words of its own can be verified and run again; their order changes no byte")
  func again() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      (options.inputs.epoch, options.stac) = ("2021", true)
      try Self.annotate("dem.tif", ["copyright": "© Heights"], in: folder)
      options.inputs.sources = ["landcover=A", "parks=B"]
      options.inputs.licences = ["parks=C", "landcover=D"]
      try options.run()
      _ = try RunReport(folder: folder.path("out")).write(printsMaps: true)
      #expect(try RunReport.check(folder: folder.path("out")).differences.isEmpty)
      var verification = VerificationOptions(folder: folder.path("out"))
      verification.rerun = true
      let report = try verification.verify()
      #expect(report.differences == [] && report.rerun == report.outputs)
      let first = try folder.contents(of: "out/manifest.json")
      options.inputs.sources.reverse()
      options.inputs.licences.reverse()
      try options.run()
      _ = try RunReport(folder: folder.path("out")).write(printsMaps: true)
      #expect(try folder.contents(of: "out/manifest.json") == first)
      // Other words make other items: that is another run.
      options.inputs.sources = ["landcover=A", "parks=X"]
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.slug == "output-exists" && error?.what.contains("--source") == true)
      // So do words left out.
      options.inputs.sources = []
      let without = #expect(throws: HabitatError.self) { try options.run() }
      #expect(without?.slug == "output-exists" && without?.what.contains("--source") == true)
    }
  }

  @Test("a record of an earlier version, which knew no words of files, can be run again")
  func earlier() throws {
    try TemporaryFolder.with { folder in
      let options = try TestLandscape(in: folder).options()
      try Self.annotate("landcover.tif", ["copyright": "© Survey"], in: folder)
      var request = try options.request()
      // As it was: only what a landscape file says.
      request.landscape.hasAllSources = true
      _ = try ScoreRun(request).run()
      let record = try #require(JSONValue(json5: try folder.contents(of: "out/manifest.json")))
      #expect(record["sources"] == .array([]) && record["parameters"]?["source"] == nil)
      var verification = VerificationOptions(folder: folder.path("out"))
      verification.rerun = true
      #expect(try verification.verify().differences == [])
    }
  }

  @Test("report, pages, project and items name the makers, and no folder of the machine")
  func passedOn() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      (options.inputs.epoch, options.stac) = ("2021", true)
      options.inputs.sources = ["landcover=Makers of maps"]
      options.inputs.licences = ["landcover=CC BY 4.0"]
      try options.run()
      for language in RunReport.languages {
        _ = try RunReport(folder: folder.path("out"), language: language).write()
        let html = String(decoding: try folder.contents(of: "out/report.html"), as: UTF8.self)
        #expect(html.contains("Makers of maps · 2021 · CC BY 4.0"))
        #expect(html.contains("habitat \(Habitat.version)</bdi></p>"))
      }
      let item = try #require(JSONValue(json5: try folder.contents(of: "out/leopard_class.json")))
      let properties = item["properties"]
      #expect(properties?["license"] == .string("other"))
      guard case .array(let providers)? = properties?["providers"] else {
        Issue.record("the item has no providers")
        return
      }
      #expect(providers.count == 1 && providers[0]["name"] == .string("Makers of maps"))
      #expect(providers[0]["roles"] == .array([.string("producer")]))
      // A landscape file without a name is called by its path.
      try folder.write(
        """
        { synthetic: true, landCover: { tiles: ["landcover.tif"], legend: "ten_categories", epoch: "2021" },
          elevation: { tiles: ["dem.tif"] }, parks: { path: "parks.gpkg", id: "park_id" },
          sources: [ { layer: "parks", title: "\(folder.path("x"))", url: "\(folder.path("y"))" } ] }
        """, to: "landscape.json")
      options.inputs = InputOptions()
      options.inputs.landscape = folder.path("landscape.json")
      options.output = folder.path("unnamed")
      try options.run()
      _ = try RunReport(folder: folder.path("unnamed")).write(printsMaps: true)
      let html = String(decoding: try folder.contents(of: "unnamed/report.html"), as: UTF8.self)
      #expect(html.contains("<h1><bdi>Inner, &quot;west&quot;, Восточный and Sliver</bdi></h1>"))
      for (name, bytes) in try folder.files(in: "unnamed") where name != "manifest.json" {
        #expect(bytes.range(of: Data(folder.path.utf8)) == nil, "\(name)")
      }
      for (name, bytes) in try folder.files(in: "out") where name != "manifest.json" {
        #expect(bytes.range(of: Data(folder.path.utf8)) == nil, "\(name)")
      }
    }
  }
}

extension TestLandscape {
  /// Options that name files which need not be there.
  fileprivate static func named(in folder: TemporaryFolder) -> ScoreOptions {
    var options = ScoreOptions()
    options.species = "leopard"
    options.inputs.landCover = [folder.path("lc.tif")]
    options.inputs.legend = "ten_categories"
    options.inputs.dem = [folder.path("dem.tif")]
    return options
  }
}
