/// How the area of a cell is spread from its upper to its lower edge, row by row.
///
/// In a degree of latitude the southern half of a cell is the larger one (north of the equator), so
/// half a cell is not half its area. A row's density is 1 + slope·(v − ½) + curvature·((v − ½)² − 1⁄12)
/// at the share v (0…1) of the way down, 1 on average.
public struct RowDensity: Hashable, Sendable {
  /// One a row, or none where every row is even.
  private let slopes: [Double]
  private let curvatures: [Double]

  /// Area is spread evenly over each cell.
  public static let even = RowDensity()

  private init() { (slopes, curvatures) = ([], []) }

  /// - Parameter quarters: by row, the share of a cell's area in its upper quarter and in its upper
  ///   three quarters.
  init(quarters: [(first: Double, third: Double)]) {
    let terms = quarters.map { quarter in
      (first: (0.25 - quarter.first) * 16 / 3, third: (0.75 - quarter.third) * 16 / 3)
    }
    slopes = terms.map { $0.first + $0.third }
    curvatures = terms.map { 6 * ($0.third - $0.first) }
  }

  /// - Parameter edges: by row, a density on any scale at the upper edge, the middle and the lower edge.
  init(edges: [(upper: Double, middle: Double, lower: Double)]) {
    let means = edges.map { ($0.upper + 4 * $0.middle + $0.lower) / 6 }
    slopes = zip(edges, means).map { $1 > 0 ? ($0.lower - $0.upper) / $1 : 0 }
    curvatures = zip(edges, means).map {
      $1 > 0 ? 2 * ($0.upper - 2 * $0.middle + $0.lower) / $1 : 0
    }
  }

  /// The law of one row.
  func row(_ row: Int) -> Law {
    guard !slopes.isEmpty else { return Law(slope: 0, curvature: 0) }
    return Law(slope: slopes[row], curvature: curvatures[row])
  }

  /// The density within one row.
  struct Law {
    let slope: Double
    let curvature: Double

    /// Share of the area above the share `depth` of the way down; exactly 0 at 0 and 1 at 1.
    @inline(__always) func cumulative(_ depth: Double) -> Double {
      depth - depth * (1 - depth) * (slope / 2 - curvature * (1 - 2 * depth) / 6)
    }

    /// Change of the density a cell's height on.
    @inline(__always) func gradient(_ depth: Double) -> Double {
      slope + 2 * curvature * (depth - 0.5)
    }
  }
}
