import RasterCore

/// Square nodes on the plane of UTM 52N, row 0 north; the first node lies on (`minX`, `maxY`).
struct Lattice: Hashable, Sendable {
  let minX: Double
  let maxY: Double
  let step: Double
  let columns: Int
  let rows: Int

  var count: Int { columns * rows }

  func point(_ node: Int) -> Point {
    let (row, column) = node.quotientAndRemainder(dividingBy: columns)
    return Point(x: minX + step * Double(column), y: maxY - step * Double(row))
  }

  /// The nearest node, that of the edge for points beyond it.
  func node(nearest point: Point) -> Int {
    let column = Int(((point.x - minX) / step).rounded())
    let row = Int(((maxY - point.y) / step).rounded())
    return min(max(row, 0), rows - 1) * columns + min(max(column, 0), columns - 1)
  }

  func contains(_ point: Point) -> Bool {
    point.x >= minX && point.x <= minX + step * Double(columns - 1) && point.y <= maxY
      && point.y >= maxY - step * Double(rows - 1)
  }
}

/// Four neighbouring nodes and their bilinear weights, worked out once for many fields.
struct LatticePosition {
  let node: Int
  let below: Int
  let u: Double
  let v: Double

  init(of point: Point, on lattice: Lattice) {
    let x = min(max((point.x - lattice.minX) / lattice.step, 0), Double(lattice.columns - 1))
    let y = min(max((lattice.maxY - point.y) / lattice.step, 0), Double(lattice.rows - 1))
    let column = min(Int(x), lattice.columns - 2)
    let row = min(Int(y), lattice.rows - 2)
    (u, v) = (x - Double(column), y - Double(row))
    node = row * lattice.columns + column
    below = node + lattice.columns
  }

  func bilinear(_ values: [Double]) -> Double {
    let north = values[node] + u * (values[node + 1] - values[node])
    let south = values[below] + u * (values[below + 1] - values[below])
    return north + v * (south - north)
  }

  /// Catmull–Rom interpolation, which keeps slopes continuous; bilinear at the lattice's edge.
  func cubic(_ values: [Double], on lattice: Lattice) -> Double {
    let (row, column) = node.quotientAndRemainder(dividingBy: lattice.columns)
    guard column > 0, row > 0, column < lattice.columns - 2, row < lattice.rows - 2 else {
      return bilinear(values)
    }
    let start = node - lattice.columns - 1
    return Self.spline(
      line(start, of: values), line(start + lattice.columns, of: values),
      line(start + 2 * lattice.columns, of: values), line(start + 3 * lattice.columns, of: values),
      v)
  }

  private func line(_ at: Int, of values: [Double]) -> Double {
    Self.spline(values[at], values[at + 1], values[at + 2], values[at + 3], u)
  }

  private static func spline(
    _ p0: Double, _ p1: Double, _ p2: Double, _ p3: Double, _ t: Double
  ) -> Double {
    let a = 3 * (p1 - p2) + p3 - p0
    let b = 2 * p0 - 5 * p1 + 4 * p2 - p3
    return p1 + 0.5 * t * (p2 - p0 + t * (b + t * a))
  }
}
