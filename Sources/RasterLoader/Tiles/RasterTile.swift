public import GeoIO
public import RasterCore

/// One raster file of a layer, as it describes itself and as the user corrects it.
public struct RasterTile: Hashable, Sendable {
  public let path: String
  /// The layer's name for messages and options, for example `dem`.
  public let layer: String
  public let bandNumber: Int
  public let band: BandDescription
  public let grid: Grid
  /// The value that means "no value"; the user's word wins over the file's.
  public let nodata: Double?
  /// The same exactly, where it is whole and the file's own.
  let wholeNodata: Int128?
  /// The files the tile is made of, its own path among them.
  public let files: [String]
  /// The file gives longitude and latitude on an unknown datum; that of another CRS stands in.
  public let hasUnknownDatum: Bool
  /// The user or the landscape says which band; without a word it is the first.
  public let bandIsChosen: Bool
  /// The raster is virtual, and blocks of its sources have check sums.
  public let sourcesHaveCheckSums: Bool
  /// Bands that hold values, alpha bands left out.
  public let bandCount: Int
  public let driver: String
  /// GDAL's name of the compression, `nil` where there is none.
  public let compression: String?
  /// The compression changes values, that of a VRT's sources too.
  public let losesDetail: Bool
  /// What GDAL takes for granted where the file does not say, in its own words.
  public let assumptions: [String]
  /// Further pages of a TIFF, as paths to open.
  public let furtherPages: [String]
  /// What files beside the raster say against it.
  public let contradictions: [SideContradiction]
  /// What the file says of where its data come from.
  public let origin: StatedOrigin
  /// The file is on a server, of which ranges are fetched.
  package let isRemote: Bool

  /// The layer whose numbers may be mixed; those of all others are codes.
  static let heightLayer = "dem"

  /// What the user says of a layer where its files are silent or wrong.
  public struct Corrections: Hashable, Sendable {
    public enum Nodata: Hashable, Sendable {
      case asDeclared
      case value(Double)
      case none
    }
    public var crs: CoordinateReferenceSystem?
    public var nodata: Nodata
    /// Counted from 1; `nil` is the first.
    public var band: Int?
    public init(
      crs: CoordinateReferenceSystem? = nil, nodata: Nodata = .asDeclared, band: Int? = nil
    ) {
      (self.crs, self.nodata, self.band) = (crs, nodata, band)
    }
  }

  /// - Parameters:
  ///   - layer: the layer's name for messages and options, for example `dem`.
  ///   - unknownDatum: the CRS whose datum stands in for the unknown one of a geographic CRS.
  /// - Throws: `.input`: `not-a-raster`, `band-missing`, `subdataset-missing`, `crs-missing`,
  ///   `crs-not-earth`, `georeference-missing`, `grid-not-north-up`, `coordinates-not-degrees`,
  ///   `cell-size-implausible`, `raster-implausible`, `band-complex`, `not-a-file`,
  ///   `source-remote`, `source-changed`, `grid-uneven`; of layers of codes `codes-blended`, `codes-from-overviews`.
  public init(
    inspecting path: String, layer: String, _ corrections: Corrections,
    unknownDatum: CoordinateReferenceSystem
  ) throws(HabitatError) {
    try self.init(
      of: try RasterDataset(reading: path), layer: layer, corrections, unknownDatum: unknownDatum)
  }

  /// The same of a file that is open, for those who ask it for more.
  package init(
    of dataset: borrowing RasterDataset, layer: String, _ corrections: Corrections,
    unknownDatum: CoordinateReferenceSystem
  ) throws(HabitatError) {
    let path = dataset.path
    let location = "\(layer): \(path)"
    try Self.refuseContainer(dataset, location)
    let bandNumber = corrections.band ?? 1
    let band = try dataset.band(bandNumber)
    try Self.refuseComplexNumbers(band, location)
    let geotransform = try Self.geotransform(of: dataset, location)
    var crs = try Self.crs(of: dataset, corrections, layer, location)
    hasUnknownDatum = crs.isGeographic && !crs.datumIsKnown
    if hasUnknownDatum { crs = crs.onDatum(of: unknownDatum) }
    grid = Grid(
      crs: crs, geotransform: geotransform, columns: dataset.columns, rows: dataset.rows)
    try Self.refuseCellSize(grid, location)
    try Self.refuseDegreesOffEarth(grid, layer, location)
    try Self.refuseImplausibleSize(dataset, band, location)
    let sources = dataset.sources(ofBand: bandNumber)
    try Self.refuseUnusable(sources, of: path, location)
    if let axis = sources.unevenAxis { throw Self.unevenGrid(axis, location) }
    if layer != Self.heightLayer { try Self.refuseMixedCodes(sources, location) }
    files = sources.files
    assumptions = sources.assumptions
    sourcesHaveCheckSums = sources.haveCheckSums
    furtherPages = dataset.furtherPages
    contradictions = dataset.contradictions(files: files, band: bandNumber)
    origin = dataset.origin
    isRemote = NetworkAccess.isRemote(path)
    (self.path, self.layer, self.band, self.bandNumber) = (path, layer, band, bandNumber)
    (bandIsChosen, bandCount) = (corrections.band != nil, try Self.valueBands(of: dataset))
    (driver, compression) = (dataset.driver, dataset.compression)
    losesDetail = sources.losesDetail
    (nodata, wholeNodata) =
      switch corrections.nodata {
      case .asDeclared: (band.nodata, band.wholeNodata)
      case .value(let value): (value, nil)
      case .none: (nil, nil)
      }
  }

  private static func valueBands(of dataset: borrowing RasterDataset) throws(HabitatError) -> Int {
    var count = 0
    for number in 1...dataset.bandCount where try !dataset.band(number).isAlpha { count += 1 }
    return count
  }
}
