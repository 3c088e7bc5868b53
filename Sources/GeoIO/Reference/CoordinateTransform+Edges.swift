public import RasterCore

extension CoordinateTransform {
  /// The image of a polygon whose edges are straight here and curved there: edges get as many points
  /// as keep every chord within `tolerance` of its curve.
  ///
  /// - Parameters:
  ///   - tolerance: in units of the target CRS.
  ///   - turn: a full turn in units of the target CRS where that is geographic: longitudes are then
  ///     brought to within half a turn of the first, so that a ring over the antimeridian stays whole.
  /// - Returns: `nil` where a point has no image.
  public func transformEdges(
    of shape: PolygonShape, tolerance: Double, turn: Double?
  ) -> PolygonShape? {
    if isIdentity { return shape }
    var reference: Double?
    var image = PolygonShape(rings: [])
    for ring in shape.rings {
      guard let points = transformEdges(of: ring, tolerance, turn, &reference) else { return nil }
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

  private func transformEdges(
    of ring: [Point], _ tolerance: Double, _ turn: Double?, _ reference: inout Double?
  ) -> [Point]? {
    guard var vertices = place(ring, turn, &reference) else { return nil }
    // Each round splits an edge in two; 40 rounds split the Earth's girth to far below a millimetre.
    for _ in 0..<40 {
      // Off the middle, so that a curve that swings to both sides alike shows too.
      let split = 0.414_213_562
      let open = vertices.indices.filter { vertices[$0].isOpen }
      if open.isEmpty { break }
      let probes = open.map { index -> Point in
        let (a, b) = (vertices[index].source, vertices[(index + 1) % vertices.count].source)
        return Point(x: a.x + split * (b.x - a.x), y: a.y + split * (b.y - a.y))
      }
      guard let placed = place(probes, turn, &reference) else { return nil }
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
        let (a, b) = (vertices[index].target, vertices[(index + 1) % vertices.count].target)
        // At the probe an S-shaped curve shows 0.43 of its largest swing, an arc nearly all.
        if probe.target.distance(fromChord: a, b) <= 0.4 * tolerance {
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

  private func place(_ points: [Point], _ turn: Double?, _ reference: inout Double?) -> [Vertex]? {
    var images = points
    transform(&images)
    var vertices: [Vertex] = []
    vertices.reserveCapacity(points.count)
    for (source, image) in zip(points, images) {
      guard image.x.isFinite else { return nil }
      var image = image
      if let turn {
        let middle = reference ?? image.x
        reference = middle
        image.x -= turn * ((image.x - middle) / turn).rounded()
      }
      vertices.append(Vertex(source: source, target: image, isOpen: true))
    }
    return vertices
  }
}

extension Point {
  fileprivate func distance(fromChord a: Point, _ b: Point) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0 else { return ((x - a.x) * (x - a.x) + (y - a.y) * (y - a.y)).squareRoot() }
    return abs(dx * (y - a.y) - dy * (x - a.x)) / length
  }
}
