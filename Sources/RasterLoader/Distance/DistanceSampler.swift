import Foundation
import GeoIO
public import RasterCore

/// Distances of the cells of the analysis grid from a source; owned by one task.
///
/// A square of cells takes the pieces that can be nearest to any of its cells; its quarters take what of
/// these can be nearest to any of theirs, down to sixteen cells, which are measured to what is left. The
/// squares are aligned to the corner of the grid's whole, from which cells are counted here: so a distance is
/// the same whichever window and whichever part of the whole holds the cell.
public struct DistanceSampler: ~Copyable {
  private let source: DistanceSource
  private let field: GroundField
  /// Through the ellipsoid, in metres.
  private let chordLimit: Float
  private let diameter: Double

  /// The pieces near the square that is worked on, relative to its middle.
  private var pieces: [Piece] = []
  /// Indices of `pieces`: each level of squares has its own after those of the larger ones.
  private var stack: [Int32] = []
  private var nearness: [Nearness] = []

  /// Sides of the squares that are placed by polynomials, each a divisor of the one before.
  private static let patchSizes = [256, 64, 16, 4]
  /// Cells along a side of the smallest square.
  private static let leaf = 4
  /// So few pieces are measured from every cell at once.
  private static let few = 8

  /// A piece of a source: one end, the way to the other, and one over the square of its length (0 for a
  /// point) as the fourth number of the end.
  fileprivate struct Piece {
    var end: SIMD4<Float>
    var way: SIMD4<Float>
  }

  /// How far a piece is from the middle of a square, and from which direction.
  private struct Nearness {
    var direction: SIMD4<Float>
    var distance: Float
  }

  /// - Throws: `.input`, slug `no-transform`.
  public init(_ source: DistanceSource) throws(HabitatError) {
    field = try GroundField(of: source.grid, on: source.ground)
    let ellipsoid = source.ground.ellipsoid
    diameter = 2 * ellipsoid.semiMajorAxis * (1 - ellipsoid.flattening / 3)
    chordLimit = Float(diameter * sin(min(source.limit / diameter, .pi / 2)))
    self.source = source
  }

  /// Fills the front of `values` with metres, row by row: at most the source's limit, NaN where the
  /// grid's projection has no image on the Earth.
  public mutating func sample(_ window: Window, into values: inout [Float]) {
    precondition(values.count >= window.cellCount, "the buffer is smaller than the window")
    let place = source.grid.place
    let window = window.moved(columns: place.column, rows: place.row)
    fill(window, sizes: Self.patchSizes[...], within: window, &values)
    source.touched.clear(window, in: &values)
  }

  // MARK: Squares

  private mutating func fill(
    _ part: Window, sizes: ArraySlice<Int>, within window: Window, _ values: inout [Float]
  ) {
    let size = sizes.first!
    let first = part.firstSquare(of: size)
    for row in stride(from: first.row, to: part.rowRange.upperBound, by: size) {
      for column in stride(from: first.column, to: part.columnRange.upperBound, by: size) {
        let cells = Window(column: column, row: row, columns: size, rows: size)
        guard let inside = cells.intersection(part) else { continue }
        if let patch = field.patch(column: column, row: row, size: size) {
          fill(patch, inside, within: window, &values)
        } else if sizes.count > 1 {
          fill(inside, sizes: sizes.dropFirst(), within: window, &values)
        } else {
          measureOneByOne(inside, within: window, &values)
        }
      }
    }
  }

  private mutating func fill(
    _ patch: borrowing GroundField.Patch, _ part: Window, within window: Window,
    _ values: inout [Float]
  ) {
    let square = Square(x: 0, y: 0, size: patch.size)
    let radius = self.radius(of: square, in: patch, SIMD3(repeating: 0))
    let reach = Double(chordLimit) + Double(radius)
    let nearest = source.tree.distance(to: patch.origin, limit: reach)
    guard nearest < reach else {
      fillWithLimit(part, within: window, &values)
      return
    }
    pieces.removeAll(keepingCapacity: true)
    let bound = min(reach, nearest + 2 * Double(radius)) * (1 + 1e-6) + 0.05
    source.tree.forEach(within: bound, of: patch.origin) { a, b in
      let way = b - a
      let squared = way.squaredLength
      pieces.append(
        Piece(
          end: SIMD4(SIMD3<Float>(a), squared > 0 ? Float(1 / squared) : 0),
          way: SIMD4(SIMD3<Float>(way), 0)))
    }
    stack.removeAll(keepingCapacity: true)
    stack.append(contentsOf: 0..<Int32(pieces.count))
    if nearness.count < pieces.count {
      nearness = [Nearness](
        repeating: Nearness(direction: .zero, distance: 0), count: pieces.count)
    }
    fill(square, patch, part, 0..<pieces.count, within: window, &values)
  }

  /// A square within a patch, its corner in cells from the patch's.
  private struct Square {
    var x: Int
    var y: Int
    var size: Int
    var middle: SIMD2<Float> { SIMD2(Float(2 * x + size), Float(2 * y + size)) / 2 }
  }

  /// No cell centre of the square is farther from `middle`, its place.
  private func radius(
    of square: Square, in patch: borrowing GroundField.Patch, _ middle: SIMD3<Float>
  ) -> Float {
    let (west, north) = (Float(square.x), Float(square.y))
    let (east, south) = (west + Float(square.size), north + Float(square.size))
    let corners = [(west, north), (east, north), (west, south), (east, south)]
    var squared: Float = 0
    for (x, y) in corners {
      squared = max(squared, (patch.place(x, y) - middle).squaredLength)
    }
    // Between the corners the rim bends by less than the polynomial's tolerance and a hundredth.
    return squared.squareRoot() * 1.02 + Float(field.tolerance)
  }

  private mutating func fill(
    _ square: Square, _ patch: borrowing GroundField.Patch, _ part: Window,
    _ candidates: Range<Int>,
    within window: Window, _ values: inout [Float]
  ) {
    if square.size == Self.leaf || candidates.count <= Self.few {
      measure(square, patch, part, candidates, within: window, &values)
      return
    }
    let half = square.size / 2
    for (x, y) in [(0, 0), (half, 0), (0, half), (half, half)] {
      let quarter = Square(x: square.x + x, y: square.y + y, size: half)
      let cells = Window(
        column: patch.column + quarter.x, row: patch.row + quarter.y, columns: half, rows: half)
      guard let inside = cells.intersection(part) else { continue }
      let place = patch.place(quarter.middle.x, quarter.middle.y)
      let radius = radius(of: quarter, in: patch, place)
      let top = stack.count
      if narrow(candidates, to: SIMD4(place, 0), radius) {
        fill(quarter, patch, inside, top..<stack.count, within: window, &values)
      } else {
        fillWithLimit(inside, within: window, &values)
      }
      stack.removeLast(stack.count - top)
    }
  }

  /// Puts on the stack those of `candidates` that can be nearest to a place within `radius` of `middle`;
  /// `false` where all are beyond the limit.
  ///
  /// The distance d from a straight piece is convex: at a step δ from the middle it is at least d + g·δ,
  /// where g points away from the piece; and from the nearest piece, b, at most b + h·δ + δ²/2b and at
  /// most b + |δ|.
  private mutating func narrow(
    _ candidates: Range<Int>, to middle: SIMD4<Float>, _ radius: Float
  ) -> Bool {
    var nearest = Float.infinity
    var direction = SIMD4<Float>.zero
    for (index, candidate) in candidates.enumerated() {
      let piece = pieces[Int(stack[candidate])]
      let offset = piece.offset(of: middle)
      let distance = offset.squaredLength.squareRoot()
      let away = distance > 1e-3 ? offset / distance : .zero
      nearness[index] = Nearness(direction: away, distance: distance)
      if distance < nearest { (nearest, direction) = (distance, away) }
    }
    // What rounding may cost: coordinates of 24 bits.
    let slack = 1e-5 * (nearest + radius) + 0.01
    guard nearest - radius < chordLimit + slack else { return false }
    let bend = nearest > 0 ? radius * radius / (2 * nearest) : .infinity
    for (index, candidate) in candidates.enumerated() {
      let other = nearness[index]
      let turn = (other.direction - direction).squaredLength.squareRoot()
      if other.distance - nearest <= min(2 * radius, turn * radius + bend) + slack {
        stack.append(stack[candidate])
      }
    }
    return true
  }

  // MARK: Cells

  private func fillWithLimit(_ part: Window, within window: Window, _ values: inout [Float]) {
    let limit = Float(source.limit)
    for row in part.rowRange {
      let start = (row - window.row) * window.columns + part.column - window.column
      for index in start..<start + part.columns { values[index] = limit }
    }
  }

  private func measure(
    _ square: Square, _ patch: borrowing GroundField.Patch, _ part: Window,
    _ candidates: Range<Int>,
    within window: Window, _ values: inout [Float]
  ) {
    for y in stride(from: square.y, to: square.y + square.size, by: Self.leaf) {
      for x in stride(from: square.x, to: square.x + square.size, by: Self.leaf) {
        let cells = Window(
          column: patch.column + x, row: patch.row + y, columns: Self.leaf, rows: Self.leaf)
        guard let inside = cells.intersection(part) else { continue }
        let squared = squaredDistances(centres(x, y, patch), candidates)
        store(squared, of: cells, inside, within: window, &values)
      }
    }
  }

  /// The places of sixteen cells.
  private struct Centres {
    var x: SIMD16<Float>
    var y: SIMD16<Float>
    var z: SIMD16<Float>
  }

  private static let across = SIMD16<Float>(
    -1.5, -0.5, 0.5, 1.5, -1.5, -0.5, 0.5, 1.5, -1.5, -0.5, 0.5, 1.5, -1.5, -0.5, 0.5, 1.5)
  private static let down = SIMD16<Float>(
    -1.5, -1.5, -1.5, -1.5, -0.5, -0.5, -0.5, -0.5, 0.5, 0.5, 0.5, 0.5, 1.5, 1.5, 1.5, 1.5)

  private func centres(_ x: Int, _ y: Int, _ patch: borrowing GroundField.Patch) -> Centres {
    let (middleX, middleY) = (Float(x) + 2, Float(y) + 2)
    if patch.isFlat {
      let middle = patch.place(middleX, middleY)
      let (step, fall) = patch.steps(middleX, middleY)
      let (across, down) = (Self.across, Self.down)
      return Centres(
        x: middle.x + across * step.x + down * fall.x,
        y: middle.y + across * step.y + down * fall.y,
        z: middle.z + across * step.z + down * fall.z)
    }
    var centres = Centres(x: .zero, y: .zero, z: .zero)
    for lane in 0..<16 {
      let place = patch.place(middleX + Self.across[lane], middleY + Self.down[lane])
      (centres.x[lane], centres.y[lane], centres.z[lane]) = (place.x, place.y, place.z)
    }
    return centres
  }

  private func squaredDistances(_ p: Centres, _ candidates: Range<Int>) -> SIMD16<Float> {
    var nearest = SIMD16<Float>(repeating: .infinity)
    for candidate in candidates {
      let (end, way) = (pieces[Int(stack[candidate])].end, pieces[Int(stack[candidate])].way)
      let (x, y, z) = (p.x - end.x, p.y - end.y, p.z - end.z)
      var share = (x * way.x + y * way.y + z * way.z) * end.w
      // Masks, because the lanes of `clamp` and `pointwiseMin` go one by one.
      share.replace(with: 0, where: share .< 0)
      share.replace(with: 1, where: share .> 1)
      let (dx, dy, dz) = (x - share * way.x, y - share * way.y, z - share * way.z)
      let squared = dx * dx + dy * dy + dz * dz
      nearest.replace(with: squared, where: squared .< nearest)
    }
    return nearest
  }

  private func store(
    _ squared: SIMD16<Float>, of cells: Window, _ part: Window, within window: Window,
    _ values: inout [Float]
  ) {
    let distances = squared.squareRoot()
    for row in part.rowRange {
      let start = (row - window.row) * window.columns - window.column
      for column in part.columnRange {
        let lane = (row - cells.row) * Self.leaf + column - cells.column
        values[start + column] = onGround(distances[lane])
      }
    }
  }

  /// From a straight line through the Earth to the way over it, at most the limit.
  private func onGround(_ chord: Float) -> Float {
    if chord >= chordLimit { return Float(source.limit) }
    // At 50 km the arc is 13 cm longer.
    if chordLimit < 50_000 { return min(chord, Float(source.limit)) }
    return min(Float(diameter * asin(min(1, Double(chord) / diameter))), Float(source.limit))
  }

  /// Where the projection is too wild for polynomials.
  private mutating func measureOneByOne(
    _ part: Window, within window: Window, _ values: inout [Float]
  ) {
    for row in part.rowRange {
      let places = field.places(
        of: part.columnRange.map { Point(x: Double($0) + 0.5, y: Double(row) + 0.5) })
      let start = (row - window.row) * window.columns + part.column - window.column
      for (index, place) in places.enumerated() {
        guard place.x.isFinite else {
          values[start + index] = .nan
          continue
        }
        let chord = source.tree.distance(to: place, limit: Double(chordLimit))
        values[start + index] = onGround(Float(chord))
      }
    }
  }
}

extension DistanceSampler.Piece {
  /// From the nearest point of the piece to `place`.
  @inline(__always) fileprivate func offset(of place: SIMD4<Float>) -> SIMD4<Float> {
    let from = place - end
    let product = from.x * way.x + from.y * way.y + from.z * way.z
    let share = max(0, min(1, product * end.w))
    var offset = from - share * way
    offset.w = 0
    return offset
  }
}

extension SIMD4<Float> {
  @inline(__always) fileprivate var squaredLength: Float { x * x + y * y + z * z }
}
