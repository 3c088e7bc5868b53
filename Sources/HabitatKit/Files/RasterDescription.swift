import GeoIO
public import RasterCore
import RasterLoader

/// A raster file as it describes itself, fit for use or not.
public struct RasterDescription: Hashable, Sendable {
  public let layer: String
  public let path: String
  public let driver: String
  public let columns: Int
  public let rows: Int
  public let bandCount: Int
  /// `nil` where the file has no band.
  public let typeName: String?
  public let crs: CoordinateReferenceSystem?
  public let geotransform: Geotransform?
  public let nodata: Double?
  public let compression: String?
  public let hasColours: Bool
  public let hasMask: Bool
  public let unit: String
  /// Bytes of the file, `nil` where it is none of its own.
  public let bytes: Int?
  /// Metadata of the file and of the band, and the names of its codes: for recognising products.
  let descriptions: [String]
  let categoryNames: [String]

  /// - Throws: `.input`, slug `band-missing`.
  init(
    of dataset: borrowing RasterDataset, layer: String, band: Int
  ) throws(HabitatError) {
    (self.layer, path, driver) = (layer, dataset.path, dataset.driver)
    (columns, rows, bandCount) = (dataset.columns, dataset.rows, dataset.bandCount)
    (crs, geotransform) = (dataset.crs, dataset.geotransform)
    compression = dataset.compression
    if case .bytes(let bytes) = FileSystem.size(of: path) {
      self.bytes = bytes
    } else {
      bytes = nil
    }
    var descriptions = dataset.metadata.map { "\($0.key) \($0.value)" }
    guard (1...max(1, bandCount)).contains(band), bandCount > 0 else {
      (typeName, nodata, hasColours, hasMask, unit) = (nil, nil, false, false, "")
      (self.descriptions, categoryNames) = (descriptions, [])
      return
    }
    let description = try dataset.band(band)
    typeName = description.isSignedByte ? "Int8" : description.typeName
    (nodata, unit) = (description.nodata, description.unit)
    (hasColours, hasMask) = (description.hasColourTable, description.hasMask)
    descriptions += dataset.metadata(ofBand: band).map { "\($0.key) \($0.value)" }
    descriptions.append(description.description)
    categoryNames = dataset.categoryNames(ofBand: band)
    self.descriptions = descriptions
  }

  /// The cell's size and unit for people.
  var cellText: String {
    guard let geotransform else { return "no grid" }
    let (x, y) = (abs(geotransform.columnStepX), abs(geotransform.rowStepY))
    guard let crs else { return "\(x) × \(y)" }
    if crs.isGeographic {
      let seconds = [x, y].map { ($0 * crs.unit * 180 / .pi * 3600 * 1e4).rounded() / 1e4 }
      let degrees =
        seconds[0] == seconds[1] ? "\(seconds[0])″" : "\(seconds[0])″ × \(seconds[1])″"
      guard columns > 0, rows > 0 else { return degrees }
      // The side of a square as large as the cell in the middle, as warnings tell it.
      let grid = Grid(crs: crs, geotransform: geotransform, columns: columns, rows: rows)
      let side = grid.middleCellArea.squareRoot()
      return degrees + " (about \(side.grouped(decimals: side < 100 ? 1 : 0)) m)"
    }
    let metres = [x, y].map { ($0 * crs.unit * 1000).rounded() / 1000 }
    return metres[0] == metres[1] ? "\(metres[0]) m" : "\(metres[0]) × \(metres[1]) m"
  }
}
