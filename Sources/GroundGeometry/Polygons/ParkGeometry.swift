import GeoIO
package import RasterCore
package import ZonalStatistics

/// Where polygons of the parks' CRS lie on the analysis grid, and what they measure on the ellipsoid
/// of the parks' datum.
package struct ParkGeometry: ~Copyable {
  /// Longitude and latitude on the parks' datum.
  private let geographic: CoordinateReferenceSystem
  private let parksCRS: CoordinateReferenceSystem
  private let grid: Grid
  private let toGeographic: CoordinateTransform
  private let toGrid: CoordinateTransform
  private let gridToGeographic: CoordinateTransform
  /// Where the grid's CRS cuts the Earth open, the way there and on to the grid.
  private let seam: MapSeam?
  private let toSeam: CoordinateTransform
  private let seamToGrid: CoordinateTransform
  /// The grid's box in the parks' CRS with a margin: beyond it the grid's projection is not asked.
  private let neighbourhood: Extent?

  /// How far a chord may leave the curve of a park's edge, in metres.
  private let tolerance: Double

  /// A border of 400 km is then right to 80 m², a hundred-millionth of a park that has one.
  package static let finestTolerance = 2e-4
  /// Metres to a degree, to turn the tolerance into angles.
  private static let metresPerDegree = 111_000.0

  /// - Parameters:
  ///   - ground: longitude and latitude on the datum of all areas, the parks' own unless given.
  ///   - tolerance: how far a chord may leave the curve of an edge, in metres.
  package init(
    parksCRS: CoordinateReferenceSystem, grid: Grid, ground: CoordinateReferenceSystem? = nil,
    tolerance: Double = finestTolerance
  ) throws(HabitatError) {
    let geographic = ground ?? parksCRS.geographicBase
    let toGeographic = try CoordinateTransform(from: parksCRS, to: geographic)
    let toGrid = try CoordinateTransform(from: parksCRS, to: grid.crs)
    let gridToGeographic = try CoordinateTransform(from: grid.crs, to: geographic)
    let seam = try MapSeam(of: grid)
    let toSeam = try CoordinateTransform(from: parksCRS, to: seam?.crs ?? grid.crs)
    let seamToGrid = try CoordinateTransform(from: seam?.crs ?? grid.crs, to: grid.crs)
    neighbourhood = try Self.neighbourhood(of: grid, in: parksCRS)
    self.tolerance = tolerance
    self.parksCRS = parksCRS
    self.grid = grid
    self.geographic = geographic
    self.toGeographic = toGeographic
    self.toGrid = toGrid
    self.gridToGeographic = gridToGeographic
    self.seam = seam
    self.toSeam = toSeam
    self.seamToGrid = seamToGrid
  }

  /// What one polygon measures.
  package struct Measure {
    /// Square metres.
    package let area: Double
    /// Square metres beyond the grid.
    package let outside: Double
    package let coverage: ZoneCoverage
  }

  package func measure(
    _ shape: PolygonShape, _ shares: GroundShares, at location: String
  ) throws(HabitatError) -> Measure {
    let shape = turned(shape)
    let area = try area(of: shape, at: location)
    let (near, far) = try split(shape, at: location)
    let placed = try place(near, at: location)
    let farArea = far.isEmpty ? 0 : try self.area(of: far, at: location)
    let outside = farArea + (try areaBeyondGrid(placed, at: location))
    let rings = placed.rings.map { ring in ring.map { grid.index(of: $0) } }
    return Measure(
      area: area, outside: outside, coverage: try shares.coverage(of: rings))
  }

  /// What of a polygon lies near the grid, in the grid's CRS, for a drawing; `nil` where it has no image
  /// there.
  package func imageNearGrid(of shape: PolygonShape) -> PolygonShape? {
    do throws(HabitatError) {
      return try place(try split(turned(shape), at: "").near, at: "")
    } catch {
      return nil
    }
  }

  /// The rings of a polygon in degrees, each at the turn of longitude nearest to the grid.
  package func turned(_ shape: PolygonShape) -> PolygonShape {
    guard let turn = parksCRS.turn, let neighbourhood else { return shape }
    return shape.turned(near: (neighbourhood.minX + neighbourhood.maxX) / 2, turn: turn)
  }

  // MARK: Areas

  /// Square metres of a polygon of the parks' CRS, its edges straight there.
  package func area(of shape: PolygonShape, at location: String) throws(HabitatError) -> Double {
    guard
      let image = toGeographic.transformEdges(
        of: shape, tolerance: tolerance / Self.metresPerDegree, turn: geographic.turn)
    else { throw noImage(in: geographic, at: location) }
    return geographicArea(of: image, from: parksCRS)
  }

  /// - Parameter source: where the edges are straight; images of a plane may wind round a pole.
  private func geographicArea(
    of shape: PolygonShape, from source: CoordinateReferenceSystem
  ) -> Double {
    let unit = geographic.unit
    let rings = shape.rings.map { ring in ring.map { Point(x: $0.x * unit, y: $0.y * unit) } }
    return geographic.ellipsoid.area(ofRings: rings, wrapping: !source.isGeographic)
  }

  /// Square metres of a polygon of the grid's CRS that lie beyond the grid.
  private func areaBeyondGrid(
    _ shape: PolygonShape, at location: String
  ) throws(HabitatError) -> Double {
    guard let box = shape.extent, !grid.extent.contains(box) else { return 0 }
    let rectangle = PolygonShape(rings: [grid.extent.corners])
    return try areaOnGround(try PolygonOverlay.difference(shape, rectangle), at: location)
  }

  /// Square metres of a polygon of the grid's CRS.
  package func areaOnGround(
    _ shape: PolygonShape, at location: String
  ) throws(HabitatError) -> Double {
    guard
      let image = gridToGeographic.transformEdges(
        of: shape, tolerance: tolerance / Self.metresPerDegree, turn: geographic.turn)
    else { throw noImage(in: geographic, at: location) }
    return geographicArea(of: image, from: grid.crs)
  }

  // MARK: Places

  /// The part of a polygon near the grid, and the rest.
  package func split(
    _ shape: PolygonShape, at location: String
  ) throws(HabitatError) -> (near: PolygonShape, far: PolygonShape) {
    let nothing = PolygonShape(rings: [])
    guard let neighbourhood, let box = shape.extent, !neighbourhood.contains(box) else {
      return (shape, nothing)
    }
    var shape = shape
    if parksCRS.isGeographic {
      let middle = (neighbourhood.minX + neighbourhood.maxX) / 2
      shape = try MapSeam(of: parksCRS, middle: middle).folded(shape)
    }
    guard let folded = shape.extent, neighbourhood.overlaps(folded) else { return (nothing, shape) }
    let rectangle = PolygonShape(rings: [neighbourhood.corners])
    return (
      try PolygonOverlay.intersection(shape, rectangle),
      try PolygonOverlay.difference(shape, rectangle)
    )
  }

  /// A polygon of the parks' CRS in the grid's, cut where that cuts the Earth open.
  package func place(_ shape: PolygonShape, at location: String) throws(HabitatError)
    -> PolygonShape
  {
    let metre = grid.crs.isGeographic ? 1 / Self.metresPerDegree : 1 / grid.crs.unit
    if let seam, grid.crs.isGeographic || isNear(seam, shape) {
      guard
        let image = toSeam.transformEdges(
          of: shape, tolerance: tolerance / Self.metresPerDegree, turn: seam.crs.turn),
        let placed = seamToGrid.transformEdges(
          of: try seam.folded(image, mayHoldPole: !parksCRS.isGeographic),
          tolerance: tolerance * metre, turn: nil)
      else { throw noImage(in: grid.crs, at: location) }
      return placed
    }
    guard let placed = toGrid.transformEdges(of: shape, tolerance: tolerance * metre, turn: nil)
    else { throw noImage(in: grid.crs, at: location) }
    return placed
  }

  private func isNear(_ seam: MapSeam, _ shape: PolygonShape) -> Bool {
    shape.rings.contains { ring in
      var image = ring
      toSeam.transform(&image)
      return seam.isNear(image)
    }
  }

  private func noImage(in crs: CoordinateReferenceSystem, at location: String) -> HabitatError {
    HabitatError(
      .input, "no-transform", "an outline cannot be transformed to \(crs.name)", at: location,
      fix: "check the CRS of the parks, or set it with --assume-crs parks=EPSG:…")
  }

  /// The box of the grid in another CRS, half as large again and a degree more, `nil` where the grid's
  /// rim has no image there.
  private static func neighbourhood(
    of grid: Grid, in crs: CoordinateReferenceSystem
  ) throws(HabitatError) -> Extent? {
    let transform = try CoordinateTransform(from: grid.crs, to: crs)
    var points = grid.places(steps: 32).map { grid.point(column: $0.x, row: $0.y) }
    transform.transform(&points)
    guard points.allSatisfy(\.x.isFinite), let box = Extent(around: points) else { return nil }
    // A grid over the antimeridian has places at both ends of the range: all the world is near.
    if crs.isGeographic, box.width * crs.unit > Double.pi { return nil }
    let degree = crs.isGeographic ? 1.0 : metresPerDegree / crs.unit
    return box.expanded(byX: box.width / 4 + degree, y: box.height / 4 + degree)
  }
}
