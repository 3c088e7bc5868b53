import GeoIO
import RasterCore

/// The meridian along which a map cuts the Earth open, half a turn from its middle: a polygon that lies
/// across it has its parts at both ends of the map.
struct MapSeam: Sendable {
  /// The CRS that counts the longitudes: the map's own, or that under its projection.
  let crs: CoordinateReferenceSystem
  /// Longitude, in units of `crs`.
  let middle: Double
  /// In units of `crs`.
  private let turn: Double
  /// How far from the middle, in turns, folded longitudes lie at the most.
  private let reach: Double

  /// - Parameter middle: longitude in units of `crs`, which is geographic.
  init(of crs: CoordinateReferenceSystem, middle: Double) {
    self.init(of: crs, middle: middle, reach: 0.5)
  }

  private init(of crs: CoordinateReferenceSystem, middle: Double, reach: Double) {
    guard let turn = crs.turn else { preconditionFailure("a seam needs longitudes") }
    (self.crs, self.middle, self.turn, self.reach) = (crs, middle, turn, reach)
  }

  /// Of a grid in degrees the seam lies opposite to it. A projection has one where places close to each other,
  /// west and east of the meridian opposite to its central one, lie apart on the map.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  init?(of grid: Grid) throws(HabitatError) {
    if grid.crs.isGeographic {
      self.init(of: grid.crs, middle: (grid.extent.minX + grid.extent.maxX) / 2)
      return
    }
    let base = grid.crs.geographicBase
    // The seam itself has two places on the map; a twentieth of a millimetre beside it there is one.
    self.init(of: base, middle: grid.crs.centralMeridian / base.unit, reach: 0.5 - 1e-12)
    let toMap = try CoordinateTransform(from: base, to: grid.crs)
    let kilometre = 1000 / grid.crs.unit
    let isTorn = [-60.0, -30, 0, 30, 60].contains { degrees in
      let latitude = degrees / 360 * turn
      let (west, east) = (
        toMap.transform(Point(x: middle - turn * (0.5 - 1e-9), y: latitude)),
        toMap.transform(Point(x: middle + turn * (0.5 - 1e-9), y: latitude))
      )
      return max(abs(west.x - east.x), abs(west.y - east.y)) > kilometre
    }
    guard isTorn else { return nil }
  }

  /// Whether some vertex lies within a twentieth of a turn of the seam, or an edge runs across.
  func isNear(_ ring: [Point]) -> Bool {
    guard let last = ring.last else { return false }
    func offset(_ point: Point) -> Double {
      (point.x - middle).remainder(dividingBy: turn)
    }
    var previous = offset(last)
    for point in ring {
      let next = offset(point)
      if abs(next) > 0.45 * turn || abs(next - previous) > 0.5 * turn { return true }
      previous = next
    }
    return false
  }

  /// The same land with all longitudes within half a turn of the middle: what lies across the seam is cut
  /// there.
  ///
  /// - Parameters:
  ///   - shape: in `crs`, rings whole, at any turn.
  ///   - mayHoldPole: a ring may go round a pole and then holds it; each longitude is within half a turn of the
  ///     one before.
  /// - Throws: `.input`, slug `polygon-overlay`.
  func folded(
    _ shape: PolygonShape, mayHoldPole: Bool = false
  ) throws(HabitatError) -> PolygonShape {
    guard mayHoldPole, shape.rings.contains(where: { turnsRound($0) != 0 }) else {
      return try foldedAside(shape)
    }
    // Rings round a pole begin at longitudes of their own, so each is closed and folded for itself.
    var folded = PolygonShape(rings: [])
    for polygon in polygons(of: shape) {
      var land = try foldedAside(PolygonShape(rings: [polygon[0]]))
      for hole in polygon.dropFirst() {
        let water = try foldedAside(PolygonShape(rings: [hole.reversed()]))
        land = try PolygonOverlay.difference(land, water)
      }
      folded.rings += land.rings
    }
    return folded
  }

  /// The same of a shape none of whose rings goes round a pole.
  private func foldedAside(_ shape: PolygonShape) throws(HabitatError) -> PolygonShape {
    guard let box = shape.extent else { return shape }
    let (first, last) = (turns(box.minX, 1e-12), turns(box.maxX, -1e-12))
    guard first < last else { return withinReach(shape, -first) }
    var folded = PolygonShape(rings: [])
    for index in stride(from: first, through: last, by: 1) {
      let frame = Extent(
        minX: middle + (index - 0.5) * turn, minY: box.minY - turn,
        maxX: middle + (index + 0.5) * turn, maxY: box.maxY + turn)
      let part = try PolygonOverlay.intersection(shape, PolygonShape(rings: [frame.corners]))
      folded.rings += withinReach(part, -index).rings
    }
    return folded
  }

  /// How many turns a longitude lies from the middle's.
  private func turns(_ longitude: Double, _ nudge: Double) -> Double {
    ((longitude - middle) / turn + nudge).rounded()
  }

  /// A shape within half a turn of the middle, but for so many turns, there and off the seam.
  private func withinReach(_ shape: PolygonShape, _ turns: Double) -> PolygonShape {
    let (west, east) = (middle - reach * turn, middle + reach * turn)
    return PolygonShape(
      rings: shape.rings.map { ring in
        ring.map { Point(x: min(max($0.x + turns * turn, west), east), y: $0.y) }
      })
  }

  // MARK: Poles

  /// How many turns further east a ring ends than it began: 0 of one that does not go round a pole.
  private func turnsRound(_ ring: [Point]) -> Double {
    guard let first = ring.first, let last = ring.last else { return 0 }
    return ((last.x - first.x) / turn).rounded()
  }

  /// Shells, each with its holes; rings that go round a pole are closed along it.
  private func polygons(of shape: PolygonShape) -> [[[Point]]] {
    var polygons: [[[Point]]] = []
    var pole = 0.0
    for ring in shape.rings {
      var ring = ring
      let turns = turnsRound(ring)
      if turns != 0 {
        // A shell runs counter-clockwise, so eastwards it holds the north pole; its holes take the same.
        if pole == 0 { pole = turns > 0 ? turn / 4 : -turn / 4 }
        let (first, end) = (ring[0], ring[0].x + turns * turn)
        ring += [
          Point(x: end, y: first.y), Point(x: end, y: pole), Point(x: first.x, y: pole),
        ]
      }
      if ring.signedArea > 0 || polygons.isEmpty {
        polygons.append([ring])
      } else {
        polygons[polygons.count - 1].append(ring)
      }
    }
    return polygons
  }
}
