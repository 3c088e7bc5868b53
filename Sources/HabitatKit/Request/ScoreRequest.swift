import GeoIO
import RasterCore
public import RasterLoader
public import Reclassification

/// What a run is asked for.
public struct ScoreRequest: Sendable {
  /// What its record calls the job.
  static let command = "score"

  public var landscape: Landscape
  public var models: [SpeciesModel]
  public var grid: CustomGrid
  public var allowGaps: Bool
  /// Check sums of blocks are looked at in the sources of virtual rasters, too, which unpacks them twice.
  public var verifiesSources: Bool

  /// The folder of the results.
  public var output: String
  public var overwrite: Bool
  public var layers: Set<OutputLayer>
  public var format: OutputFormat
  /// Creation options of the rasters, `KEY=VALUE`.
  public var creationOptions: [String]
  /// Beside each raster lies an item of a SpatioTemporal Asset Catalog.
  public var stac: Bool
  /// The record holds the time of the run, which makes no two runs alike.
  public var timestamps: Bool

  public var threads: Int
  /// Mebibytes.
  public var memory: Int

  /// Whose check sums the run looks at.
  var checking: BlockChecks.Scope { verifiesSources ? .filesAndSources : .files }

  public init(landscape: Landscape, models: [SpeciesModel]) {
    (self.landscape, self.models) = (landscape, models)
    (grid, allowGaps, verifiesSources) = (CustomGrid(), false, false)
    (output, overwrite) = ("output", false)
    (layers, format, creationOptions) = ([.suitabilityClass], .geoTIFF, [])
    (stac, timestamps) = (false, false)
    (threads, memory) = (1, 512)
  }
}
