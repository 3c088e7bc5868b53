public import RasterCore

/// What `habitat check` found out about the inputs.
public struct CheckReport: Sendable {
  /// One code of the land cover.
  public struct Code: Hashable, Sendable {
    public let code: Int
    /// Of the legend, else of the file itself; empty where neither has one.
    public internal(set) var label: String
    /// The key of the category, `nodata`, `unknown`, or empty without a legend.
    public let category: String
    public let cells: Int
    /// Square kilometres on the ellipsoid.
    public let area: Double
  }

  /// A file that says what the others mean.
  public struct Document: Hashable, Sendable {
    /// `landscape`, `legend` or `model`.
    public let layer: String
    public let path: String
  }

  /// How the tiles of a layer lie on one another.
  public struct Tiling: Hashable, Sendable {
    public var tiles = 0
    /// Tiles on lattices other than the grid's.
    public var sampledTiles = 0
    /// Square kilometres of the box of all tiles.
    public var gapArea = 0.0
    public var overlapArea = 0.0
    public var disagreementArea = 0.0
    public var sampledArea = 0.0
  }

  public struct LandCover: Sendable {
    public var tiling = Tiling()
    /// `nil` where none is given.
    public var legend: String?
    public var proposals: [ProductProposal] = []
    /// The proposed legend that lends its labels where none is given.
    public var labelsOfProposal: String?
    /// Ascending; empty where no cell was read.
    public var codes: [Code] = []
    public var nodataCells = 0
    public var nodataArea = 0.0
    /// The values declared as nodata.
    public var nodataValues: [Double] = []
    public var area = 0.0
  }

  /// How much of a grid lies on tiles.
  public struct Coverage: Hashable, Sendable {
    public enum Way: String, Sendable {
      /// The outlines of both were cut: exact.
      case outlines
      /// The share of 40,000 places spread over the grid.
      case places
    }
    /// Square kilometres on tiles.
    public let area: Double
    /// Square kilometres of the grid.
    public let whole: Double
    public let way: Way

    public var share: Double { whole > 0 ? min(1, area / whole) : 0 }
    var missing: Double { max(0, whole - area) }
  }

  public struct Elevation: Sendable {
    public var tiling = Tiling()
    public var survey: ElevationSurvey?
    /// What the names of the tiles speak for.
    public var products: [ElevationProduct] = []
    /// Of the land cover's grid, whatever the cells of either hold; `nil` where there is no land cover.
    public var coverage: Coverage?
    /// Samples along each axis of a cell, by lattice, finest first.
    public var samplesPerAxis: [Int] = []
  }

  public internal(set) var name = ""
  public internal(set) var isSynthetic = false
  public internal(set) var rasters: [RasterDescription] = []
  public internal(set) var vectors: [VectorDescription] = []
  /// Files of text: the landscape, the legend, models of the user's.
  public internal(set) var documents: [Document] = []
  /// Settlements are to be found among the built-up cells.
  public internal(set) var derivesSettlements = false
  public internal(set) var models: [ModelFit] = []
  /// The user asked for these models, so that what they lack is among errors and warnings.
  public internal(set) var namesSpecies = false
  public internal(set) var landCover: LandCover?
  public internal(set) var elevation: Elevation?
  public internal(set) var parksPath: String?
  public internal(set) var parksCRS: CoordinateReferenceSystem?
  public internal(set) var parks: [ParkSurvey] = []
  public internal(set) var overlaps: [ParkOverlap] = []
  public internal(set) var grid: Grid?
  /// Of a run of the models that find what they need; `nil` where something would stop it.
  public internal(set) var cost: RunForecast?
  public internal(set) var errors: [HabitatError] = []
  public internal(set) var warnings: [HabitatWarning] = []

  /// One sentence.
  public var verdict: String {
    if !errors.isEmpty {
      let reasons = errors.gathered.count
      let count = reasons == 1 ? "one reason" : "\(reasons) reasons"
      return "A run would be refused, for \(count)."
    }
    if warnings.contains(where: { $0.slug == "legend-missing" }) {
      return "A run needs to know what the codes mean: choose a legend."
    }
    if !models.isEmpty, !models.contains(where: \.canRun) {
      return "No model would run: each lacks an input, which is named above."
    }
    if warnings.isEmpty { return "The inputs fit one another." }
    let told = warnings.gathered.count
    let count = told == 1 ? "one warning" : "\(told) warnings"
    return "A run would go through, with \(count)."
  }

  /// What became of the check: `nil` where all is well.
  ///
  /// An input that would stop a run comes before a word of the command line that would, and both before
  /// warnings.
  public var outcome: HabitatError.Kind? {
    if errors.contains(where: { $0.kind == .input }) { return .input }
    return errors.first?.kind ?? (warnings.isEmpty ? nil : .unmetQuality)
  }
}
