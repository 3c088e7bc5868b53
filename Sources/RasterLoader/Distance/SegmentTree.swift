import RasterCore

/// Straight pieces in space, sorted so that those near a place are found fast.
///
/// Pieces are sorted along a Morton curve and packed into boxes of eight, these into boxes of eight and so
/// on. Coordinates are whole numbers of `unit` (3 mm on the Earth): a piece takes 24 bytes, its share of
/// the boxes 3½.
struct SegmentTree: Sendable {
  /// Two ends; equal for a point.
  struct Segment: Sendable {
    var ax, ay, az, bx, by, bz: Int32
  }

  private struct Box: Sendable {
    var lowX, lowY, lowZ, highX, highY, highZ: Int32

    init(_ segment: Segment) {
      (lowX, highX) = (min(segment.ax, segment.bx), max(segment.ax, segment.bx))
      (lowY, highY) = (min(segment.ay, segment.by), max(segment.ay, segment.by))
      (lowZ, highZ) = (min(segment.az, segment.bz), max(segment.az, segment.bz))
    }

    mutating func formUnion(_ other: Box) {
      (lowX, highX) = (min(lowX, other.lowX), max(highX, other.highX))
      (lowY, highY) = (min(lowY, other.lowY), max(highY, other.highY))
      (lowZ, highZ) = (min(lowZ, other.lowZ), max(highZ, other.highZ))
    }

    /// In units, 0 inside.
    func squaredDistance(to p: SIMD3<Double>) -> Double {
      let x = max(Double(lowX) - p.x, p.x - Double(highX), 0)
      let y = max(Double(lowY) - p.y, p.y - Double(highY), 0)
      let z = max(Double(lowZ) - p.z, p.z - Double(highZ), 0)
      return x * x + y * y + z * z
    }
  }

  private static let fan = 8
  /// Metres.
  let unit: Double
  private var segments: [Segment] = []
  /// Boxes of the segments first, then the boxes of boxes, the last level of one.
  private var levels: [[Box]] = []

  var isEmpty: Bool { segments.isEmpty }

  init(on ellipsoid: Ellipsoid) { unit = Self.unit(on: ellipsoid) }

  private static func unit(on ellipsoid: Ellipsoid) -> Double {
    ellipsoid.semiMajorAxis * 1.000_01 / Double(Int32.max)
  }

  /// A piece between two places on the ellipsoid, which are finite.
  func segment(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Segment {
    func whole(_ value: Double) -> Int32 { Int32(bounded: (value / unit).rounded()) }
    return Segment(
      ax: whole(a.x), ay: whole(a.y), az: whole(a.z), bx: whole(b.x), by: whole(b.y),
      bz: whole(b.z))
  }

  mutating func build(_ unsorted: consuming [Segment]) {
    var keys = unsorted.enumerated().map { (key: Self.key($1), index: Int32($0)) }
    keys.sort { ($0.key, $0.index) < ($1.key, $1.index) }
    let source = unsorted
    segments = keys.map { source[Int($0.index)] }
    keys = []
    levels = []
    guard !segments.isEmpty else { return }
    var boxes = Self.packed(segments.count) { Box(segments[$0]) }
    levels.append(boxes)
    while boxes.count > 1 {
      let below = boxes
      boxes = Self.packed(below.count) { below[$0] }
      levels.append(boxes)
    }
  }

  private static func packed(_ count: Int, _ box: (Int) -> Box) -> [Box] {
    stride(from: 0, to: count, by: fan).map { start in
      var union = box(start)
      for index in start..<min(start + fan, count) { union.formUnion(box(index)) }
      return union
    }
  }

  /// The place of the middle on a Morton curve of 21 bits each way.
  private static func key(_ segment: Segment) -> UInt64 {
    func spread(_ a: Int32, _ b: Int32) -> UInt64 {
      var x = UInt64((Int64(a) + Int64(b)) / 2 + (1 << 31)) >> 11
      x = (x | x << 32) & 0x1F00_0000_00FF_FF
      x = (x | x << 16) & 0x1F_0000_FF00_00FF
      x = (x | x << 8) & 0x100F_00F0_0F00_F00F
      x = (x | x << 4) & 0x10C3_0C30_C30C_30C3
      x = (x | x << 2) & 0x1249_2492_4924_9249
      return x
    }
    return spread(segment.ax, segment.bx) | spread(segment.ay, segment.by) << 1
      | spread(segment.az, segment.bz) << 2
  }

  // MARK: Search

  /// Metres from `place` to the nearest piece, `limit` where none is nearer.
  func distance(to place: SIMD3<Double>, limit: Double) -> Double {
    guard let top = levels.indices.last else { return limit }
    let p = place / unit
    var nearest = (limit / unit) * (limit / unit)
    search(top, 0, p, &nearest)
    return min(limit, nearest.squareRoot() * unit)
  }

  private func search(_ level: Int, _ node: Int, _ p: SIMD3<Double>, _ nearest: inout Double) {
    let first = node * Self.fan
    if level == 0 {
      for index in first..<min(first + Self.fan, segments.count) {
        nearest = min(nearest, segments[index].squaredDistance(to: p))
      }
      return
    }
    let below = levels[level - 1]
    var children = (first..<min(first + Self.fan, below.count)).map {
      (index: $0, distance: below[$0].squaredDistance(to: p))
    }
    children.sort { $0.distance < $1.distance }
    for child in children where child.distance < nearest {
      search(level - 1, child.index, p, &nearest)
    }
  }

  /// Passes the pieces within `radius` metres of `place` to `body`, and some more, their ends in
  /// metres from `place`.
  func forEach(
    within radius: Double, of place: SIMD3<Double>,
    _ body: (_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Void
  ) {
    guard let top = levels.indices.last else { return }
    let p = place / unit
    let limit = ((radius + 2 * unit) / unit) * ((radius + 2 * unit) / unit)
    var open = [(level: top, node: 0)]
    while let (level, node) = open.popLast() {
      guard levels[level][node].squaredDistance(to: p) <= limit else { continue }
      let first = node * Self.fan
      if level > 0 {
        for child in first..<min(first + Self.fan, levels[level - 1].count) {
          open.append((level - 1, child))
        }
        continue
      }
      for index in first..<min(first + Self.fan, segments.count) {
        let segment = segments[index]
        guard segment.squaredDistance(to: p) <= limit else { continue }
        body((segment.a - p) * unit, (segment.b - p) * unit)
      }
    }
  }
}

extension SegmentTree.Segment {
  fileprivate var a: SIMD3<Double> { SIMD3(Double(ax), Double(ay), Double(az)) }
  fileprivate var b: SIMD3<Double> { SIMD3(Double(bx), Double(by), Double(bz)) }

  fileprivate func squaredDistance(to p: SIMD3<Double>) -> Double {
    let (w, d) = (p - a, b - a)
    let length = d.squaredLength
    let t = length > 0 ? max(0, min(1, (w * d).sum() / length)) : 0
    return (w - t * d).squaredLength
  }
}
