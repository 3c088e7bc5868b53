import RasterCore
import ZonalStatistics

extension ScoreRun {
  /// Closes the rasters and writes what lies beside them, and the basemap, side by side.
  ///
  /// - Throws: `.cannotWrite`; `.input` where the grid's CRS has no transform to the ground.
  func finish(
    _ rasters: [SpeciesRasters], _ basemap: Basemap, in folder: OutputFolder
  ) throws(HabitatError) {
    let (unit, ground, software) = (inputs.cellAreas.unit, inputs.ground, Self.software)
    // The basemap first: it takes longest.
    let pieces = Array(0...rasters.count)
    _ = try WorkerThreads.map(pieces, threads: plan.threads) { () throws(HabitatError) in
      { (piece: Int) throws(HabitatError) -> Void in
        guard piece > 0 else {
          try basemap.write(to: folder, ground: ground, software: software)
          return
        }
        try rasters[piece - 1].close()
        try rasters[piece - 1].finish(in: folder, areasIn: unit)
      }
    }
  }
}
