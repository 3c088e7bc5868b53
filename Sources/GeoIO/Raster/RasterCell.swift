import CGDAL

/// A type of cell that GDAL reads and writes directly.
public protocol RasterCell: BitwiseCopyable, Sendable {
  static var typeName: String { get }
  static var zero: Self { get }
}

extension UInt8: RasterCell { public static var typeName: String { "Byte" } }
extension Int16: RasterCell { public static var typeName: String { "Int16" } }
extension Int32: RasterCell { public static var typeName: String { "Int32" } }
extension Int64: RasterCell { public static var typeName: String { "Int64" } }
extension UInt64: RasterCell { public static var typeName: String { "UInt64" } }
extension Float: RasterCell { public static var typeName: String { "Float32" } }
extension Double: RasterCell { public static var typeName: String { "Float64" } }

extension RasterCell {
  static var gdalType: GDALDataType { unsafe GDALGetDataTypeByName(typeName) }
}
