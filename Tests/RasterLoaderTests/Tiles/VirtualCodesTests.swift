import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

/// Virtual rasters as GDAL 3.6.2 writes them (`gdal_translate`, `gdalbuildvrt`, `gdalwarp -of VRT`), of one source of
/// 8 × 8 cells.
@Suite("Codes that come through a virtual raster") struct VirtualCodesTests {
  private static let place = Geotransform(
    originX: 600_000, columnStepX: 100, originY: 4_800_000, rowStepY: -100)

  /// A source of a band.
  struct Source {
    var element = "SimpleSource"
    var resampling = ""
    /// Cells of the virtual raster along a side.
    var cells = 8
    /// Where the source lies in it.
    var shift = 0.0
    var extra = ""
    var file = "a.tif"

    var text: String {
      """
      <\(element)\(resampling.isEmpty ? "" : " resampling=\"\(resampling)\"")>
      <SourceFilename relativeToVRT="1">\(file)</SourceFilename>\(extra)<SourceBand>1</SourceBand>
      <SrcRect xOff="0" yOff="0" xSize="8" ySize="8"/>
      <DstRect xOff="\(shift)" yOff="0" xSize="\(cells)" ySize="\(cells)"/></\(element)>
      """
    }
  }

  private static func mosaic(_ sources: [Source], cells: Int) -> String {
    let bands = sources.enumerated().map {
      "<VRTRasterBand dataType=\"Byte\" band=\"\($0 + 1)\">\($1.text)</VRTRasterBand>"
    }
    return """
      <VRTDataset rasterXSize="\(cells)" rasterYSize="\(cells)"><SRS>EPSG:32652</SRS>
      <GeoTransform>600000, \(800 / cells), 0, 4800000, 0, -\(800 / cells)</GeoTransform>
      \(bands.joined())</VRTDataset>
      """
  }

  /// Cells of 200 m.
  private static func warp(_ method: String, options: String = "") -> String {
    """
    <VRTDataset rasterXSize="4" rasterYSize="4" subClass="VRTWarpedDataset"><SRS>EPSG:32652</SRS>
    <GeoTransform>600000, 200, 0, 4800000, 0, -200</GeoTransform>
    <VRTRasterBand dataType="Byte" band="1" subClass="VRTWarpedRasterBand"/>
    <BlockXSize>4</BlockXSize><BlockYSize>4</BlockYSize><GDALWarpOptions>
    <ResampleAlg>\(method)</ResampleAlg><WorkingDataType>Byte</WorkingDataType>
    <SourceDataset relativeToVRT="1">a.tif</SourceDataset>\(options)
    <Transformer><GenImgProjTransformer>
    <SrcGeoTransform>600000,100,0,4800000,0,-100</SrcGeoTransform>
    <SrcInvGeoTransform>-6000,0.01,0,48000,0,-0.01</SrcInvGeoTransform>
    <DstGeoTransform>600000,200,0,4800000,0,-200</DstGeoTransform>
    <DstInvGeoTransform>-3000,0.005,0,24000,0,-0.005</DstInvGeoTransform>
    </GenImgProjTransformer></Transformer>
    <BandList><BandMapping src="1" dst="1"/></BandList></GDALWarpOptions></VRTDataset>
    """
  }

  private static let kernel =
    "<Kernel normalized=\"1\"><Size>3</Size><Coefs>1 1 1 1 1 1 1 1 1</Coefs></Kernel>"

  /// In an outer one of 4 × 4 cells.
  private static let nested = mosaic([Source(cells: 4, file: "inner.vrt")], cells: 4)
  private static let inner = mosaic([Source(resampling: "bilinear")], cells: 8)

  static let forms: [(name: String, text: String, blends: Bool)] = [
    ("bilinear", mosaic([Source(resampling: "bilinear", cells: 4)], cells: 4), true),
    (
      "cubic, of a complex source",
      mosaic([Source(element: "ComplexSource", resampling: "cubic", cells: 16)], cells: 16), true
    ),
    ("average", mosaic([Source(resampling: "average", cells: 4)], cells: 4), true),
    ("an averaged source", mosaic([Source(element: "AveragedSource", cells: 4)], cells: 4), true),
    (
      "a kernel, though cells coincide",
      mosaic([Source(element: "KernelFilteredSource", extra: kernel)], cells: 8), true
    ),
    (
      "half a cell aside",
      mosaic([Source(resampling: "bilinear", shift: 0.5)], cells: 8), true
    ),
    (
      "a kernel in small letters",
      mosaic([Source(element: "kernelfilteredsource", extra: kernel)], cells: 8), true
    ),
    ("a bilinear warp", warp("Bilinear"), true), ("a warp of medians", warp("Med"), true),
    ("one in another", nested, true),
    ("nearest", mosaic([Source(cells: 4)], cells: 4), false),
    ("nearest by name", mosaic([Source(resampling: "nearest", cells: 4)], cells: 4), false),
    ("mode", mosaic([Source(resampling: "mode", cells: 4)], cells: 4), false),
    ("bilinear where cells coincide", inner, false),
    (
      "bilinear a whole cell aside", mosaic([Source(resampling: "bilinear", shift: 3)], cells: 8),
      false
    ),
    (
      "another band", mosaic([Source(cells: 4), Source(resampling: "cubic", cells: 4)], cells: 4),
      false
    ),
    ("a nearest warp", warp("NearestNeighbour"), false), ("a warp of modes", warp("Mode"), false),
  ]

  private static func withFiles(
    _ text: String, _ body: (_ path: String, TemporaryFolder, Grid) throws -> Void
  ) throws {
    try TemporaryFolder.with { folder in
      let grid = Grid(
        crs: try CoordinateReferenceSystem(userInput: "EPSG:32652"), geotransform: place,
        columns: 8, rows: 8)
      try Raster(columns: 8, rows: 8, filledWith: UInt8(1)).write(
        to: folder.path("a.tif"), on: grid)
      _ = try folder.write(inner, to: "inner.vrt")
      try body(try folder.write(text, to: "m.vrt"), folder, grid)
    }
  }

  private func slug(_ path: String, as layer: String) -> String? {
    do {
      _ = try RasterTile.inspect(path, as: layer)
      return nil
    } catch { return (error as? HabitatError)?.slug }
  }

  @Test("codes that are mixed are refused, heights are not", arguments: forms.indices)
  func blends(index: Int) throws {
    let (name, text, blends) = Self.forms[index]
    try Self.withFiles(text) { path, _, _ in
      for layer in ["landcover", "forest-type", "rice", "water"] {
        #expect(slug(path, as: layer) == (blends ? "codes-blended" : nil), "\(name)")
      }
      #expect(slug(path, as: "dem") == nil, "\(name)")
    }
  }

  // MARK: Overviews

  /// Whether an overview is read, by virtual rasters over a source that has one.
  static let shrunk: [(name: String, text: String, reads: Bool)] = [
    ("half as many cells", mosaic([Source(cells: 4)], cells: 4), true),
    ("nested", mosaic([Source(cells: 4, file: "near.vrt")], cells: 4), true),
    (
      "an overview by its number",
      warp(
        "NearestNeighbour",
        options: "<OpenOptions><OOI key=\"OVERVIEW_LEVEL\">0</OOI></OpenOptions>"), true
    ),
    ("as many cells", mosaic([Source()], cells: 8), false),
    ("more cells", mosaic([Source(cells: 16)], cells: 16), false),
    ("a warp of the cells themselves", warp("NearestNeighbour"), false),
  ]

  @Test(
    "overviews that stand in for cells are refused for codes and recorded for heights",
    arguments: shrunk.indices)
  func overviews(index: Int) throws {
    let (name, text, reads) = Self.shrunk[index]
    try Self.withFiles(text) { path, folder, grid in
      _ = try folder.write(Self.mosaic([Source()], cells: 8), to: "near.vrt")
      let half = Grid(
        crs: grid.crs, geotransform: grid.geotransform, columns: 4, rows: 4)
      try Raster(columns: 4, rows: 4, filledWith: UInt8(9)).write(
        to: folder.path("a.tif.ovr"), on: half)
      // GDAL 3.6.2 itself: 9 stands in the overview alone.
      let dataset = try RasterDataset(reading: path)
      var cells = [UInt8](repeating: 0, count: dataset.columns * dataset.rows)
      try dataset.read(
        Window(column: 0, row: 0, columns: dataset.columns, rows: dataset.rows), band: 1,
        into: &cells)
      // A warp by number finds its place through the sizes it was made for; what it reads is the overview all the same.
      if !text.contains("OOI") { #expect(cells.contains(9) == reads, "\(name)") }
      #expect(slug(path, as: "landcover") == (reads ? "codes-from-overviews" : nil), "\(name)")
      let files = try RasterTile.inspect(path, as: "dem").files
      #expect(files.contains(folder.path("a.tif.ovr")) == reads, "\(name): \(files)")
      let own = try RasterTile.inspect(folder.path("a.tif"), as: "dem").files
      #expect(own == [folder.path("a.tif")], "a raster's own overviews are not read")
    }
  }
}
