import Foundation
import GeoIO
public import RasterCore

/// What distances are measured to: points, lines and polygons near a grid, sorted for search. A value:
/// every task makes a `DistanceSampler` of its own from it.
///
/// Distances are straight lines through the ellipsoid, bent to arcs: shorter than geodesics by less than
/// 1 mm at 100 km. Memory grows with the sources, and with the cells that their lines and areas take up
/// by a run of 8 bytes in each row, never with the raster.
public struct DistanceSource: Sendable {
  /// The analysis grid.
  public let grid: Grid
  /// Metres; greater distances count as this one.
  public let limit: Double
  /// Longitude and latitude on the ellipsoid that is measured on.
  let ground: CoordinateReferenceSystem
  let tree: SegmentTree
  /// Cells at no distance: a line passes them, or their centre lies in a polygon. They may be of a larger part
  /// of the grid's whole.
  let touched: CellRuns

  /// No source is near enough to matter: every cell is at the limit.
  public var isEmpty: Bool { tree.isEmpty && touched.runs.isEmpty }

  /// Pieces no longer than this, in metres, leave the curve of an edge by less than a hundredth of a cell:
  /// ℓ²/8R for the ground, and as much for the plane of the CRS.
  static func pieceLength(on grid: Grid) -> Double {
    let cell = grid.middleCellArea.squareRoot()
    return max(20, min(2000, (0.04 * 6.4e6 * cell).squareRoot()))
  }
}

/// A box in space around a grid, beyond which nothing matters.
struct Neighbourhood: Sendable {
  private var low = SIMD3<Double>(repeating: .infinity)
  private var high = SIMD3<Double>(repeating: -.infinity)

  init() {}

  /// - Parameter margin: metres.
  init(of grid: Grid, _ field: borrowing GroundField, margin: Double) {
    let steps = 32
    let places = field.places(of: grid.placesOnWhole(steps: steps))
    var spacing = 0.0
    for (index, place) in places.enumerated() where place.x.isFinite {
      add(place)
      if index % (steps + 1) < steps { spacing.formMaximum((place - places[index + 1]).length) }
      if index + steps + 1 < places.count {
        spacing.formMaximum((place - places[index + steps + 1]).length)
      }
    }
    low -= margin + spacing
    high += margin + spacing
  }

  mutating func add(_ place: SIMD3<Double>) {
    low = pointwiseMin(low, place)
    high = pointwiseMax(high, place)
  }

  func overlaps(_ other: Neighbourhood) -> Bool {
    all(low .<= other.high) && all(other.low .<= high)
  }

  /// `false` where one of the places is none.
  func mayHold(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Bool {
    a.x.isFinite && b.x.isFinite && all(pointwiseMin(a, b) .<= high)
      && all(low .<= pointwiseMax(a, b))
  }
}

extension Double {
  fileprivate mutating func formMaximum(_ other: Double) {
    // Comparisons with NaN are false.
    if other > self { self = other }
  }
}
