import Documents
import Machine
import RasterCore
import Reclassification
import Reporting
import RunFolder
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
    let pieces = Piece.all(species: result.species.count)
    _ = try WorkerThreads.map(pieces, threads: plan.threads) { () throws(HabitatError) in
      { (piece: Piece) throws(HabitatError) -> Void in
        switch piece {
        case .parks:
          try writeParks(result, to: folder)
        case .records(let number):
          try writeTables(ofSpecies: number, result, to: folder)
          try projects.write(result.species[number], to: folder)
        case .hillshade:
          try basemap.writeHillshade(to: folder, ground: inputs.ground, software: Self.software)
        case .landCover:
          try basemap.writeLandCover(to: folder, software: Self.software)
          for level in basemap.water.levels {
            try level.write(to: folder, software: Self.software)
          }
        case .rasters(let number):
          try rasters[number].close()
          try rasters[number].finish(in: folder, areasIn: inputs.cellAreas.unit)
        }
      }
    }
  }

  private enum Piece {
    case parks, hillshade, landCover
    /// Of a species.
    case records(Int)
    case rasters(Int)

    /// Those that take longest first.
    static func all(species: Int) -> [Piece] {
      (0..<species).map { .records($0) } + [.parks, .hillshade, .landCover]
        + (0..<species).map { .rasters($0) }
    }
  }

  private func writeTables(
    ofSpecies number: Int, _ result: ScoreResult, to folder: OutputFolder
  ) throws(HabitatError) {
    let (species, model) = (result.species[number], inputs.scorers[number].model)
    try folder.write(
      species.table.csvHeader(withSpecies: true) + species.table.csvRows(species: species.name),
      to: "\(species.name)_areas.csv")
    try folder.write(result.json(species).text + "\n", to: "\(species.name)_areas.json")
    // What is read from the folder later, the report for one, needs the whole model.
    try folder.write(model.text, to: SpeciesModel.outputName(of: model.species))
  }

  private func writeParks(_ result: ScoreResult, to folder: OutputFolder) throws(HabitatError) {
    let landCover = result.landCover
    try folder.write(
      landCover.csvHeader(withSpecies: false) + landCover.csvRows(species: nil),
      to: "landcover_areas.csv")
    if let parks = inputs.parks {
      try ParksFile(zones: parks, species: result.species).write(to: folder)
    }
  }
}
