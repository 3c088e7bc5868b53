import GeoIO
import RasterCore

extension CustomGrid {
  /// The part of a grid that is asked for: a box, or that of the parks.
  ///
  /// - Parameter parks: around which the grid lies where that is asked for.
  /// - Throws: `.usage`, slug `bad-grid`; `.input`, slug `no-transform`.
  func restricted(_ unrestricted: Grid, to parks: ParkBoxes?) throws(HabitatError) -> Grid {
    switch extent {
    case nil: unrestricted
    case .box(let box, let crs):
      try restricted(unrestricted, to: try Self.extent(box, in: crs, on: unrestricted))
    case .parks(let reach):
      try parks.flatMap { parks throws(HabitatError) in
        try parks.window(within: reach, on: unrestricted)
      }.map { unrestricted.part($0) } ?? unrestricted
    }
  }

  /// The option by which the grid goes with the parks, where it does.
  var optionOfParks: String? {
    if case .parks = extent { return "--extent" }
    return mask == nil ? nil : "--mask"
  }
}

extension HabitatError {
  /// A grid that goes with parks that nobody has given.
  static func gridWithoutParks(_ option: String) -> HabitatError {
    HabitatError(
      .usage, "bad-option", "the grid is to go with the parks, and there are no parks", at: option,
      fix: "add --parks FILE"
        + (option == "--extent" ? ", or write the box as west,south,east,north" : ""))
  }
}
