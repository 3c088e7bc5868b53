import GeoIO
import RasterCore
import RasterLoader
import Reporting
import RunFolder
import Styles

/// A raster of bytes that lies beside the results for maps to be drawn on, with what shows it in its colours.
struct BasemapRaster {
  /// In the folder of the results, with `.tif`.
  let name: String
  /// For people.
  let title: String
  let grid: Grid
  /// Of codes; `nil` for shades.
  let legend: ColourLegend?
  /// GDAL's creation options.
  let options: [String]

  /// In memory first, so that what lies in the folder can be compared byte by byte.
  ///
  /// - Parameters:
  ///   - software: as the file says what made it.
  ///   - fill: writes the cells; what it adds to the counts of the 256 values, of which 0 is nodata, describes the raster.
  /// - Throws: `.cannotWrite`, slug `write-failed`, and what `fill` throws.
  func write(
    to folder: OutputFolder, software: String,
    _ fill: (borrowing RasterWriter, inout [Int]) throws(HabitatError) -> Void
  ) throws(HabitatError) {
    let memory = MemoryFolder()
    let path = memory.path(name.baseName)
    let writer = try RasterWriter(
      creating: path, grid: grid, typeName: UInt8.typeName, nodata: 0,
      options: ["TILED=YES"] + options)
    let stem = String(name.dropLast(4))
    if let legend { writer.setColours(legend.colours) }
    writer.setDescription(stem.baseName)
    writer.setMetadata("TIFFTAG_IMAGEDESCRIPTION", title)
    writer.setMetadata("TIFFTAG_SOFTWARE", software)
    var counts = [Int](repeating: 0, count: 256)
    try fill(writer, &counts)
    try writer.close()
    try folder.write(fileAt: path, to: name)
    var sums = AmountSums()
    for value in 1...255 { sums.add(Double(value), times: counts[value]) }
    try SideFiles(
      stem: stem, title: title, style: legend.map { .codes($0) } ?? .relief, grid: grid
    ).write(to: folder, statistics: sums.statistics)
  }
}
