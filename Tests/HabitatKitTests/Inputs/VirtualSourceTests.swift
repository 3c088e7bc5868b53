import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("What a VRT is made of") struct VirtualSourceTests {
  /// A VRT as `gdalbuildvrt` of GDAL 3.6.2 writes it of one tile of 8 × 6 bytes.
  private func check(
    properties: Bool = true, nested: Bool = false, _ change: (TemporaryFolder, Grid) throws -> Void
  ) throws -> [HabitatError] {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 600_000, north: 4_800_000, step: 100, columns: 8, rows: 6)
      try Raster<UInt8>(columns: 8, rows: 6, filledWith: 1).write(
        to: folder.path("a.tif"), on: grid)
      let said = """
        <SourceProperties RasterXSize="8" RasterYSize="6" DataType="Byte" BlockXSize="8" BlockYSize="6"/>
        """
      let band = """
        <VRTRasterBand dataType="Byte" band="1"><ComplexSource>
        <SourceFilename relativeToVRT="1">a.tif</SourceFilename><SourceBand>1</SourceBand>
        \(properties ? said : "")<SrcRect xOff="0" yOff="0" xSize="8" ySize="6"/>
        <DstRect xOff="0" yOff="0" xSize="8" ySize="6"/></ComplexSource></VRTRasterBand>
        """
      let path = try folder.write(
        """
        <VRTDataset rasterXSize="8" rasterYSize="6"><SRS>EPSG:32652</SRS>
        <GeoTransform>600000, 100, 0, 4800000, 0, -100</GeoTransform>\(band)</VRTDataset>
        """, to: "m.vrt")
      let outer = try VirtualRaster(grid, [.init(source: "m.vrt")]).write(to: "n.vrt", in: folder)
      try change(folder, grid)
      var options = CheckOptions()
      options.inputs.landCover = [nested ? outer : path]
      options.inputs.legend = "ten_categories"
      return try options.check().run().errors
    }
  }

  @Test("one that fits is read", arguments: [false, true], [false, true])
  func fits(properties: Bool, nested: Bool) throws {
    #expect(try check(properties: properties, nested: nested) { _, _ in }.isEmpty)
  }

  @Test(
    "a source of another size is refused with its name",
    arguments: [(8, 5), (16, 12), (4, 6)], [false, true])
  func sizes(size: (Int, Int), nested: Bool) throws {
    let errors = try check(nested: nested) { folder, grid in
      try Raster<UInt8>(columns: size.0, rows: size.1, filledWith: 1).write(
        to: folder.path("a.tif"),
        on: Grid(
          crs: grid.crs, geotransform: grid.geotransform, columns: size.0, rows: size.1))
    }
    #expect(errors.map(\.slug) == ["source-changed"])
    #expect(errors.first?.what.contains("a.tif has \(size.0) × \(size.1) cells") == true)
  }

  @Test("a source that the VRT asks for more than it has is refused, though no size is told")
  func asked() throws {
    let errors = try check(properties: false) { folder, grid in
      try Raster<UInt8>(columns: 8, rows: 3, filledWith: 1).write(
        to: folder.path("a.tif"),
        on: Grid(crs: grid.crs, geotransform: grid.geotransform, columns: 8, rows: 3))
    }
    #expect(errors.map(\.slug) == ["source-changed"])
  }

  @Test("a source of another type, and none at all, are refused") func others() throws {
    let type = try check { folder, grid in
      try Raster<Int16>(columns: 8, rows: 6, filledWith: 300).write(
        to: folder.path("a.tif"), on: grid)
    }
    #expect(type.first?.what.contains("holds Int16 instead of Byte") == true)
    let gone = try check { folder, _ in
      try FileManager.default.removeItem(atPath: folder.path("a.tif"))
    }
    #expect(gone.map(\.slug) == ["source-changed"])
    #expect(gone.first?.what.contains("a.tif is not there") == true)
  }
}
