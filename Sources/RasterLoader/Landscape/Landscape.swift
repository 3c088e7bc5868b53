public import GeoIO
public import RasterCore

/// The inputs of an analysis: which files, and what to know about them. No file has been opened yet.
public struct Landscape: Sendable {
  /// Tiles of one raster layer.
  public struct RasterLayer: Hashable, Sendable {
    /// Files, globs, folders and `/vsi…` paths, as given.
    public var paths: [String]
    public var corrections: RasterTile.Corrections
    public init(paths: [String], corrections: RasterTile.Corrections = .init()) {
      (self.paths, self.corrections) = (paths, corrections)
    }
  }

  /// Features of one vector layer.
  public struct VectorLayer: Hashable, Sendable {
    public var path: String
    public var selection: PolygonLayer.Selection
    public var crs: CoordinateReferenceSystem?
    public init(
      path: String, selection: PolygonLayer.Selection = .init(),
      crs: CoordinateReferenceSystem? = nil
    ) {
      (self.path, self.selection, self.crs) = (path, selection, crs)
    }
  }

  public var name: String
  /// The landscape file, `nil` where options alone name the inputs.
  public var file: String?
  /// The landscape's folder where it was found by its name among those that are installed: a record says the
  /// name, not where the machine keeps it.
  public var installed: String?
  /// Made up for demonstration; every output says so.
  public var isSynthetic: Bool
  public var landCover: RasterLayer?
  /// The name of a built-in legend or the path of a file.
  public var legend: String?
  public var epoch: String?
  public var elevation: RasterLayer?
  public var parks: VectorLayer?
  public var roads: VectorLayer?
  public var settlements: VectorLayer?
  /// Settlements are the patches of built-up land; `settlements` is then `nil`.
  public var derivesSettlements: Bool
  /// What stands for a file of settlements where they are derived.
  public static let derived = "derive"
  public var refinement: Refinement
  /// Where layers come from, as the file and options say; a record has all that is known.
  public var sources: [DataSource]
  /// Those of a record, which stand as they are: nothing is looked up in addition.
  public var hasAllSources = false
  /// Words of options that are among `sources`, by name of the layer on the command line.
  public var statedSources: [String: String] = [:]
  public var statedLicences: [String: String] = [:]

  /// How codes that leave something open are settled.
  public struct Refinement: Hashable, Sendable {
    /// Codes of the forest type of CGLS-LC100.
    public var forestType: RasterLayer?
    /// 1 where there is rice, 0 where there is none.
    public var rice: RasterLayer?
    /// 1 where there is water.
    public var water: RasterLayer?
    public var defaultForest: LandCategory?
    public var ricePossible: Bool?
    /// No rice grows here, as a mask of zeros everywhere would say: nothing is left open; `rice` is then `nil`.
    public var excludesRice = false
    /// What stands for a mask where no rice grows.
    public static let noRice = "none"
    public init() {}
  }

  /// The name that a landscape file gives; `nil` where none does.
  public var ownName: String? { name == AreaTable.unnamed ? nil : name }

  /// A landscape that the user puts together with options.
  public init(name: String) {
    (self.name, isSynthetic, refinement, sources) = (name, false, Refinement(), [])
    derivesSettlements = false
  }

  /// The keys, in a landscape file and its `sources`, of the layers that are there.
  public var layerKeys: Set<String> {
    let layers = [
      "landCover": landCover != nil, "elevation": elevation != nil, "parks": parks != nil,
      "roads": roads != nil, "settlements": settlements != nil || derivesSettlements,
      "forestType": refinement.forestType != nil, "rice": refinement.rice != nil,
      "water": refinement.water != nil,
    ]
    return Set(layers.filter(\.value).keys)
  }

  /// All paths that are named, as given.
  public var paths: [String] {
    let rasters = [landCover, elevation, refinement.forestType, refinement.rice, refinement.water]
    let vectors = [parks, roads, settlements]
    return rasters.flatMap { $0?.paths ?? [] } + vectors.compactMap { $0?.path }
      + [file, legend].compactMap { $0 }
  }
}
