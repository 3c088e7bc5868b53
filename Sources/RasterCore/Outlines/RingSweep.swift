/// Looks at rings from west to east, to see whether polygons are valid in the plainest way: no two edges
/// meet but neighbours at their common vertex, each hole lies in its own shell, and nothing lies in anything
/// else.
///
/// Edges that a vertical line meets are kept in their order along it. Where no two edges meet, that order
/// changes at vertices only, so it is enough to compare edges when they become neighbours.
///
/// Source: Shamos and Hoey (1976), *Geometric intersection problems*; the signs of areas with the error bound
/// of Shewchuk (1997), *Adaptive precision floating-point arithmetic*. What the bound leaves open counts as
/// met.
struct RingSweep {
  /// All vertices, ring after ring; an edge has the number of the vertex it starts from.
  private let points: [Point]
  private let ringStarts: [Int32]
  /// By vertex.
  private let ring: [Int32]
  /// By ring.
  private let polygon: [Int32]

  /// Edges along the line, from south to north.
  private var line: OrderedPlaces
  /// By place, the edge that is there.
  private var edge: [Int32] = []
  /// By edge, its place.
  private var place: [Int32]
  /// By ring.
  private var isBegun: [Bool]

  /// - Parameter shape: its rings oriented.
  /// - Returns: `nil` where a ring has fewer than three vertices or one twice in a row, the first is no shell,
  ///   or there are more vertices than can be numbered.
  init?(_ shape: PolygonShape) {
    let count = shape.pointCount
    guard count < Int(Int32.max) else { return nil }
    var (points, ring): ([Point], [Int32]) = ([], [])
    points.reserveCapacity(count)
    ring.reserveCapacity(count)
    var (starts, polygon): ([Int32], [Int32]) = ([], [])
    for vertices in shape.rings {
      guard vertices.count > 2, var last = vertices.last else { return nil }
      let isShell = vertices.signedArea > 0
      guard isShell || !polygon.isEmpty else { return nil }
      polygon.append((polygon.last ?? -1) + (isShell ? 1 : 0))
      let number = Int32(starts.count)
      starts.append(Int32(points.count))
      for vertex in vertices {
        guard vertex != last, vertex.x.isFinite, vertex.y.isFinite else { return nil }
        points.append(vertex)
        ring.append(number)
        last = vertex
      }
    }
    starts.append(Int32(points.count))
    (self.points, self.ring, ringStarts, self.polygon) = (points, ring, starts, polygon)
    place = [Int32](repeating: -1, count: count)
    isBegun = [Bool](repeating: false, count: polygon.count)
    line = OrderedPlaces()
  }

  /// - Complexity: O(*n* log *n*) for *n* vertices; about 30 bytes each.
  mutating func findsNothing() -> Bool {
    var order = points.indices.map { Int32($0) }
    // Runs of a ring that go one way are found by the sort.
    order.sort { isBefore($0, $1) }
    var previous: Int32?
    for vertex in order {
      // Two vertices at one place touch.
      if let previous, points[Int(previous)] == points[Int(vertex)] { return false }
      guard pass(vertex) else { return false }
      previous = vertex
    }
    return true
  }

  private func isBefore(_ a: Int32, _ b: Int32) -> Bool {
    let (a, b) = (points[Int(a)], points[Int(b)])
    return a.x != b.x ? a.x < b.x : a.y < b.y
  }

  private func next(_ vertex: Int32) -> Int32 {
    let ring = Int(ring[Int(vertex)])
    return vertex + 1 < ringStarts[ring + 1] ? vertex + 1 : ringStarts[ring]
  }

  private func previous(_ vertex: Int32) -> Int32 {
    let ring = Int(ring[Int(vertex)])
    return vertex > ringStarts[ring] ? vertex - 1 : ringStarts[ring + 1] - 1
  }

  // MARK: Vertices

  /// Moves the line on to the next vertex.
  ///
  /// - Returns: `false` where edges may meet or a ring lies where it must not.
  private mutating func pass(_ vertex: Int32) -> Bool {
    let (arriving, leaving) = (previous(vertex), vertex)
    let arrivingEnds = isBefore(arriving, vertex)
    let leavingEnds = isBefore(next(vertex), vertex)
    switch (arrivingEnds, leavingEnds) {
    case (true, false): return replace(arriving, by: leaving)
    case (false, true): return replace(leaving, by: arriving)
    case (true, true): return end(arriving, leaving)
    case (false, false): return begin(at: vertex, arriving, leaving)
    }
  }

  private mutating func replace(_ old: Int32, by new: Int32) -> Bool {
    let own = place[Int(old)]
    (edge[Int(own)], place[Int(new)]) = (new, own)
    return [line.before(own), line.after(own)].allSatisfy { other in
      other < 0 || areApart(new, edge[Int(other)])
    }
  }

  private mutating func end(_ one: Int32, _ other: Int32) -> Bool {
    let (first, second) = (place[Int(one)], place[Int(other)])
    let (lower, upper) = line.after(first) == second ? (first, second) : (second, first)
    guard line.after(lower) == upper else { return false }
    let (below, above) = (line.before(lower), line.after(upper))
    line.remove(lower)
    line.remove(upper)
    return below < 0 || above < 0 || areApart(edge[Int(below)], edge[Int(above)])
  }

  /// - Parameters:
  ///   - one: the edge that arrives at the vertex,
  ///   - other: and the one that leaves it, along their ring.
  private mutating func begin(at vertex: Int32, _ one: Int32, _ other: Int32) -> Bool {
    let turn = side(
      of: points[Int(next(vertex))], from: points[Int(vertex)], to: points[Int(previous(vertex))])
    guard turn != 0 else { return false }
    let (lower, upper) = turn > 0 ? (one, other) : (other, one)
    let point = points[Int(vertex)]
    var isApart = true
    let below = line.last { place in
      let found = edge[Int(place)]
      let (left, right) = ends(of: found)
      let side = side(of: point, from: points[Int(left)], to: points[Int(right)])
      if side == 0 { isApart = false }
      return side > 0
    }
    guard isApart else { return false }
    if isFirst(vertex), !mayBegin(vertex, above: below, isClockwise: lower == one) { return false }
    let lowerPlace = line.insert(after: below)
    let upperPlace = line.insert(after: lowerPlace)
    for (place, edge) in [(lowerPlace, lower), (upperPlace, upper)] {
      while self.edge.count <= Int(place) { self.edge.append(-1) }
      self.edge[Int(place)] = edge
      self.place[Int(edge)] = place
    }
    let above = line.after(upperPlace)
    return (below < 0 || areApart(lower, edge[Int(below)]))
      && (above < 0 || areApart(upper, edge[Int(above)]))
  }

  // MARK: Rings in rings

  /// Whether the line has met no vertex of the ring before.
  private mutating func isFirst(_ vertex: Int32) -> Bool {
    let ring = Int(ring[Int(vertex)])
    defer { isBegun[ring] = true }
    return !isBegun[ring]
  }

  /// Whether a ring runs the way it must and begins where it must: a hole on land of its own shell, a shell
  /// on none.
  ///
  /// - Parameters:
  ///   - below: the place of the edge under the ring's first vertex, −1 where there is none.
  ///   - isClockwise: as its two edges at that vertex tell.
  private func mayBegin(_ vertex: Int32, above below: Int32, isClockwise: Bool) -> Bool {
    let own = Int(ring[Int(vertex)])
    let isHole = own > 0 && polygon[own] == polygon[own - 1]
    guard isClockwise == isHole else { return false }
    guard below >= 0 else { return !isHole }
    let edge = edge[Int(below)]
    // Land is on the left hand of every edge.
    let landIsAbove = ends(of: edge).left == edge
    guard landIsAbove else { return !isHole }
    return isHole && polygon[Int(ring[Int(edge)])] == polygon[own]
  }

  // MARK: Edges

  private func ends(of edge: Int32) -> (left: Int32, right: Int32) {
    let other = next(edge)
    return isBefore(edge, other) ? (edge, other) : (other, edge)
  }

  /// Whether two edges surely have no point in common but a common vertex.
  private func areApart(_ one: Int32, _ two: Int32) -> Bool {
    let (a, b) = (points[Int(one)], points[Int(next(one))])
    let (c, d) = (points[Int(two)], points[Int(next(two))])
    // Neighbours in a ring have one vertex in common, and no more unless they are on one line.
    if next(one) == two { return side(of: d, from: a, to: b) != 0 }
    if next(two) == one { return side(of: b, from: c, to: d) != 0 }
    return side(of: c, from: a, to: b) * side(of: d, from: a, to: b) > 0
      || side(of: a, from: c, to: d) * side(of: b, from: c, to: d) > 0
  }

  /// 1 on the left hand of the way from one point to another, −1 on the right, 0 where rounding may hide it.
  private func side(of point: Point, from start: Point, to end: Point) -> Int {
    let left = (end.x - start.x) * (point.y - start.y)
    let right = (end.y - start.y) * (point.x - start.x)
    let area = left - right
    let doubt = 4e-16 * (abs(left) + abs(right))
    // Of products too small to have all their digits nothing is known.
    guard abs(area) > doubt, abs(left) + abs(right) > 1e-290 else { return 0 }
    return area > 0 ? 1 : -1
  }
}

extension PolygonShape {
  /// Whether the shape is surely valid: its polygons neither touch nor overlap, holes lie inside their shells,
  /// and no ring touches itself or another. `false` leaves it open.
  ///
  /// - Complexity: O(*n* log *n*) for *n* vertices, however its edges lie.
  public var isSurelyValid: Bool {
    guard var sweep = RingSweep(self) else { return false }
    return sweep.findsNothing()
  }
}
