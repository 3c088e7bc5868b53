import GeoIO
import RasterCore

/// The places of the cells of a grid's whole on the ellipsoid, in metres from its centre; owned by one task.
///
/// Square patches of cells, aligned to the whole's corner, are placed by a biquadratic polynomial through nine
/// exact places: so a place depends on the cell alone, never on the block it is asked for in.
struct GroundField: ~Copyable {
  /// Metres of ground; a two-hundredth of a cell, where the rule of distances allows three quarters.
  let tolerance: Double
  private let grid: Grid
  private let ground: CoordinateReferenceSystem
  private let transform: CoordinateTransform

  /// - Parameter ground: longitude and latitude on the ellipsoid that is measured on.
  init(of grid: Grid, on ground: CoordinateReferenceSystem) throws(HabitatError) {
    tolerance = 0.005 * grid.middleCellArea.squareRoot()
    (self.grid, self.ground) = (grid.whole, ground)
    transform = try CoordinateTransform(from: grid.crs, to: ground)
  }

  /// The exact places of positions in columns and rows of the whole; NaN where the projection has no image.
  func places(of positions: [Point]) -> [SIMD3<Double>] {
    var points = positions.map { grid.point(column: $0.x, row: $0.y) }
    transform.transform(&points)
    return points.map { ground.place($0) }
  }

  /// A square of cells placed by one polynomial.
  struct Patch {
    let column: Int
    let row: Int
    let size: Int
    /// The place of the middle.
    let origin: SIMD3<Double>
    /// Metres from `origin` in powers of the share of the way across (inner) and down (outer), 0…1.
    fileprivate let coefficients: InlineArray<9, SIMD3<Float>>
    /// Cells as near one another as four lie on a plane, evenly spaced.
    let isFlat: Bool

    /// The place of a position (columns and rows of the grid) relative to `origin`.
    @inline(__always) func place(_ x: Float, _ y: Float) -> SIMD3<Float> {
      let scale = 1 / Float(size)
      let (t, u) = (x * scale, y * scale)
      let c = coefficients
      let first = c[0] + t * (c[1] + t * c[2])
      let second = c[3] + t * (c[4] + t * c[5])
      let third = c[6] + t * (c[7] + t * c[8])
      return first + u * (second + u * third)
    }

    /// How far the place moves by a cell across and down.
    @inline(__always) func steps(_ x: Float, _ y: Float) -> (SIMD3<Float>, SIMD3<Float>) {
      let scale = 1 / Float(size)
      let (t, u) = (x * scale, y * scale)
      let c = coefficients
      let across = (c[1] + 2 * t * c[2]) + u * ((c[4] + 2 * t * c[5]) + u * (c[7] + 2 * t * c[8]))
      let down =
        (c[3] + t * (c[4] + t * c[5])) + 2 * u * (c[6] + t * (c[7] + t * c[8]))
      return (across * scale, down * scale)
    }
  }

  /// The polynomial of a square of cells, `nil` where none is good enough.
  func patch(column: Int, row: Int, size: Int) -> Patch? {
    // The error of quadratic interpolation at 0, ½, 1 peaks near 0.211 and 0.789.
    let (low, high) = (0.211_324_865, 0.788_675_135)
    var shares: [Point] = []
    for y in [0, 0.5, 1] { for x in [0, 0.5, 1] { shares.append(Point(x: x, y: y)) } }
    shares += [Point(x: low, y: low), Point(x: low, y: high), Point(x: high, y: 0.5)]
    let side = Double(size)
    let exact = places(
      of: shares.map {
        Point(x: Double(column) + $0.x * side, y: Double(row) + $0.y * side)
      })
    let origin = exact[4]
    let nodes = exact.prefix(9).map { $0 - origin }
    func powers(
      _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>
    ) -> [SIMD3<Double>] { [a, -3 * a + 4 * b - c, 2 * a - 4 * b + 2 * c] }
    let rows = (0..<3).map { powers(nodes[3 * $0], nodes[3 * $0 + 1], nodes[3 * $0 + 2]) }
    var coefficients = InlineArray<9, SIMD3<Float>>(repeating: .zero)
    for i in 0..<3 {
      let column = powers(rows[0][i], rows[1][i], rows[2][i])
      for j in 0..<3 { coefficients[3 * j + i] = SIMD3<Float>(column[j]) }
    }
    // Across four cells the bend is that of the square terms by the share of the patch they span.
    let span = Float(4 / side)
    let bend = [2, 4, 5, 6, 7, 8].map { coefficients[$0].length }.reduce(0, +) * span * span
    let patch = Patch(
      column: column, row: row, size: size, origin: origin, coefficients: coefficients,
      isFlat: Double(bend) <= tolerance)
    for (share, place) in zip(shares[9...], exact[9...]) {
      let found = patch.place(Float(share.x * side), Float(share.y * side))
      // Written so that NaN fails too.
      guard (SIMD3<Double>(found) - (place - origin)).length <= tolerance else { return nil }
    }
    return patch
  }
}

extension SIMD3 where Scalar: FloatingPoint {
  @inline(__always) var length: Scalar { squaredLength.squareRoot() }
  @inline(__always) var squaredLength: Scalar { x * x + y * y + z * z }
}

extension CoordinateReferenceSystem {
  /// Metres from the ellipsoid's centre, of a point of this geographic CRS.
  func place(_ point: Point) -> SIMD3<Double> {
    ellipsoid.geocentric(longitude: point.x * unit, latitude: point.y * unit)
  }
}
