public import Foundation

/// A NetCDF file of bytes on latitudes and longitudes, in the classic format, written by hand.
///
/// Source: NetCDF Classic Format Specification, "The NetCDF File Format", Unidata.
public struct NetCDFFile {
  private let latitudes: [Double]
  private let longitudes: [Double]
  private let layers: [(name: String, cells: [UInt8])]

  /// - Parameter layers: names and cells, row by row from the north.
  public init(
    west: Double, north: Double, step: Double, columns: Int, rows: Int,
    layers: [(name: String, cells: [UInt8])]
  ) {
    self.init(
      latitudes: (0..<rows).map { north - step * (Double($0) + 0.5) },
      longitudes: (0..<columns).map { west + step * (Double($0) + 0.5) }, layers: layers)
  }

  /// Rows and columns wherever their centres are said to be.
  public init(
    latitudes: [Double], longitudes: [Double], layers: [(name: String, cells: [UInt8])]
  ) {
    (self.latitudes, self.longitudes, self.layers) = (latitudes, longitudes, layers)
  }

  private struct Variable {
    var name: String
    var dimensions: [Int]
    var attributes: [(String, String)]
    var type: Int
    var data: [UInt8]
  }

  public var bytes: Data {
    func doubles(_ values: [Double]) -> [UInt8] {
      values.flatMap { value in
        stride(from: 56, through: 0, by: -8).map { UInt8(value.bitPattern >> UInt64($0) & 255) }
      }
    }
    var variables = [
      Variable(
        name: "lat", dimensions: [0],
        attributes: [("units", "degrees_north"), ("standard_name", "latitude")], type: 6,
        data: doubles(latitudes)),
      Variable(
        name: "lon", dimensions: [1],
        attributes: [("units", "degrees_east"), ("standard_name", "longitude")], type: 6,
        data: doubles(longitudes)),
    ]
    variables.append(
      Variable(
        name: "crs", dimensions: [],
        attributes: [("grid_mapping_name", "latitude_longitude"), ("spatial_ref", Self.wgs84)],
        type: 4, data: [0, 0, 0, 0]))
    for layer in layers {
      variables.append(
        Variable(
          name: layer.name, dimensions: [0, 1],
          attributes: [("_Unsigned", "true"), ("grid_mapping", "crs")], type: 1,
          data: layer.cells))
    }
    var offset = header(variables, offsets: variables.map { _ in 0 }).count
    var offsets: [Int] = []
    for variable in variables {
      offsets.append(offset)
      offset += Self.padded(variable.data).count
    }
    return Data(header(variables, offsets: offsets) + variables.flatMap { Self.padded($0.data) })
  }

  private func header(_ variables: [Variable], offsets: [Int]) -> [UInt8] {
    var header = [UInt8]("CDF\u{1}".utf8) + Self.number(0)
    header += Self.number(10) + Self.number(2)
    header += Self.text("lat") + Self.number(latitudes.count)
    header += Self.text("lon") + Self.number(longitudes.count)
    header += Self.attributes([("Conventions", "CF-1.6")])
    header += Self.number(11) + Self.number(variables.count)
    for (variable, offset) in zip(variables, offsets) {
      header += Self.text(variable.name) + Self.number(variable.dimensions.count)
      header += variable.dimensions.flatMap(Self.number) + Self.attributes(variable.attributes)
      header += Self.number(variable.type) + Self.number(Self.padded(variable.data).count)
      header += Self.number(offset)
    }
    return header
  }

  private static let wgs84 =
    "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
    + "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],AUTHORITY[\"EPSG\",\"4326\"]]"

  private static func attributes(_ list: [(String, String)]) -> [UInt8] {
    number(12) + number(list.count)
      + list.flatMap { text($0.0) + number(2) + text($0.1) }
  }

  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 255) }
  }

  private static func text(_ text: String) -> [UInt8] {
    number(text.utf8.count) + padded([UInt8](text.utf8))
  }

  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
  }
}
