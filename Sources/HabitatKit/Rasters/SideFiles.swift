import GeoIO
import RasterCore
import Reporting
import RunFolder
import Styles

/// What lies beside a raster so that programs show it with names and colours: styles, statistics and
/// attribute tables.
struct SideFiles {
  /// The raster's name without `.tif`.
  let stem: String
  /// For people.
  let title: String
  let style: RasterStyle
  /// Of the raster.
  let grid: Grid

  /// - Parameters:
  ///   - classes: `nil` where values are no codes, or cells are not those of the tables.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func write(
    to folder: OutputFolder, statistics: RasterStatistics?, classes: ClassTable? = nil
  ) throws(HabitatError) {
    try folder.write(style.qml, to: stem + ".qml")
    try folder.write(style.sld(layer: title), to: stem + ".sld")
    try folder.write(style.clr, to: stem + ".clr")
    if let classes { try folder.write(classes.dbf, to: stem + ".tif.vat.dbf") }
    let rows = (classes?.rows ?? []).map { row in
      RasterClass(
        value: Int(row.entry.value), count: row.count, name: row.entry.name,
        squareKilometres: Double(row.area.formatted(decimals: 6)) ?? row.area,
        colour: row.entry.colour)
    }
    let path = folder.staged(stem + ".tif")
    let holdsCRS = try RasterDataset(reading: path).crs != nil
    let annotation = RasterAnnotation(
      description: stem.split(separator: "/").last.map(String.init) ?? stem,
      categoryNames: style.categoryNames, statistics: statistics, classes: rows,
      crs: holdsCRS ? nil : grid.crs)
    let name = stem + ".tif.aux.xml"
    if let bytes = try annotation.sideFile(keeping: folder.madeBytes(of: name)) {
      try folder.write(bytes, to: name)
    }
    try RasterDataset(reading: path).refuseOtherPlace(than: grid)
  }
}
