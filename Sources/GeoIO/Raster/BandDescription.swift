import CGDAL

/// What a file says of one of its bands.
public struct BandDescription: Hashable, Sendable {
  /// GDAL's name of the cell type: `Byte`, `UInt16`, `Float32`, …
  public let typeName: String
  public let isFloatingPoint: Bool
  /// Two numbers a cell, as radar has them.
  public let isComplex: Bool
  public let cellBytes: Int
  /// A byte that runs from −128 to 127, which GDAL 3.6 only marks in the metadata.
  public let isSignedByte: Bool
  public let nodata: Double?
  /// The same exactly where it is whole: of 64 bits a `Double` holds 53.
  public let wholeNodata: Int128?
  public let scale: Double
  public let offset: Double
  public let blockColumns: Int
  public let blockRows: Int
  /// A mask or alpha band decides which cells have values.
  public let hasMask: Bool
  public let hasColourTable: Bool
  /// Red, green, blue or the like: a picture, not codes.
  public let isPicture: Bool
  /// Says which cells count, and holds no values.
  public let isAlpha: Bool
  /// `m`, `ft`, … as the file has it; empty where it says nothing.
  public let unit: String
  /// The name the file gives the band.
  public let description: String

  init(_ band: GDALRasterBandH) {
    let type = unsafe GDALGetRasterDataType(band)
    unsafe typeName = String(cString: GDALGetDataTypeName(type))
    cellBytes = Int(GDALGetDataTypeSizeBytes(type))
    isFloatingPoint = GDALDataTypeIsFloating(type) != 0
    isComplex = GDALDataTypeIsComplex(type) != 0
    let pixelType = unsafe GDALGetMetadataItem(band, "PIXELTYPE", "IMAGE_STRUCTURE")
    isSignedByte = unsafe pixelType.map { unsafe String(cString: $0) } == "SIGNEDBYTE"
    unsafe (nodata, wholeNodata) = Self.nodata(of: band, type)
    var known: Int32 = 0
    let scale = unsafe GDALGetRasterScale(band, &known)
    self.scale = known != 0 && scale != 0 ? scale : 1
    let offset = unsafe GDALGetRasterOffset(band, &known)
    self.offset = known != 0 ? offset : 0
    var (columns, rows) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(band, &columns, &rows)
    (blockColumns, blockRows) = (Int(columns), Int(rows))
    let flags = unsafe GDALGetMaskFlags(band)
    hasMask = flags & (GMF_ALL_VALID | GMF_NODATA) == 0
    unsafe hasColourTable = GDALGetRasterColorTable(band) != nil
    let interpretation = unsafe GDALGetRasterColorInterpretation(band)
    isPicture = [GCI_RedBand, GCI_GreenBand, GCI_BlueBand, GCI_AlphaBand].contains(interpretation)
    isAlpha = interpretation == GCI_AlphaBand
    unsafe unit = GDALGetRasterUnitType(band).map { unsafe String(cString: $0) } ?? ""
    unsafe description = GDALGetDescription(band).map { unsafe String(cString: $0) } ?? ""
  }

  /// GDAL has a function of its own for each type of 64 bits, and asks for it.
  private static func nodata(
    of band: GDALRasterBandH, _ type: GDALDataType
  ) -> (Double?, Int128?) {
    var known: Int32 = 0
    let whole: Int128?
    switch type {
    case GDT_Int64: whole = Int128(unsafe GDALGetRasterNoDataValueAsInt64(band, &known))
    case GDT_UInt64: whole = Int128(unsafe GDALGetRasterNoDataValueAsUInt64(band, &known))
    default:
      let value = unsafe GDALGetRasterNoDataValue(band, &known)
      return known != 0 ? (value, Int128(exactly: value)) : (nil, nil)
    }
    return known != 0 ? (whole.map { Double($0) }, whole) : (nil, nil)
  }
}
