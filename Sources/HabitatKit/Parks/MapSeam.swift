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

  /// - Parameter middle: longitude in units of `crs`, which is geographic.
  init(of crs: CoordinateReferenceSystem, middle: Double) {
    (self.crs, self.middle) = (crs, middle)
    turn = 2 * Double.pi / crs.unit
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
    self.init(of: base, middle: grid.crs.centralMeridian / base.unit)
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
    let shape = mayHoldPole ? closedAtPole(shape) : shape
    guard let box = shape.extent else { return shape }
    let (first, last) = (turns(box.minX, 1e-12), turns(box.maxX, -1e-12))
    guard first < last else { return shape.shifted(byX: -first * turn) }
    var folded = PolygonShape(rings: [])
    for index in stride(from: first, through: last, by: 1) {
      let frame = Extent(
        minX: middle + (index - 0.5) * turn, minY: box.minY - turn,
        maxX: middle + (index + 0.5) * turn, maxY: box.maxY + turn)
      let part = try PolygonOverlay.intersection(shape, PolygonShape(rings: [frame.corners]))
      folded.rings += part.shifted(byX: -index * turn).rings
    }
    return folded
  }

  /// How many turns a longitude lies from the middle's.
  private func turns(_ longitude: Double, _ nudge: Double) -> Double {
    ((longitude - middle) / turn + nudge).rounded()
  }

  /// A ring that goes round a pole ends a turn from where it began: it is closed along the pole.
  private func closedAtPole(_ shape: PolygonShape) -> PolygonShape {
    var pole: Double?
    return PolygonShape(
      rings: shape.rings.map { ring in
        guard let first = ring.first, let last = ring.last else { return ring }
        let end = first.x + turn * ((last.x - first.x) / turn).rounded()
        guard end != first.x else { return ring }
        // A shell runs counter-clockwise, so eastwards it holds the north pole; its holes take the same.
        let latitude = pole ?? (end > first.x ? turn / 4 : -turn / 4)
        pole = latitude
        return ring + [
          Point(x: end, y: first.y), Point(x: end, y: latitude), Point(x: first.x, y: latitude),
        ]
      })
  }
}

extension PolygonShape {
  fileprivate func shifted(byX shift: Double) -> PolygonShape {
    guard shift != 0 else { return self }
    return PolygonShape(
      rings: rings.map { ring in ring.map { Point(x: $0.x + shift, y: $0.y) } })
  }
}
