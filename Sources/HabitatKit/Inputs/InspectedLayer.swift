import GeoIO
import RasterCore
import RasterLoader

/// The files of a raster layer as they describe themselves; each has been opened once.
struct InspectedLayer: Sendable {
  let name: String
  /// Of each file that opens, fit for use or not.
  private(set) var descriptions: [RasterDescription] = []
  /// `nil` where any of them is of no use.
  let tiles: [RasterTile]?
  /// What there is to say of the tiles, for those who use them.
  let warnings: [HabitatWarning]

  /// Says what is wrong with every file, not only with the first, where `messages` does not stop.
  ///
  /// - Parameter unknownDatum: stands in for a datum that a file does not know.
  init<Stop>(
    _ name: String, _ raster: Landscape.RasterLayer, of selections: RasterSelections,
    unknownDatum: CoordinateReferenceSystem, _ messages: MessageSink<Stop>
  ) throws(Stop) {
    self.name = name
    let selection = try messages.attempt { () throws(HabitatError) in
      try selections.selection(of: name)
    }
    guard case .some(.some(let selection)) = selection else {
      (tiles, warnings) = (nil, [])
      return
    }
    var (found, descriptions): ([RasterTile], [RasterDescription]) = ([], [])
    for path in selection.tiles {
      let tile = try messages.attempt { () throws(HabitatError) in
        let dataset = try RasterDataset(reading: path)
        descriptions.append(
          try RasterDescription(
            of: dataset, layer: name, band: raster.corrections.band ?? 1))
        return try RasterTile(
          of: dataset, layer: name, raster.corrections, unknownDatum: unknownDatum)
      }
      if let tile { found.append(tile) }
    }
    self.descriptions = descriptions
    guard found.count == selection.tiles.count else {
      (tiles, warnings) = (nil, [])
      return
    }
    var warnings = LeftOutRasters(selection, layer: name).warnings(leavingOutOf: &found)
    if let tile = found.first(where: \.hasUnknownDatum) {
      warnings.append(
        .datumUnknown(of: name, takenAs: unknownDatum, at: "\(name): \(tile.path)"))
    }
    self.warnings = warnings + TileConcerns(found, layer: name).warnings
    tiles = found
  }
}
