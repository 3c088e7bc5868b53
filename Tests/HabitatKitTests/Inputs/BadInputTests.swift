import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Bad input")
struct BadInputTests {
  /// Something that is wrong, and what a user is to be told of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: HabitatError.Kind
    let slug: String
    /// Words of the message.
    var mentions: [String] = []
    let spoil: @Sendable (inout ScoreOptions, TestLandscape) throws -> Void
    var testDescription: String { name }
  }

  static let files: [Case] = [
    Case(name: "a missing file", kind: .input, slug: "input-missing", mentions: ["none.tif"]) {
      $0.inputs.landCover = [$1.folder.path("none.tif")]
    },
    Case(name: "a text for a raster", kind: .input, slug: "not-a-raster", mentions: ["a.tif"]) {
      $0.inputs.landCover = [try $1.folder.write("text", to: "a.tif")]
    },
    Case(name: "an empty folder", kind: .input, slug: "no-tiles") {
      try $1.folder.makeFolder("empty")
      $0.inputs.dem = [$1.folder.path("empty")]
    },
    Case(
      name: "land cover without a CRS", kind: .input, slug: "crs-missing",
      mentions: ["--assume-crs landcover="]
    ) {
      let bare = Grid(
        crs: .none, geotransform: $1.grid.geotransform, columns: $1.grid.columns,
        rows: $1.grid.rows)
      try $1.landCover.write(to: $1.folder.path("bare.tif"), on: bare)
      $0.inputs.landCover = [$1.folder.path("bare.tif")]
    },
    Case(
      name: "parks without a CRS", kind: .input, slug: "crs-missing",
      mentions: ["--assume-crs parks="]
    ) {
      $0.inputs.parkID = nil
      $0.inputs.parks = try $1.folder.write(
        "id,WKT\n1,\"\($1.parks[0].shape.wellKnownText)\"\n", to: "parks.csv")
    },
    Case(name: "parks of another country", kind: .input, slug: "parks-elsewhere") {
      try [NamedPolygon("1", "Alps", .box(10, 46, 11, 47))].write(
        to: $1.folder.path("alps.gpkg"), crs: "EPSG:4326")
      $0.inputs.parks = $1.folder.path("alps.gpkg")
    },
    Case(name: "no feature is left", kind: .input, slug: "parks-empty") {
      $0.inputs.parksWhere = "name = 'none'"
      _ = $1
    },
    Case(name: "parks that are points", kind: .input, slug: "parks-not-polygons") {
      let writer = try VectorWriter(creating: $1.folder.path("points.gpkg"))
      try writer.addLayer(
        "points", crs: CoordinateReferenceSystem(userInput: "EPSG:4326"), kind: .point,
        fields: [("park_id", .text)],
        features: [(.point(Point(x: 130.8, y: 43.3)), [.text("1")])])
      try writer.close()
      $0.inputs.parks = $1.folder.path("points.gpkg")
    },
    Case(
      name: "two layers of parks", kind: .input, slug: "layer-ambiguous",
      mentions: ["--parks-layer", "north", "south"]
    ) {
      try $1.parks.write(
        to: $1.folder.path("two.gpkg"), crs: "EPSG:4326", layers: ["north", "south"])
      $0.inputs.parks = $1.folder.path("two.gpkg")
    },
    Case(name: "two parks of one identifier", kind: .input, slug: "park-id-duplicate") {
      try ($1.parks + $1.parks).write(to: $1.folder.path("twice.gpkg"), crs: "EPSG:4326")
      $0.inputs.parks = $1.folder.path("twice.gpkg")
    },
    Case(
      name: "a field that is not there", kind: .input, slug: "field-unknown",
      mentions: ["park_id"]
    ) {
      $0.inputs.parkID = "code"
      _ = $1
    },
    Case(name: "parks that are no vector file", kind: .input, slug: "not-vector") {
      $0.inputs.parks = try $1.folder.write("text", to: "parks.txt")
    },
    Case(name: "a DEM of another country", kind: .input, slug: "dem-does-not-cover") {
      let grid = try Grid.northUp("EPSG:4326", west: 10, north: 47, step: 0.1, columns: 9, rows: 9)
      try Raster(columns: 9, rows: 9, filledWith: Int16(1)).write(
        to: $1.folder.path("alps.tif"), on: grid)
      $0.inputs.dem = [$1.folder.path("alps.tif")]
    },
    Case(name: "no legend", kind: .input, slug: "legend-missing", mentions: ["--legend"]) {
      $0.inputs.legend = nil
      _ = $1
    },
    Case(name: "a legend file that is not there", kind: .input, slug: "input-missing") {
      $0.inputs.legend = $1.folder.path("none.csv")
    },
    Case(name: "no DEM", kind: .input, slug: "layer-missing", mentions: ["--dem"]) {
      $0.inputs.dem = []
      _ = $1
    },
    Case(
      name: "a model with an error", kind: .input, slug: "bad-model",
      mentions: ["layers.landCover.scores"]
    ) {
      let text = LandCoverModel.text(scores: [Double](repeating: 50, count: 10))
      $0.models = [
        try $1.folder.write(text.replacingOccurrences(of: "shrub: 50.0,", with: ""), to: "m.json")
      ]
      $0.species = nil
    },
    Case(name: "a model that is no document", kind: .input, slug: "bad-json") {
      $0.models = [try $1.folder.write("{ species: ", to: "m.json")]
    },
    Case(name: "a legend with an error", kind: .input, slug: "bad-legend", mentions: ["line 2"]) {
      $0.inputs.legend = try $1.folder.write("code,category\n1,woods\n", to: "legend.csv")
    },
    Case(
      name: "a band that is not there", kind: .input, slug: "band-missing",
      mentions: ["--band"]
    ) {
      $0.inputs.bands = ["landcover=2"]
      _ = $1
    },
    Case(name: "a landscape that is not there", kind: .input, slug: "landscape-missing") {
      $0.inputs.landscape = $1.folder.path("none")
    },
    Case(
      name: "a landscape file with an unknown key", kind: .input, slug: "bad-landscape",
      mentions: ["landcover", "landCover"]
    ) {
      $0.inputs.landscape = try $1.folder.write("{ landcover: {} }", to: "l.json")
    },
    Case(
      name: "a source of a layer that is none", kind: .input, slug: "bad-landscape",
      mentions: ["sources[0].layer", "elevaton", "did you mean \"elevation\""]
    ) {
      $0.inputs.landscape = try $1.folder.write(
        "{ sources: [{ layer: \"elevaton\", title: \"SRTM\" }] }", to: "l.json")
    },
  ]

  static let options: [Case] = [
    Case(name: "an unknown species", kind: .usage, slug: "unknown-species", mentions: ["leopard"]) {
      $0.species = "leopart"
      _ = $1
    },
    Case(name: "no species", kind: .usage, slug: "species-missing") {
      $0.species = nil
      _ = $1
    },
    Case(
      name: "an unknown legend", kind: .usage, slug: "unknown-legend",
      mentions: ["esa_worldcover"]
    ) {
      $0.inputs.legend = "esa_worldcovr"
      _ = $1
    },
    Case(
      name: "an unknown raster to write", kind: .usage, slug: "unknown-output-layer",
      mentions: ["score"]
    ) {
      $0.layers = "class,scores"
      _ = $1
    },
    Case(name: "an unknown layer", kind: .usage, slug: "unknown-layer", mentions: ["dem"]) {
      $0.inputs.nodata = ["demm=3"]
      _ = $1
    },
    Case(name: "a nodata that is no number", kind: .usage, slug: "bad-option") {
      $0.inputs.nodata = ["dem=x"]
      _ = $1
    },
    Case(name: "an unknown CRS", kind: .usage, slug: "bad-crs") {
      $0.inputs.crs = "EPSG:1"
      _ = $1
    },
    Case(name: "an extent with west in the east", kind: .usage, slug: "bad-option") {
      $0.inputs.extent = "2,0,1,1"
      _ = $1
    },
    Case(name: "a cell size of nothing", kind: .usage, slug: "bad-option") {
      $0.inputs.resolution = "0"
      _ = $1
    },
    Case(name: "no land cover", kind: .usage, slug: "landcover-missing") {
      $0.inputs.landCover = []
      _ = $1
    },
  ]

  /// What only the cells show, after the pass has begun.
  static let cells: [Case] = [
    Case(
      name: "a code that the legend lacks", kind: .input, slug: "unknown-code",
      // Three cells of 300 × 300 m, about 0.27 km², at this place in UTM 0.26978.
      mentions: ["77 (0.270 km²)", "landcover"]
    ) {
      var raster = $1.landCover
      for cell in [5, 300, 801] { raster.cells[cell] = 77 }
      try raster.write(to: $1.folder.path("code.tif"), on: $1.grid)
      $0.inputs.landCover = [$1.folder.path("code.tif")]
    },
    Case(
      name: "the legend of another product than the file's name says", kind: .input,
      slug: "unknown-code", mentions: ["--legend esa_worldcover has them"]
    ) {
      var raster = $1.landCover
      raster.cells[5] = 95
      let path = $1.folder.path("ESA_WorldCover_10m_2021_v200_N42E129_Map.tif")
      try raster.write(to: path, on: $1.grid)
      $0.inputs.landCover = [path]
    },
    Case(name: "land cover cut short", kind: .input, slug: "unreadable-block") {
      let bytes = try $1.folder.contents(of: "landcover.tif")
      $0.inputs.landCover = [try $1.folder.write(bytes.dropLast(300), to: "short.tif")]
    },
    Case(name: "codes that are not whole", kind: .input, slug: "code-not-whole") {
      let raster = Raster(columns: 40, rows: 32, filledWith: Float(1.5))
      try raster.write(to: $1.folder.path("real.tif"), on: $1.grid)
      $0.inputs.landCover = [$1.folder.path("real.tif")]
    },
    Case(
      name: "a DEM of a corner only", kind: .input, slug: "dem-does-not-cover", mentions: ["km²"]
    ) {
      let grid = try Grid.northUp(
        "EPSG:4326", west: 130.7, north: 43.35, step: 0.004, columns: 9, rows: 9)
      try Raster(columns: 9, rows: 9, filledWith: Int16(1)).write(
        to: $1.folder.path("corner.tif"), on: grid)
      $0.inputs.dem = [$1.folder.path("corner.tif")]
    },
    Case(
      name: "a gap between tiles", kind: .input, slug: "landcover-gap",
      // Columns 15 to 21 of 300 m, all 32 rows.
      mentions: ["km²", "there is none at 644500…646600 by 4790400…4800000"]
    ) {
      for (name, window) in [
        ("west", Window(column: 0, row: 0, columns: 15, rows: 32)),
        ("east", Window(column: 22, row: 0, columns: 18, rows: 32)),
      ] {
        try $1.landCover.cut(window).write(
          to: $1.folder.path(name + ".tif"), on: $1.grid.cut(window))
      }
      $0.inputs.landCover = [$1.folder.path("west.tif"), $1.folder.path("east.tif")]
    },
  ]

  @Test(
    "what is wrong is told by kind and slug, and nothing is left behind",
    arguments: files + options + cells)
  func refused(wrong: Case) throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      try wrong.spoil(&options, landscape)
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.kind == wrong.kind)
      #expect(error?.slug == wrong.slug)
      for word in wrong.mentions { #expect(error?.description.contains(word) == true) }
      #expect(!folder.has("out"))
    }
  }

  @Test("a folder that was there before stays, with what was in it")
  func folderStays() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      try folder.write("mine", to: "out/notes.txt")
      try Self.cells[0].spoil(&options, landscape)
      #expect(throws: HabitatError.self) { try options.run() }
      #expect(try folder.files(in: "out") == ["notes.txt": Data("mine".utf8)])
    }
  }

  @Test("a folder that cannot be made is told as such")
  func cannotWrite() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.output = try folder.write("a file", to: "file") + "/out"
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.kind == .cannotWrite)
      #expect(error?.slug == "write-failed")
    }
  }

  @Test("--allow-gaps lifts what it says")
  func allowGaps() throws {
    for wrong in Self.cells where ["landcover-gap", "dem-does-not-cover"].contains(wrong.slug) {
      try TemporaryFolder.with { folder in
        let landscape = try TestLandscape(in: folder)
        var options = try landscape.options()
        try wrong.spoil(&options, landscape)
        options.inputs.allowGaps = true
        #expect(try options.run().isIncomplete)
      }
    }
  }

  @Test("results of other parameters are replaced only with --overwrite")
  func outputExists() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      try options.run()
      let first = try folder.files(in: "out")
      try options.run()
      #expect(try folder.files(in: "out") == first)
      options.layers = "class,score"
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.kind == .usage)
      #expect(error?.slug == "output-exists")
      #expect(error?.what.hasSuffix("another run: other --layers") == true)
      #expect(try folder.files(in: "out") == first)
      options.overwrite = true
      try options.run()
      #expect(folder.has("out/leopard_score.tif"))
    }
  }

  @Test(
    "files that no record lists are not replaced unasked, whatever result they would give way to",
    arguments: [
      "leopard_areas.csv", "leopard_class.tif", "leopard_class.qml", "leopard.qgz", "parks.gpkg",
      "landcover_areas.csv", "basemap/hillshade.tif",
    ])
  func foreignFiles(name: String) throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      try folder.write("mine", to: "out/" + name)
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.slug == "output-exists" && error?.what.contains(name) == true)
      #expect(try folder.contents(of: "out/" + name) == Data("mine".utf8))
      #expect(!folder.has("out/manifest.json"))
      options.overwrite = true
      try options.run()
      #expect(try folder.contents(of: "out/" + name) != Data("mine".utf8))
    }
  }

  @Test("the results of a run do not make somebody's own file theirs")
  func foreignFileBesideRecord() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      (options.inputs.parks, options.inputs.parkID) = (nil, nil)
      try options.run()
      try folder.write("mine", to: "out/report.html")
      let run = folder.path("out")
      let error = #expect(throws: HabitatError.self) { _ = try RunReport(folder: run).write() }
      #expect(error?.slug == "output-exists")
      #expect(try folder.contents(of: "out/report.html") == Data("mine".utf8))
    }
  }

  @Test("a file is no folder of results") func fileInPlaceOfFolder() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.output = try folder.write("mine", to: "mine.csv")
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.slug == "not-a-folder" && error?.kind == .usage)
    }
  }

  @Test("a folder in the way of a result is seen before anything is replaced")
  func folderInTheWay() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      try options.run()
      // A folder in the place of a file cannot be replaced by one.
      let table = try folder.contents(of: "out/leopard_areas.csv")
      try FileManager.default.removeItem(atPath: folder.path("out/leopard_class.tif"))
      try folder.write("in the way", to: "out/leopard_class.tif/a")
      options.overwrite = true
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.kind == .cannotWrite)
      #expect(folder.has("out/manifest.json"))
      #expect(try folder.contents(of: "out/leopard_areas.csv") == table)
    }
  }

  @Test("a record that lists folders or places elsewhere makes nothing of them go")
  func hostileRecord() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      try folder.write("mine", to: "out/mine/a")
      try folder.write("beside", to: "beside")
      for path in ["mine", "", ".", "..", "../beside"] {
        try folder.write(#"{"outputs": [{"path": "\#(path)"}]}"#, to: "out/manifest.json")
        options.overwrite = true
        try options.run()
        #expect(folder.has("out/mine/a") && folder.has("beside") && folder.has("out/manifest.json"))
      }
    }
  }

  @Test("a result never takes the place of an input")
  func inputInTheWay() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      let tile = options.inputs.landCover[0]
      options.output = folder.path("in")
      try folder.makeFolder("in")
      let moved = folder.path("in/leopard_class.tif")
      try FileManager.default.copyItem(atPath: tile, toPath: moved)
      options.inputs.landCover = [moved]
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.slug == "output-exists")
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: moved))
          == Data(contentsOf: URL(fileURLWithPath: tile)))
    }
  }

  @Test("a run that is stopped leaves nothing")
  func interrupted() throws {
    try TemporaryFolder.with { folder in
      let run = try ScoreRun(TestLandscape(in: folder).options().request())
      let error = #expect(throws: HabitatError.self) {
        try run.run(ScoreRun.Observer(isCancelled: { true }))
      }
      #expect(error?.kind == .interrupted)
      #expect(!folder.has("out"))
    }
  }
}
