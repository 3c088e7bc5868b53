import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("What is on the disk is what was written")
struct OutputPromisesTests {
  @Test(
    "a file that does not hold what was meant is not published, nor is any other",
    arguments: ["short", "empty", "other", "gone", "link", "more"])
  func bytes(damage: String) throws {
    try TemporaryFolder.with { folder in
      try OutputFolderTests.publish(["a.txt"], run: "first", in: folder.path("out"))
      let before = try folder.files(in: "out")
      let output = try OutputFolder(folder.path("out"))
      try output.write("second", to: "a.txt")
      try output.write(OutputFolderTests.record(of: ["a.txt"], run: "second"), to: "manifest.json")
      let path = output.staged("a.txt")
      switch damage {
      case "short": try Data("secon".utf8).write(to: URL(fileURLWithPath: path))
      case "empty": try Data().write(to: URL(fileURLWithPath: path))
      case "other": try Data("sEcond".utf8).write(to: URL(fileURLWithPath: path))
      case "gone": try FileManager.default.removeItem(atPath: path)
      case "link":
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createSymbolicLink(
          atPath: path, withDestinationPath: folder.path("nowhere"))
      default: try Data("x".utf8).write(to: URL(fileURLWithPath: path + "-journal"))
      }
      let error = #expect(throws: HabitatError.self) { try output.publish(sparing: []) }
      #expect(error?.kind == .cannotWrite && error?.slug == "write-failed")
      output.discard()
      #expect(try folder.files(in: "out") == before)
    }
  }

  @Test("what was written again is what counts, and is read back anew")
  func twice() throws {
    try TemporaryFolder.with { folder in
      let output = try OutputFolder(folder.path("out"))
      try output.write("first", to: "a.txt")
      #expect(try output.record(of: "a.txt").bytes == 5)
      try output.write("longer", to: "a.txt")
      #expect(try output.record(of: "a.txt").sha256 == SHA256.hexDigest(of: "longer".utf8))
      output.discard()
    }
  }

  // MARK: Rasters

  private static func withRaster(
    _ body: (TemporaryFolder, Grid) throws -> Void
  ) throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 300, columns: 40, rows: 30)
      let cells = (0..<1200).map { UInt8($0 % 5) }
      let writer = try RasterWriter(
        creating: folder.path("x.tif"), grid: grid, typeName: "Byte", nodata: 0,
        options: ["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"])
      try writer.write(cells, to: grid.window)
      try writer.close()
      try body(folder, grid)
    }
  }

  @Test("a raster that is as it was meant passes; one that differs in anything does not")
  func raster() throws {
    try Self.withRaster { folder, grid in
      let path = folder.path("x.tif")
      let sound = RasterProof(grid: grid, typeName: "Byte", nodata: 0)
      try sound.check(path)
      let shifted = try Grid.northUp(
        "EPSG:32652", west: 640_001, north: 4_800_000, step: 300, columns: 40, rows: 30)
      let wider = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 300, columns: 41, rows: 30)
      for proof in [
        RasterProof(grid: grid, typeName: "Float32", nodata: 0),
        RasterProof(grid: grid, typeName: "Byte", nodata: 255),
        RasterProof(grid: grid, typeName: "Byte", nodata: 0, overviews: 1),
        RasterProof(grid: shifted, typeName: "Byte", nodata: 0),
        RasterProof(grid: wider, typeName: "Byte", nodata: 0),
      ] {
        let error = #expect(throws: HabitatError.self) { try proof.check(path) }
        #expect(error?.slug == "write-failed")
      }
    }
  }

  @Test("a raster that ends before its last block is not whole", arguments: [1, 256, 2000])
  func shortRaster(missing: Int) throws {
    try Self.withRaster { folder, grid in
      let whole = try folder.contents(of: "x.tif")
      try folder.write(whole.dropLast(missing), to: "x.tif")
      let proof = RasterProof(grid: grid, typeName: "Byte", nodata: 0)
      #expect(throws: HabitatError.self) { try proof.check(folder.path("x.tif")) }
    }
  }

  @Test("a world file leads to the grid, or does not pass")
  func worldFile() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 300, columns: 40, rows: 30)
      let proof = RasterProof(grid: grid, typeName: "Byte", nodata: 0)
      // The middle of the first cell: 640000 + 150, 4800000 − 150.
      let sound = "300.0\n0.0\n0.0\n-300.0\n640150.0\n4799850.0\n"
      try proof.check(worldFile: folder.write(sound, to: "sound.tfw"))
      for text in ["", "300\n0\n0\n-300\n640150\n", sound.replacing("640150", with: "640151")] {
        #expect(throws: HabitatError.self) {
          try proof.check(worldFile: folder.write(text, to: "bad.tfw"))
        }
      }
    }
  }

  @Test("a world file that an option of GDAL asks for is a result, too")
  func withWorldFile() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.creationOptions = ["TFW=YES"]
      try options.run()
      let names = try RunRecord(readingFrom: folder.path("out")).outputNames()
      #expect(names.contains("leopard_class.tfw"))
      #expect(try VerificationOptions(folder: folder.path("out")).verify().isSame)
    }
  }

  @Test("where a profile keeps the place out of the raster, its side file has it and the names")
  func profile() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.creationOptions = ["PROFILE=BASELINE"]
      try options.run()
      let raster = try RasterDataset(reading: folder.path("out/leopard_class.tif"))
      #expect(raster.crs?.name == "EPSG:32652" && raster.geotransform != nil)
      #expect(raster.categoryNames(ofBand: 1).contains("Maximum suitable"))
    }
  }

  // MARK: GeoPackages

  private static func withParks(_ body: (TemporaryFolder) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      try GeoPackageFile.check(
        folder.path("out/parks.gpkg"), rows: ["parks": 3, "layer_styles": 1])
      try body(folder)
    }
  }

  @Test("a GeoPackage without its mark, with fewer rows or cut short is none")
  func geopackage() throws {
    try Self.withParks { folder in
      let path = folder.path("out/parks.gpkg")
      for rows in [["parks": 4], ["parks": 2], ["parks": 3, "other": 1]] {
        let error = #expect(throws: HabitatError.self) {
          try GeoPackageFile.check(path, rows: rows)
        }
        #expect(error?.slug == "write-failed" && error?.kind == .cannotWrite)
      }
      let whole = try folder.contents(of: "out/parks.gpkg")
      var unmarked = whole
      unmarked.replaceSubrange(68..<72, with: [0, 0, 0, 0])
      for damaged in [unmarked, Data(), whole.dropLast(4096), whole.prefix(99)] {
        let copy = try folder.write(damaged, to: "copy.gpkg")
        #expect(throws: HabitatError.self) {
          try GeoPackageFile.check(copy, rows: ["parks": 3])
        }
      }
    }
  }
}
