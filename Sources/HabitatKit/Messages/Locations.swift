import RasterCore
import RasterLoader

extension Landscape {
  /// What names its inputs, for messages: the landscape file, else the land cover.
  var location: String {
    if let file { return "landscape: \(file)" }
    return landCover == nil ? "landscape: \(name)" : landCoverLocation
  }

  /// The land cover as it is named; in whatever order that is done they are the same tiles.
  var landCoverLocation: String {
    "landcover: \(Set(landCover?.paths ?? []).sorted().listed)"
  }
}

extension Grid {
  /// The extent for people.
  var extentText: String {
    let digits = crs.isGeographic ? 4 : 0
    let box = alone.extent
    let numbers = [box.minX, box.minY, box.maxX, box.maxY].map {
      $0.formatted(decimals: digits)
    }
    return "\(numbers[0])…\(numbers[2]) by \(numbers[1])…\(numbers[3])"
  }
}
