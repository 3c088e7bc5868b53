import RasterCore
import RasterLoader
import Reclassification

extension PreparedInputs {
  /// Slope of a coarse DEM is flatter than the ground; the models are meant for one of about 30 m.
  static func coarseElevationWarnings(
    _ elevation: ElevationSource?, _ scorers: [SuitabilityScorer]
  ) -> [HabitatWarning] {
    let coarsest = elevation?.lattices.map { $0.grid.middleCellArea.squareRoot() }.max() ?? 0
    guard coarsest > 300, scorers.contains(where: \.needsSlope) else { return [] }
    return [
      HabitatWarning(
        "dem-coarse",
        "cells of \(coarsest.grouped(decimals: 0)) m flatten slopes: scores that depend on slope are "
          + "lower than those of a DEM of about 30 m",
        at: "dem", fix: "give a finer DEM, such as Copernicus GLO-30 or SRTM")
    ]
  }

  static func missingLayerWarnings(
    _ scorers: [SuitabilityScorer], _ landscape: Landscape
  ) -> [HabitatWarning] {
    scorers.filter { !$0.missingLayers.isEmpty }.map { scorer in
      let missing = MissingLayers(
        layers: scorer.missingLayers.map(\.key), species: scorer.model.species)
      return HabitatWarning(
        "layers-missing",
        "\(scorer.model.species) is scored without \(missing.names): its scores are "
          + missing.consequence,
        at: landscape.location,
        fix: "give " + scorer.missingLayers.map { "--\($0.key)" }.joined(separator: " and ")
          + Self.whereToGet(scorer.missingLayers))
    }
  }

  /// Where a user finds the layers that models can do without.
  private static func whereToGet(_ layers: [Layer]) -> String {
    let ofMaps = layers.filter { $0 == .roads || $0 == .settlements }
    guard !ofMaps.isEmpty else { return "" }
    return
      ", which an extract of OpenStreetMap of the region holds, such as the .osm.pbf of download.geofabrik.de"
      + (ofMaps.count == 1 ? "" : ": the same file for both")
      + (layers.contains(.settlements) ? "; --settlements derive takes built-up land" : "")
  }
}
