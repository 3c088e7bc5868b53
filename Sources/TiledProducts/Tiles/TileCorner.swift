/// A tile of a product by degrees, called by the south-west corner of the degrees that it covers.
package struct TileCorner: Hashable, Comparable, Sendable {
  /// −180…179.
  package let longitude: Int
  /// −90…89.
  package let latitude: Int

  package init(longitude: Int, latitude: Int) {
    (self.longitude, self.latitude) = (longitude, latitude)
  }

  /// For example `N42E129`.
  package var name: String { northOrSouth + latitudeDigits + eastOrWest + longitudeDigits }

  var northOrSouth: String { latitude < 0 ? "S" : "N" }
  var eastOrWest: String { longitude < 0 ? "W" : "E" }
  var latitudeDigits: String { Self.digits(latitude, 2) }
  var longitudeDigits: String { Self.digits(longitude, 3) }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(abs(number))
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }

  /// From south to north, then from west to east.
  package static func < (one: TileCorner, other: TileCorner) -> Bool {
    (one.latitude, one.longitude) < (other.latitude, other.longitude)
  }
}
