import GeoIO
import RasterCore
import RasterLoader

/// Layers whose datum PROJ cannot carry properly to that of the analysis grid, where they lie on it.
struct DatumWarnings {
  /// The grid of the analysis.
  let grid: Grid

  func warnings(
    _ landCover: LandCoverSource, _ elevation: ElevationSource?,
    _ refinement: LandCoverRefinement?, _ parks: ParkCollection?
  ) throws(HabitatError) -> [HabitatWarning] {
    var rasters = [("landcover", landCover.sampledTiles.map(\.grid))]
    rasters.append(("dem", elevation?.lattices.map(\.grid) ?? []))
    for part in refinement?.parts ?? [] {
      rasters.append((part.layer.rawValue, part.source.sampledTiles.map(\.grid)))
    }
    var warnings: [HabitatWarning] = []
    for (name, grids) in rasters {
      var seen: Set<CoordinateReferenceSystem> = []
      for crs in grids.map(\.crs) where seen.insert(crs).inserted && !crs.isSame(as: grid.crs) {
        var places: [Point] = []
        for own in grids where own.crs == crs { places += try self.places(of: own) }
        warnings += try warning(of: name, crs, at: places).map { [$0] } ?? []
      }
    }
    guard let parks, !parks.crs.isSame(as: grid.crs) else { return warnings }
    let middles = parks.parks.compactMap(\.shape.extent).prefix(64).map(\.middle)
    let places = try onGrid(Array(middles), parks.crs)
    return warnings + (try warning(of: "parks", parks.crs, at: places).map { [$0] } ?? [])
  }

  /// The same of a layer of features, which may lie all over the grid.
  func warning(
    ofFeatures name: String, _ crs: CoordinateReferenceSystem
  ) throws(HabitatError) -> HabitatWarning? {
    guard !crs.isSame(as: grid.crs) else { return nil }
    var places = grid.spreadPlaces
    try CoordinateTransform(from: grid.crs, to: crs).transform(&places)
    return try warning(of: name, crs, at: places.filter(\.x.isFinite))
  }

  /// Places where a raster and the grid both are, in the raster's CRS.
  private func places(of own: Grid) throws(HabitatError) -> [Point] {
    var places = grid.spreadPlaces
    try CoordinateTransform(from: grid.crs, to: own.crs).transform(&places)
    return try onGrid(own.spreadPlaces, own.crs) + places.filter(own.holds)
  }

  private func onGrid(
    _ points: [Point], _ crs: CoordinateReferenceSystem
  ) throws(HabitatError) -> [Point] {
    var images = points
    try CoordinateTransform(from: crs, to: grid.crs).transform(&images)
    return zip(points, images).filter { grid.holds($0.1) }.map(\.0)
  }

  private func warning(
    of name: String, _ crs: CoordinateReferenceSystem, at places: [Point]
  ) throws(HabitatError) -> HabitatWarning? {
    let way = "from the datum of \(crs.name) to that of \(grid.crs.name)"
    let what: String
    switch try DatumShift(from: crs, to: grid.crs, at: places) {
    case .sound: return nil
    case .unknown:
      what =
        "PROJ has no transformation \(way) here: coordinates are taken as they are, which may be 100 m off"
    case .ofAnotherArea(let area):
      what =
        "PROJ's only shift \(way) is meant for another area (\(area)): places may be 100 m off"
    case .coarse(let metres):
      what = "PROJ's shift \(way) is right to \(metres.formatted(decimals: 0)) m only"
    }
    return HabitatWarning(
      "datum-shift-rough", what, at: name,
      fix: "give the layer in the CRS of the land cover, shifted with parameters that you trust")
  }
}

extension Extent {
  fileprivate var middle: Point { Point(x: (minX + maxX) / 2, y: (minY + maxY) / 2) }
}

extension Grid {
  /// Five by five places from rim to rim, in the CRS.
  fileprivate var spreadPlaces: [Point] {
    places(steps: 4).map { geotransform.point(column: $0.x, row: $0.y) }
  }

  fileprivate func holds(_ point: Point) -> Bool {
    let index = index(ofNearestTurnOf: point)
    // Written so that NaN fails too; the rim is in, for it was rounded.
    return index.x > -1e-3 && index.y > -1e-3 && index.x < Double(columns) + 1e-3
      && index.y < Double(rows) + 1e-3
  }
}
