import GeoIO
import RasterCore
import RasterLoader

/// A CRS of a country or a zone that a user chose for the grid, with land cover of a continent or the whole Earth:
/// without an extent the grid holds all of it, most of which the CRS is not made for.
struct GridAreaOfUse {
  let landCover: LandCoverOnGrid
  let customGrid: CustomGrid

  /// Places along each axis of the land cover.
  private static let steps = 32

  /// `nil` where at least half of the land cover lies in the area of use, where no definition says what that is, and
  /// where the user chose an extent.
  ///
  /// - Parameter parks: `nil` where the whole raster is the one area to report on.
  /// - Throws: `.input`, slug `no-transform`.
  func warning(_ parks: ParkCollection?) throws(HabitatError) -> HabitatWarning? {
    guard customGrid.extent == nil, let crs = customGrid.crs, !crs.isSame(as: landCover.own.crs),
      let area = crs.areaOfUse, try !holdsHalf(area)
    else { return nil }
    let grid = landCover.source.grid
    let box = try parks.flatMap { (parks) throws(HabitatError) in
      try ParkBoxes(parks.parks, crs: parks.crs).window(within: ParkReach(), on: grid)
    }
    return HabitatWarning(
      "crs-area",
      "most of the land cover lies outside the area of use of \(crs.name) (\(area.name.shortened(to: 80)), "
        + "\(area.boxText)); the grid holds all of it, with \(Double(grid.columns).grouped(decimals: 0)) × "
        + "\(Double(grid.rows).grouped(decimals: 0)) cells",
      at: "--crs",
      fix: (box.map {
        "choose the part around the parks, which lie in \(grid.part($0).extentText), with --extent parks"
      }
        ?? "choose a part with --extent W,S,E,N in units of that CRS, or in degrees with --extent-crs EPSG:4326")
        + "; or a CRS that is made for all of it")
  }

  private func holdsHalf(_ area: AreaOfUse) throws(HabitatError) -> Bool {
    let own = landCover.own
    let (columns, rows) = (Double(own.columns), Double(own.rows))
    var places: [Point] = []
    for row in 0..<Self.steps {
      for column in 0..<Self.steps {
        places.append(
          own.point(
            column: columns * (Double(column) + 0.5) / Double(Self.steps),
            row: rows * (Double(row) + 0.5) / Double(Self.steps)))
      }
    }
    let degrees = try CoordinateReferenceSystem(userInput: "EPSG:4326")
    try CoordinateTransform(from: own.crs, to: degrees).transform(&places)
    let found = places.filter(\.x.isFinite)
    return 2 * found.count { area.holds($0) } >= found.count
  }
}

extension AreaOfUse {
  /// For people.
  fileprivate var boxText: String {
    let numbers = [west, east, south, north].map { $0.formatted(decimals: 1) }
    return "\(numbers[0])…\(numbers[1])° by \(numbers[2])…\(numbers[3])°"
  }
}
