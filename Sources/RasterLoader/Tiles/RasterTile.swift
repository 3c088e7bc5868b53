public import GeoIO
public import RasterCore

/// One raster file of a layer, as it describes itself and as the user corrects it.
public struct RasterTile: Hashable, Sendable {
  public let path: String
  public let bandNumber: Int
  public let band: BandDescription
  public let grid: Grid
  /// The value that means "no value"; the user's word wins over the file's.
  public let nodata: Double?
  /// The files the tile is made of, its own path among them.
  public let files: [String]
  /// The file gives longitude and latitude on an unknown datum; another CRS stands in.
  public let hasUnknownDatum: Bool

  /// What the user says of a layer where its files are silent or wrong.
  public struct Corrections: Hashable, Sendable {
    public enum Nodata: Hashable, Sendable {
      case asDeclared
      case value(Double)
      case none
    }
    public var crs: CoordinateReferenceSystem?
    public var nodata: Nodata
    public var band: Int
    public init(
      crs: CoordinateReferenceSystem? = nil, nodata: Nodata = .asDeclared, band: Int = 1
    ) {
      (self.crs, self.nodata, self.band) = (crs, nodata, band)
    }
  }

  /// - Parameters:
  ///   - layer: the layer's name for messages and options, for example `dem`.
  ///   - unknownDatum: the CRS that stands in for a geographic one of unknown datum.
  /// - Throws: `.input`: `not-a-raster`, `band-missing`, `crs-missing`, `georeference-missing`,
  ///   `grid-not-north-up`.
  public init(
    inspecting path: String, layer: String, _ corrections: Corrections,
    unknownDatum: CoordinateReferenceSystem
  ) throws(HabitatError) {
    let dataset = try RasterDataset(reading: path)
    let band = try dataset.band(corrections.band)
    let location = "\(layer): \(path)"
    guard let geotransform = dataset.geotransform else {
      throw HabitatError(
        .input, "georeference-missing",
        dataset.hasGroundControlPoints
          ? "the raster has ground control points but no grid" : "the raster has no geotransform",
        at: location, fix: "give it a grid, for example with gdalwarp or gdal_translate -a_ullr")
    }
    guard geotransform.isNorthUp else {
      throw HabitatError(
        .input, "grid-not-north-up", "the grid is rotated, sheared or runs from south to north",
        at: location, fix: "warp it to a north-up grid, for example with gdalwarp -r near")
    }
    guard var crs = corrections.crs ?? dataset.crs else {
      throw HabitatError(
        .input, "crs-missing", "the raster does not say which coordinate reference system it is in",
        at: location, fix: "if you know it, add --assume-crs \(layer)=EPSG:…")
    }
    hasUnknownDatum = crs.isGeographic && !crs.datumIsKnown
    if hasUnknownDatum { crs = unknownDatum }
    files = dataset.files
    (self.path, self.band, bandNumber) = (path, band, corrections.band)
    grid = Grid(
      crs: crs, geotransform: geotransform, columns: dataset.columns, rows: dataset.rows)
    nodata =
      switch corrections.nodata {
      case .asDeclared: band.nodata
      case .value(let value): value
      case .none: nil
      }
  }
}
