import RasterCore
import Reclassification
import Reporting
import ZonalStatistics

extension ScoreRun {
  /// Writes all that is left once the cells are done, side by side: the basemap, tables, parks and
  /// projects, and what belongs to each raster.
  ///
  /// - Throws: `.cannotWrite`; `.input` where the grid's CRS has no transform to the ground.
  func finish(
    _ rasters: [SpeciesRasters], _ basemap: Basemap, _ result: ScoreResult, in folder: OutputFolder
  ) throws(HabitatError) {
    let projects = ProjectFile(inputs: inputs, layers: request.layers, basemap: basemap)
    let pieces = Piece.all(rasters: rasters.count)
    _ = try WorkerThreads.map(pieces, threads: plan.threads) { () throws(HabitatError) in
      { (piece: Piece) throws(HabitatError) -> Void in
        switch piece {
        case .records:
          try write(result, to: folder)
          for species in result.species { try projects.write(species, to: folder) }
        case .hillshade:
          try basemap.writeHillshade(to: folder, ground: inputs.ground, software: Self.software)
        case .landCover:
          try basemap.writeLandCover(to: folder, software: Self.software)
        case .raster(let number):
          try rasters[number].close()
          try rasters[number].finish(in: folder, areasIn: inputs.cellAreas.unit)
        }
      }
    }
  }

  private enum Piece {
    case records, hillshade, landCover
    case raster(Int)

    /// Those that take longest first.
    static func all(rasters: Int) -> [Piece] {
      [.records, .hillshade, .landCover] + (0..<rasters).map { .raster($0) }
    }
  }

  private func write(_ result: ScoreResult, to folder: OutputFolder) throws(HabitatError) {
    for species in result.species {
      try folder.write(
        species.table.csvHeader(withSpecies: true) + species.table.csvRows(species: species.name),
        to: "\(species.name)_areas.csv")
      let json = result.json(species)
      try folder.write(json.text + "\n", to: "\(species.name)_areas.json")
    }
    for scorer in inputs.scorers {
      // What is read from the folder later, the report for one, needs the whole model.
      try folder.write(scorer.model.text, to: SpeciesModel.outputName(of: scorer.model.species))
    }
    let landCover = result.landCover
    try folder.write(
      landCover.csvHeader(withSpecies: false) + landCover.csvRows(species: nil),
      to: "landcover_areas.csv")
    if let parks = inputs.parks {
      try ParksFile(zones: parks, species: result.species).write(to: folder)
    }
  }
}
