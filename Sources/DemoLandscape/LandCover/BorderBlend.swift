import RasterCore

/// 0 on the one side of the border, 1 on the other, rising over some kilometres: the thresholds of
/// the two parks pass into one another instead of meeting at a line.
struct BorderBlend: Sendable {
  private let lattice = Frame.lattice(step: 480)
  private let values: [Double]

  init() {
    let lattice = lattice
    let corners = Park.places([
      (131.26, 43.95), (131.24, 45.0), (128.0, 45.0), (128.0, 42.0), (130.69, 42.0),
      (130.62, 42.42),
    ])
    let side = Chain(
      points: (Park.sharedBorder + corners).map { TransverseMercator.project($0) })
    let sharp = parallelPieces(lattice.rows) { row in
      (0..<lattice.columns).map { column in
        side.encloses(lattice.point(row * lattice.columns + column)) ? 1.0 : 0.0
      }
    }
    values = Self.blurred(Self.blurred(sharp, lattice), lattice)
  }

  func value(at point: Point) -> Double {
    LatticePosition(of: point, on: lattice).bilinear(values)
  }

  /// Mean of 11 × 11 nodes, the edge's repeated beyond it.
  private static func blurred(_ values: [Double], _ lattice: Lattice) -> [Double] {
    let (columns, rows) = (lattice.columns, lattice.rows)
    var (across, both) = (values, values)
    for node in values.indices {
      let column = node % columns
      var sum = 0.0
      for offset in -5...5 {
        sum += values[node - column + min(max(column + offset, 0), columns - 1)]
      }
      across[node] = sum / 11
    }
    for node in values.indices {
      let (row, column) = node.quotientAndRemainder(dividingBy: columns)
      var sum = 0.0
      for offset in -5...5 { sum += across[min(max(row + offset, 0), rows - 1) * columns + column] }
      both[node] = sum / 11
    }
    return both
  }
}
