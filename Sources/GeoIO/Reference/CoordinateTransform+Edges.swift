import Foundation
public import RasterCore

extension CoordinateTransform {
  /// The image of a polygon whose edges are straight here and curved there: edges get as many points
  /// as keep every chord within `tolerance` of its curve.
  ///
  /// - Parameters:
  ///   - tolerance: in units of the target CRS; where that is geographic, of latitude, and as many metres
  ///     along a parallel, so that edges near a pole get no more points than others.
  ///   - turn: a full turn in units of the target CRS where that is geographic: longitudes then follow the
  ///     source's, or each the one before it, so that a ring over the antimeridian stays whole.
  /// - Returns: `nil` where a point has no image.
  public func transformEdges(
    of shape: PolygonShape, tolerance: Double, turn: Double?
  ) -> PolygonShape? {
    if isIdentity { return shape }
    var image = PolygonShape(rings: [])
    for ring in shape.rings {
      guard var points = transformEdges(of: ring, tolerance, turn) else { return nil }
      if let turn, sourceTurn == nil {
        points.followOneAnother(turn)
        if let first = image.rings.first { points.move(near: first, turn) }
      }
      // Shells run counter-clockwise on every map.
      if reversesRings { points.reverse() }
      image.rings.append(points)
    }
    return image
  }

  /// A vertex on both sides, and whether the edge that starts at it may still bend too much.
  private struct Vertex {
    let source: Point
    let target: Point
    var isOpen: Bool
  }

  /// So many edges are in hand at a time, whatever a ring has.
  private static let edgesAtOnce = 4096

  private func transformEdges(
    of ring: [Point], _ tolerance: Double, _ turn: Double?
  ) -> [Point]? {
    var image: [Point] = []
    image.reserveCapacity(ring.count)
    for start in stride(from: 0, to: ring.count, by: Self.edgesAtOnce) {
      let end = min(start + Self.edgesAtOnce, ring.count)
      let line = ring[start..<end] + [ring[end % ring.count]]
      guard let points = transformLine(Array(line), tolerance, turn) else { return nil }
      image += points.dropLast()
    }
    return image
  }

  /// The image of a line that is not closed.
  private func transformLine(
    _ line: [Point], _ tolerance: Double, _ turn: Double?
  ) -> [Point]? {
    guard var vertices = place(line, turn) else { return nil }
    vertices[vertices.count - 1].isOpen = false
    // Each round splits an edge in two; 40 rounds split the Earth's girth to far below a millimetre.
    for _ in 0..<40 {
      // Off the middle, so that a curve that swings to both sides alike shows too.
      let split = 0.414_213_562
      let open = vertices.indices.filter { vertices[$0].isOpen }
      if open.isEmpty { break }
      let probes = open.map { index -> Point in
        let (a, b) = (vertices[index].source, vertices[index + 1].source)
        return Point(x: a.x + split * (b.x - a.x), y: a.y + split * (b.y - a.y))
      }
      guard let placed = place(probes, turn) else { return nil }
      var finer: [Vertex] = []
      finer.reserveCapacity(vertices.count + open.count)
      var next = 0
      for index in vertices.indices {
        guard vertices[index].isOpen else {
          finer.append(vertices[index])
          continue
        }
        let probe = placed[next]
        next += 1
        let (a, b) = (vertices[index].target, vertices[index + 1].target)
        // At the probe an S-shaped curve shows 0.43 of its largest swing, an arc nearly all.
        if probe.target.distance(fromChord: a, b, turn: turn) <= 0.4 * tolerance {
          var vertex = vertices[index]
          vertex.isOpen = false
          finer.append(vertex)
        } else {
          finer.append(vertices[index])
          finer.append(probe)
        }
      }
      vertices = finer
    }
    return vertices.map(\.target)
  }

  private func place(_ points: [Point], _ turn: Double?) -> [Vertex]? {
    var images = points
    transform(&images)
    var vertices: [Vertex] = []
    vertices.reserveCapacity(points.count)
    for (source, image) in zip(points, images) {
      guard image.x.isFinite else { return nil }
      var image = image
      if let turn, let sourceTurn {
        // Datums and prime meridians differ by far less than half a turn.
        image.x -= turn * (image.x / turn - source.x / sourceTurn).rounded()
      }
      vertices.append(Vertex(source: source, target: image, isOpen: true))
    }
    return vertices
  }
}

extension [Point] {
  /// Brings each longitude to within half a turn of the one before.
  fileprivate mutating func followOneAnother(_ turn: Double) {
    for index in indices.dropFirst() {
      self[index].x -= turn * ((self[index].x - self[index - 1].x) / turn).rounded()
    }
  }

  /// Turns a ring as a whole to where another, such as its shell, lies.
  fileprivate mutating func move(near other: [Point], _ turn: Double) {
    guard let own = Extent(around: self), let other = Extent(around: other) else { return }
    let shift = turn * ((other.minX + other.maxX - own.minX - own.maxX) / 2 / turn).rounded()
    if shift != 0 { for index in indices { self[index].x += shift } }
  }
}

extension Point {
  /// - Parameter turn: of longitude, where the points are of a geographic CRS: the chord is then the short
  ///   one, and the distance counts along a parallel what it measures on the ground.
  fileprivate func distance(fromChord a: Point, _ b: Point, turn: Double?) -> Double {
    var (chord, own) = (SIMD2(b.x - a.x, b.y - a.y), SIMD2(x - a.x, y - a.y))
    if let turn {
      chord.x -= turn * (chord.x / turn).rounded()
      own.x -= turn * (own.x / turn).rounded()
      let widest = cos(min(abs(a.y), abs(b.y), abs(y)) / turn * 2 * .pi)
      (chord.x, own.x) = (chord.x * widest, own.x * widest)
    }
    let length = (chord * chord).sum().squareRoot()
    guard length > 0 else { return (own * own).sum().squareRoot() }
    return abs(chord.x * own.y - chord.y * own.x) / length
  }
}
