import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader
import Reclassification
import RunFolder
import ZonalStatistics

/// Everything a scoring pass needs, opened and checked against one another; nothing has been computed.
struct PreparedInputs: Sendable {
  let landscape: Landscape
  let landCover: LandCoverSource
  /// What its files give away about its product.
  let evidence: LandCoverEvidence
  let legend: Legend
  let codes: CodeTable
  /// `nil` where no layer refines the land cover.
  let refinement: LandCoverRefinement?
  let elevation: ElevationSource?
  var distances: DistanceLayers
  /// Where places are still to be found among its cells.
  let wholeLand: WholeLand?
  /// `nil` where the whole raster is the one area to report on.
  let parks: ParkZones?
  /// What the parks' outlines take; `nil` in the same way.
  let outlines: OutlineMemory?
  /// The tiles that are scored; `nil` where all are.
  let scoredTiles: NearbyTiles?
  let cellAreas: CellAreas
  let scorers: [SuitabilityScorer]
  /// Longitude and latitude on the datum that all areas refer to.
  let ground: CoordinateReferenceSystem
  /// Square metres of the grid's box, measured along its rim, where it is the one area to report on.
  let rasterArea: Double?
  /// The files of each layer.
  let files: [InputFile]
  /// Where the data of the layers come from, as far as anybody or anything says.
  let sources: [DataSource]
  let ownWarnings: [HabitatWarning]

  /// All that is read of a cell.
  var stack: LayerStack {
    LayerStack(
      landCover: landCover, codes: codes, refinement: refinement, elevation: elevation,
      distances: distances.sources)
  }

  /// What the inputs give rise to.
  var warnings: [HabitatWarning] {
    ownWarnings + distances.warnings.filter { !ownWarnings.contains($0) }
  }
  var grid: Grid { landCover.grid }
  /// Optional layers that the landscape lacks, by name, for the record.
  var missingLayers: [Layer] {
    Layer.continuous.filter { layer in scorers.contains { $0.missingLayers.contains(layer) } }
  }

  /// Whether a tile of the outputs is near enough to the parks.
  func scores(_ tile: Window) -> Bool { scoredTiles?.holds(tile) ?? true }

  /// What land cover and relief are kept of for maps.
  var basemap: BasemapPlan { BasemapPlan(of: grid, parks: parks?.window) }

  /// The zones of the tally: the parks and what they share, or the raster itself.
  var zones: [ZoneCoverage] {
    parks?.coverages ?? [.wholeRaster(columns: grid.columns, rows: grid.rows)]
  }
}
