import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("A raster on the disk is what was written")
struct RasterProofTests {
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
}
