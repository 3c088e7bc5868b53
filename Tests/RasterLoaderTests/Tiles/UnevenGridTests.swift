import Foundation
import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite("Where GDAL makes a grid of what is none") struct UnevenGridTests {
  /// 40 rows or columns of 0.01°.
  private static let even = (0..<40).map { 0.005 + 0.01 * Double($0) }

  static let axes: [(name: String, places: [Double], isEven: Bool)] = [
    ("even", even, true),
    // A fiftieth of a cell, as numbers of 32 bits may be off.
    ("rounded", even.enumerated().map { $1 + ($0 % 2 == 0 ? 1e-4 : -1e-4) }, true),
    // First, middle and last steps are those of the others.
    ("a gap", even.enumerated().map { $0 < 30 ? $1 : $1 + 0.2 }, false),
    ("growing steps", (0..<40).map { 0.005 + 0.39 * pow(Double($0) / 39, 1.5) }, false),
  ]

  private func slug(_ latitudes: [Double], _ longitudes: [Double]) throws -> Set<String?> {
    try TemporaryFolder.with { folder in
      let cells = [UInt8](repeating: 1, count: 1600)
      let file = NetCDFFile(
        latitudes: latitudes, longitudes: longitudes, layers: [("class", cells)])
      let path = try folder.write(file.bytes, to: "a.nc")
      let virtual = try folder.write(
        """
        <VRTDataset rasterXSize="40" rasterYSize="40"><SRS>EPSG:4326</SRS>
        <GeoTransform>129, 0.01, 0, 43.5, 0, -0.01</GeoTransform>
        <VRTRasterBand dataType="Byte" band="1"><SimpleSource>
        <SourceFilename relativeToVRT="1">a.nc</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>
        """, to: "a.vrt")
      return Set(
        [path, virtual].map { path in
          do {
            _ = try RasterTile.inspect(path)
            return nil
          } catch { return (error as? HabitatError)?.slug }
        })
    }
  }

  @Test("latitudes that are not evenly spaced are refused", arguments: axes.indices)
  func latitudes(index: Int) throws {
    let (name, places, isEven) = Self.axes[index]
    let slugs = try slug(places.map { 43.5 - $0 }, Self.even.map { 129 + $0 })
    #expect(slugs == [isEven ? nil : "grid-uneven"], "\(name)")
  }

  @Test("a gap between longitudes is refused") func longitudes() throws {
    let slugs = try slug(Self.even.map { 43.5 - $0 }, Self.axes[2].places.map { 129 + $0 })
    #expect(slugs == ["grid-uneven"])
  }

  @Test("a cell's height below zero, which GDAL takes for its reverse, is told in its words")
  func negativeHeight() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 600_000, north: 4_800_000, step: 96, rowStep: 93, columns: 4, rows: 4)
      try Raster(columns: 4, rows: 4, filledWith: UInt8(1)).write(
        to: folder.path("a.tif"), on: grid)
      #expect(try RasterTile.inspect(folder.path("a.tif")).assumptions.isEmpty)
      var bytes = [UInt8](try folder.contents(of: "a.tif"))
      // ModelPixelScale holds it as a double.
      let height = (0..<8).map { UInt8(truncatingIfNeeded: Double(93).bitPattern >> (8 * $0)) }
      let place = try #require(
        bytes.indices.dropLast(7).first { bytes[$0..<$0 + 8].elementsEqual(height) })
      bytes[place + 7] |= 0x80
      let path = try folder.write(Data(bytes), to: "b.tif")
      let tile = try RasterTile.inspect(path)
      #expect(tile.assumptions.contains { $0.contains("ScaleY") })
      #expect(tile.grid.geotransform.rowStepY == -93)
    }
  }
}
