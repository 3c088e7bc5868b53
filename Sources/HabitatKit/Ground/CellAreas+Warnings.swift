import RasterCore
import ZonalStatistics

extension CellAreas {
  /// What a grid that reaches beyond the edge of a map of the Earth gives reason to say.
  func warnings(about grid: Grid) -> [HabitatWarning] {
    guard reachesBeyondEarth else { return [] }
    let (count, all) = (Double(cellsBeyondEarth), Double(grid.cellCount))
    let beyond =
      "\(count.grouped(decimals: 0)) of \(all.grouped(decimals: 0)) cells lie beyond the edge of the map "
      + "and have no area; those it cuts"
    return [
      HabitatWarning(
        "grid-beyond-earth",
        (count > 0 ? beyond : "cells that the edge of the map cuts")
          + " have the area of their part on the Earth",
        at: "landcover: \(grid.crs.name), \(grid.extentText)",
        fix: "nothing, if the raster is of the whole Earth; else check its CRS and geotransform")
    ]
  }
}
