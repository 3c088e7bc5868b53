package import RasterCore

/// The refinement layers of a run on the analysis grid. A value: every task makes a `LandCoverRefiner` of
/// its own from it.
package struct LandCoverRefinement: Sendable {
  package struct Part: Sendable {
    package let layer: RefinementLayer
    package let source: LandCoverSource
  }

  /// In the order in which they are applied.
  package let parts: [Part]
  /// Applied last, where the water is given as outlines.
  let water: FeatureMask?

  /// - Throws: `.input`, slug `no-transform`.
  package init(
    _ tiles: [(layer: RefinementLayer, tiles: [RasterTile])], water: FeatureMask? = nil,
    on grid: Grid
  ) throws(HabitatError) {
    self.water = water
    var parts: [Part] = []
    for (layer, tiles) in tiles {
      parts.append(Part(layer: layer, source: try LandCoverSource(tiles, on: grid)))
    }
    self.parts = parts
  }

  /// The layers on a part of the grid, which is a whole.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  package func restricted(to grid: Grid) throws(HabitatError) -> LandCoverRefinement {
    var restricted: [Part] = []
    for part in parts {
      restricted.append(
        Part(layer: part.layer, source: try part.source.restricted(to: grid)))
    }
    return LandCoverRefinement(parts: restricted, water: water?.restricted(to: grid))
  }

  private init(parts: [Part], water: FeatureMask?) { (self.parts, self.water) = (parts, water) }
}
