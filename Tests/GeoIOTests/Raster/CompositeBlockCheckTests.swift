import Foundation
import RasterCore
import TestSupport
import Testing

@testable import GeoIO

@Suite("Check sums of blocks under masks, pages and virtual rasters")
struct CompositeBlockCheckTests {
  private static let size = 200

  private func writeSource(_ folder: TemporaryFolder, _ name: String) throws {
    let grid = try RasterRoundTripTests.grid(columns: Self.size, rows: Self.size)
    var random = SeededGenerator(seed: 5)
    try Raster(grid) { _, _ in UInt8.random(in: 1...20, using: &random) }.write(
      to: folder.path(name), on: grid,
      options: ["COMPRESS=DEFLATE", "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"])
  }

  private func vrt(_ bands: String) -> String {
    """
    <VRTDataset rasterXSize="\(Self.size)" rasterYSize="\(Self.size)"><SRS>EPSG:4326</SRS>
    <GeoTransform>0, 0.1, 0, 5, 0, -0.1</GeoTransform>\(bands)</VRTDataset>
    """
  }

  private func band(_ number: Int, _ source: String, _ more: String = "") -> String {
    """
    <VRTRasterBand dataType="Byte" band="\(number)"><SimpleSource>
    <SourceFilename relativeToVRT="1">\(source)</SourceFilename><SourceBand>1</SourceBand>
    <SrcRect xOff="0" yOff="0" xSize="200" ySize="200"/>
    <DstRect xOff="0" yOff="0" xSize="200" ySize="200"/></SimpleSource>\(more)</VRTRasterBand>
    """
  }

  /// Flips a byte in the last quarter of a block.
  private func damage(
    _ folder: TemporaryFolder, _ name: String, directory: Int = 0, block: Int = 0
  ) throws {
    var bytes = try folder.contents(of: name)
    let place = TIFFFile(bytes).blocks(ofDirectory: directory)[block]
    // The sum itself: nothing else changes.
    bytes[place.upperBound - 1] ^= 1
    try folder.write(bytes, to: name)
  }

  /// Reads the block of 64 × 64 or so cells at a place, or throws.
  private func read(_ path: String, band: Int = 1, column: Int, row: Int, mask: Bool = false) throws
  {
    let dataset = try RasterDataset(reading: path)
    let window = Window(column: column, row: row, columns: 20, rows: 20)
    var cells = [UInt8](repeating: 0, count: window.cellCount)
    if mask {
      try dataset.readMask(window, band: band, into: &cells)
    } else {
      try dataset.read(window, band: band, into: &cells)
      let band = (try dataset.band(band), band)
      _ = try dataset.readBlock(
        column: column / band.0.blockColumns, row: row / band.0.blockRows, band: band.1)
    }
  }

  private func refuses(_ body: () throws -> Void) -> Bool {
    do {
      try body()
      return false
    } catch {
      return (error as? HabitatError)?.slug == "unreadable-block"
    }
  }

  @Test(
    "the blocks of a virtual raster's sources are looked at, through two of them too, and no others"
  )
  func virtualRaster() throws {
    try TemporaryFolder.with { folder in
      try writeSource(folder, "a.tif")
      try folder.write(vrt(band(1, "a.tif")), to: "a.vrt")
      try folder.write(vrt(band(1, "a.vrt")), to: "b.vrt")
      for name in ["a.vrt", "b.vrt"] { try read(folder.path(name), column: 0, row: 0) }
      // Tiles run row by row: the last one lies at columns and rows from 192.
      try damage(folder, "a.tif", block: 15)
      for name in ["a.vrt", "b.vrt"] {
        try read(folder.path(name), column: 0, row: 0)
        #expect(refuses { try read(folder.path(name), column: 170, row: 170) })
      }
    }
  }

  @Test("sources whose place nothing tells are looked at whole")
  func warpedSource() throws {
    try TemporaryFolder.with { folder in
      try writeSource(folder, "a.tif")
      let options = """
        <BlockXSize>64</BlockXSize><BlockYSize>64</BlockYSize><GDALWarpOptions>
        <ResampleAlg>NearestNeighbour</ResampleAlg><WorkingDataType>Byte</WorkingDataType>
        <SourceDataset relativeToVRT="1">a.tif</SourceDataset>
        <Transformer><GenImgProjTransformer>
        <SrcGeoTransform>0, 1, 0, 0, 0, 1</SrcGeoTransform>
        <SrcInvGeoTransform>0, 1, 0, 0, 0, 1</SrcInvGeoTransform>
        <DstGeoTransform>0, 1, 0, 0, 0, 1</DstGeoTransform>
        <DstInvGeoTransform>0, 1, 0, 0, 0, 1</DstInvGeoTransform>
        </GenImgProjTransformer></Transformer>
        <BandList><BandMapping src="1" dst="1"/></BandList></GDALWarpOptions>
        """
      try folder.write(
        vrt(
          "<VRTRasterBand dataType=\"Byte\" band=\"1\" subClass=\"VRTWarpedRasterBand\"/>" + options
        )
        .replacing("<VRTDataset ", with: "<VRTDataset subClass=\"VRTWarpedDataset\" "),
        to: "a.vrt")
      try read(folder.path("a.vrt"), column: 0, row: 0)
      try damage(folder, "a.tif", block: 15)
      #expect(refuses { try read(folder.path("a.vrt"), column: 0, row: 0) })
    }
  }

  @Test("bands whose cells lie side by side, and the masks of a file, are looked at")
  func interleaved() throws {
    try TemporaryFolder.with { folder in
      try writeSource(folder, "a.tif")
      let mask = "<MaskBand>" + band(1, "a.tif").replacing(" band=\"1\"", with: "") + "</MaskBand>"
      try folder.write(vrt(band(1, "a.tif") + band(2, "a.tif") + mask), to: "a.vrt")
      let path = folder.path("c.tif")
      try RasterCopy.cloudOptimized(
        folder.path("a.vrt"), to: path,
        options: ["COMPRESS=DEFLATE", "BLOCKSIZE=128", "OVERVIEWS=NONE"])
      let whole = try folder.contents(of: "c.tif")
      try read(path, band: 2, column: 0, row: 0)
      try read(path, column: 0, row: 0, mask: true)
      try damage(folder, "c.tif", block: 0)
      #expect(refuses { try read(path, band: 2, column: 0, row: 0) })
      try folder.write(whole, to: "c.tif")
      // The second directory is the mask's.
      try damage(folder, "c.tif", directory: 1, block: 0)
      try read(path, band: 2, column: 0, row: 0)
      #expect(refuses { try read(path, column: 0, row: 0, mask: true) })
    }
  }

  @Test("a page of a file is looked at, and not the first one in its place")
  func page() throws {
    try TemporaryFolder.with { folder in
      try writeSource(folder, "a.tif")
      let path = folder.path("c.tif")
      try RasterCopy.cloudOptimized(
        folder.path("a.tif"), to: path,
        options: ["COMPRESS=DEFLATE", "BLOCKSIZE=128", "OVERVIEW_COUNT=1"])
      try damage(folder, "c.tif", directory: 1, block: 0)
      try read(path, column: 0, row: 0)
      try read("GTIFF_DIR:1:" + path, column: 0, row: 0)
      #expect(refuses { try read("GTIFF_DIR:2:" + path, column: 0, row: 0) })
    }
  }
}
