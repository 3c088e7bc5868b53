import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader
import Reporting
import RunFolder
import Styles

extension Basemap {
  static let landCoverName = "basemap/landcover.tif"
  static let hillshadeName = "basemap/hillshade.tif"

  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func writeLandCover(to folder: OutputFolder, software: String) throws(HabitatError) {
    let legend = ColourLegend.landCategories
    try write(categories, Self.landCoverName, "Land cover", legend, to: folder, software)
  }

  /// Writes the relief where there are heights.
  ///
  /// - Parameter ground: longitude and latitude on the datum of all areas.
  /// - Throws: `.cannotWrite`, slug `write-failed`; `.input` where the CRS has no transform to the
  ///   ground.
  func writeHillshade(
    to folder: OutputFolder, ground: CoordinateReferenceSystem, software: String
  ) throws(HabitatError) {
    let (grid, heights) = (plan.grid, heights)
    guard !heights.isEmpty else { return }
    let isWater = categories.map { $0 == LandCategory.water.rawValue }
    let shades = Hillshade(cell: grid.middleCellArea.squareRoot()).shades(
      of: Raster(columns: grid.columns, rows: grid.rows, cells: heights), isWater: isWater,
      steps: try steps(on: ground))
    try write(shades, Self.hillshadeName, "Hillshade", nil, to: folder, software)
  }

  /// - Parameter legend: of codes; `nil` for shades.
  private func write(
    _ cells: [UInt8], _ name: String, _ title: String, _ legend: ColourLegend?,
    to folder: OutputFolder, _ software: String
  ) throws(HabitatError) {
    // Of relief, level 1 is as small as any other, and four times as fast.
    let compression =
      legend == nil ? ["COMPRESS=DEFLATE", "ZLEVEL=1", "PREDICTOR=2"] : ["COMPRESS=LZW"]
    let raster = BasemapRaster(
      name: name, title: title, grid: plan.grid, legend: legend, options: compression)
    try raster.write(to: folder, software: software) { writer, counts throws(HabitatError) in
      for cell in cells { counts[Int(cell)] += 1 }
      try writer.write(cells, to: plan.grid.window)
    }
  }

  /// By row, metres on the ground to the eastern and to the southern neighbour, measured in the middle
  /// column.
  private func steps(
    on ground: CoordinateReferenceSystem
  ) throws(HabitatError) -> [SIMD2<Double>] {
    let grid = plan.grid
    let places = (0..<grid.rows).map {
      Point(x: Double(grid.columns) / 2, y: Double($0) + 0.5)
    }
    let side = grid.middleCellArea.squareRoot()
    return try GroundMetric.measured(at: places, of: grid, on: ground).map { metric in
      // Beyond a pole or the edge of a projection there is no ground and no height either.
      guard let metric else { return SIMD2(side, side) }
      return SIMD2(metric.columnSquared.squareRoot(), metric.rowSquared.squareRoot())
    }
  }
}
