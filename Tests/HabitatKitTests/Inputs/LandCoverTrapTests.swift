import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// What a land cover may hold beside plain codes, each beside the table of the plain codes themselves.
@Suite("Traps in land cover") struct LandCoverTrapTests {
  private typealias Band = VirtualRaster.Band

  /// The run of a land cover alone, without parks, so that every cell counts.
  private static func options(_ landscape: TestLandscape) throws -> ScoreOptions {
    var options = try landscape.options()
    options.species = nil
    options.models = [
      try landscape.folder.write(
        LandCoverModel.text(scores: [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]), to: "cover.json")
    ]
    (options.inputs.dem, options.inputs.parks, options.inputs.parkID) = ([], nil, nil)
    return options
  }

  private static func run(
    _ change: (inout ScoreOptions, TestLandscape) throws -> Void
  ) throws -> (row: AreaTable.Row, slugs: Set<String>, plain: AreaTable.Row) {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try options(landscape)
      let plain = try options.run().landCover.rows[0]
      options.output = folder.path("other")
      try change(&options, landscape)
      let result = try options.run()
      // The landscape has some nodata of its own.
      let slugs = Set(result.warnings.map(\.slug)).subtracting(["park-nodata"])
      return (result.landCover.rows[0], slugs, plain)
    }
  }

  private static let palette = """
    <ColorInterp>Palette</ColorInterp><ColorTable><Entry c1="9" c2="9" c3="9" c4="255"/>
    <Entry c1="1" c2="2" c3="3" c4="255"/></ColorTable>
    """

  /// Another band, which none of these means.
  private static let other = Band(source: "dem.tif", typeName: "Int16")

  static let headers: [(name: String, bands: [VirtualRaster.Band], slugs: Set<String>)] = [
    ("several bands", [Band(source: "landcover.tif"), other], ["band-assumed"]),
    (
      "a scale and an offset",
      [Band(source: "landcover.tif", header: "<Offset>3</Offset><Scale>2</Scale>")],
      ["landcover-scaled"]
    ),
    (
      "the red of a picture",
      [Band(source: "landcover.tif", header: "<ColorInterp>Red</ColorInterp>")],
      ["raster-picture"]
    ),
    ("a palette", [Band(source: "landcover.tif", header: palette)], []),
    ("sixteen bits", [Band(source: "landcover.tif", typeName: "UInt16")], []),
    ("thirty-two bits", [Band(source: "landcover.tif", typeName: "Int32")], []),
    ("floats", [Band(source: "landcover.tif", typeName: "Float32")], []),
  ]

  @Test("codes are taken as they are stored, whatever the header", arguments: headers.indices)
  func stored(index: Int) throws {
    let (name, bands, slugs) = Self.headers[index]
    let found = try Self.run {
      $0.inputs.landCover = [
        try VirtualRaster($1.grid, bands).write(to: "x.vrt", in: $1.folder)
      ]
    }
    #expect(found.slugs == slugs, "\(name)")
    #expect(found.row.parts == found.plain.parts && found.row.nodata == found.plain.nodata)
  }

  @Test("--band takes another band and needs no warning") func band() throws {
    let found = try Self.run {
      try Raster($1.grid) { _, _ in UInt8(9) }.write(to: $1.folder.path("rice.tif"), on: $1.grid)
      let bands = [Band(source: "landcover.tif"), Band(source: "rice.tif")]
      $0.inputs.landCover = [
        try VirtualRaster($1.grid, bands).write(to: "x.vrt", in: $1.folder)
      ]
      $0.inputs.bands = ["landcover=2"]
    }
    #expect(found.slugs.isEmpty)
    #expect(abs(found.row.parts[8] - found.row.area) <= 1e-5 * found.row.area)
  }

  @Test("cells that an alpha band makes transparent have no value") func alpha() throws {
    let found = try Self.run {
      try Raster($1.grid) { column, _ in UInt8(column < 20 ? 255 : 0) }
        .write(to: $1.folder.path("alpha.tif"), on: $1.grid)
      let bands = [
        Band(source: "landcover.tif"),
        Band(source: "alpha.tif", header: "<ColorInterp>Alpha</ColorInterp>"),
      ]
      $0.inputs.landCover = [
        try VirtualRaster($1.grid, bands).write(to: "x.vrt", in: $1.folder)
      ]
    }
    #expect(found.slugs.isEmpty, "alpha says which cells count and is no second choice of codes")
    // The east half, and the west's own share of nodata.
    #expect(found.row.nodata > 0.5 * found.row.area && found.row.nodata < 0.65 * found.row.area)
    #expect(found.row.parts.reduce(0, +) > 0.35 * found.row.area)
  }

  @Test("lossy classes are warned about") func lossy() throws {
    let found = try Self.run {
      try Raster($1.grid) { _, _ in UInt8(8) }
        .write(to: $1.folder.path("jpeg.tif"), on: $1.grid, options: ["COMPRESS=JPEG"])
      $0.inputs.landCover = [$1.folder.path("jpeg.tif")]
    }
    #expect(found.slugs == ["raster-lossy"])
    // One value everywhere survives the cosines.
    #expect(abs(found.row.parts[7] - found.row.area) <= 1e-5 * found.row.area)
  }

  @Test("damaged JPEG blocks are refused, not read as grey") func damagedJPEG() throws {
    let error = #expect(throws: HabitatError.self) {
      try Self.run {
        var random = SeededGenerator(seed: 2)
        try Raster($1.grid) { _, _ in UInt8.random(in: 1...10, using: &random) }
          .write(to: $1.folder.path("jpeg.tif"), on: $1.grid, options: ["COMPRESS=JPEG"])
        var bytes = try $1.folder.contents(of: "jpeg.tif")
        // Behind the head of the scan, where the codes are.
        let scan = try #require(
          bytes.indices.dropLast().last { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
        for index in scan + 20..<min(scan + 80, bytes.count) { bytes[index] = 0xFF }
        $0.inputs.landCover = [try $1.folder.write(bytes, to: "jpeg.tif")]
        // Blurred codes are any.
        $0.inputs.legend = try $1.folder.write("DEFAULT=5", to: "legend.txt")
      }
    }
    #expect(error?.slug == "unreadable-block", "\(error?.description ?? "")")
  }

  @Test("it is said where sums under a virtual raster are not looked at, if there are any")
  func sumsUnderVirtualRaster() throws {
    func slugs(_ method: String, verifying: Bool) throws -> Set<String> {
      try Self.run {
        try $1.landCover.write(
          to: $1.folder.path("packed.tif"), on: $1.grid, options: ["COMPRESS=\(method)"])
        let raster = VirtualRaster($1.grid, [Band(source: "packed.tif")])
        $0.inputs.landCover = [try raster.write(to: "packed.vrt", in: $1.folder)]
        $0.inputs.verifiesBlocks = verifying
      }.slugs
    }
    #expect(try slugs("DEFLATE", verifying: false) == ["blocks-not-verified"])
    #expect(try slugs("DEFLATE", verifying: true) == [])
    #expect(try slugs("LZW", verifying: false) == [])
  }

  @Test("a block damaged in the middle of a file is refused with its file") func damage() throws {
    let error = #expect(throws: HabitatError.self) {
      try Self.run {
        let options = ["COMPRESS=DEFLATE", "BLOCKYSIZE=4"]
        try $1.landCover.write(to: $1.folder.path("packed.tif"), on: $1.grid, options: options)
        var bytes = try $1.folder.contents(of: "packed.tif")
        let middle = bytes.count / 2
        for index in middle..<middle + 24 { bytes[index] = 0 }
        $0.inputs.landCover = [try $1.folder.write(bytes, to: "packed.tif")]
      }
    }
    #expect(error?.slug == "unreadable-block")
    #expect(error?.description.contains("packed.tif") == true)
  }

  @Test("codes that only a DEFAULT names are told with their km²") func byDefault() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try Self.options(landscape)
      options.inputs.legend = try folder.write(
        "1=1; 2=2; 3=3; 4=4; 5=5; 6=6; 7=7; 8=8; DEFAULT=5", to: "legend.txt")
      let result = try options.run()
      let warning = try #require(result.warnings.first { $0.slug == "legend-default" })
      // Cells of 0.09 km² on the map, which shows 1.0000…1.0005 of the ground.
      let cells = landscape.landCover.cells.count { $0 > 8 || $0 == 0 }
      let area = try #require(Double(warning.what.prefix { $0 != " " }))
      #expect(abs(area / (0.09 * Double(cells)) - 1) < 1e-3)
      var check = CheckOptions()
      check.inputs = options.inputs
      #expect(try check.check().run().warnings.contains { $0.slug == "legend-default" })
    }
  }

  @Test("a name that speaks for another product than the legend is told") func doubtful() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 129, north: 46, step: 0.01, columns: 9, rows: 9)
      let path = folder.path("ESA_WorldCover_10m_2021_v200_N45E129_Map.tif")
      // 10 and 20 are codes of both.
      try Raster(grid) { column, _ in UInt8(column < 5 ? 10 : 20) }.write(to: path, on: grid)
      var options = CheckOptions()
      options.inputs.landCover = [path]
      options.inputs.legend = "globeland30"
      let report = try options.check().run()
      #expect(report.warnings.first?.slug == "legend-doubtful")
      #expect(report.warnings.first?.fix.contains("--legend esa_worldcover") == true)
    }
  }

  @Test("a land cover without a value anywhere is told, and is nodata in the table")
  func empty() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      try Raster(landscape.grid) { _, _ in UInt8(0) }
        .write(to: folder.path("none.tif"), on: landscape.grid)
      options.inputs.landCover = [folder.path("none.tif")]
      var check = CheckOptions()
      check.inputs = options.inputs
      #expect(try check.check().run().warnings.contains { $0.slug == "landcover-empty" })
      let result = try options.run()
      #expect(result.warnings.contains { $0.slug == "park-nodata" })
      let row = try #require(result.species[0].table.row("1"))
      #expect(abs(row.nodata - row.area) <= 1e-5 * row.area)
    }
  }
}
