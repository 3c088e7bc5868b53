import RasterCore

/// One area to report on.
struct Park: Sendable {
  let id: String
  let name: String
  /// In the parks' CRS; empty where the file has no geometry.
  let shape: PolygonShape
  /// The file's outline was invalid; this is what GEOS made of it.
  var wasRepaired = false
}

extension [Park] {
  /// As numbers where all identifiers are whole numbers, else by the bytes of UTF-8.
  func inReportingOrder() -> [Park] {
    let numbers = compactMap { Int($0.id) }
    if numbers.count == count {
      return sorted { (Int($0.id)!, $0.id) < (Int($1.id)!, $1.id) }
    }
    return sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
  }
}
