import Foundation
import RasterCore

/// Outlines that were walked: the tracks and routes of a GPX file, which has no polygons, where they close.
///
/// Who walks round a park rarely ends on the very point of the beginning. What is missing is drawn straight, and
/// said; a track that is far from closing is none of an outline.
struct TrackOutlines {
  private let path: String
  /// Names, with the metres that were missing.
  private var closed: [(name: String, gap: Double)] = []

  init(at path: String) { self.path = path }

  /// The largest gap that is closed, as a share of the whole way round.
  private static let largestGap = 0.01
  /// Metres, less than any receiver knows.
  private static let noGap = 0.01

  /// The polygons that a track's segments, or all of them one after another, go round.
  ///
  /// - Throws: `.input`, slug `parks-not-polygons`, where they do not close.
  mutating func outline(
    along track: borrowing Geometry, named name: String
  ) throws(HabitatError) -> PolygonShape {
    let segments = track.lines.filter { !$0.isEmpty }
    guard !segments.isEmpty else { return PolygonShape(rings: []) }
    var loops = segments.map { Loop([$0]) }
    if !loops.allSatisfy({ $0.closes(within: Self.largestGap) }) { loops = [Loop(segments)] }
    for loop in loops where !loop.closes(within: Self.largestGap) {
      throw HabitatError(
        .input, "parks-not-polygons",
        loop.ring.count < 3
          ? "the track \(name) has fewer than three points, so it has no area"
          : "the track \(name) does not close: \(loop.gap.grouped(decimals: 0)) of "
            + "\((loop.length + loop.gap).grouped(decimals: 0)) m round it are missing",
        at: path,
        fix: "close it in the program that it comes from, or leave it out with --parks-where "
          + "\"name <> '\(name)'\"; up to \(Int(100 * Self.largestGap)) % is closed by a straight line"
      )
    }
    let gap = loops.reduce(0) { $0 + $1.gap }
    if gap > Self.noGap { closed.append((name, gap)) }
    return PolygonShape(rings: loops.map(\.ring))
  }

  /// What was closed; `nil` where all ended where they began.
  var warning: HabitatWarning? {
    guard !closed.isEmpty else { return nil }
    let shown = closed.prefix(5).map { "\($0.name) (\($0.gap.grouped(decimals: 1)) m)" }
    return HabitatWarning(
      "track-closed",
      "tracks that end near where they began were closed by a straight line: "
        + shown.joined(separator: ", ")
        + (closed.count > 5 ? " and \(closed.count - 5) more" : ""),
      at: "parks: \(path)", fix: "nothing, if these lines are right; else close the tracks")
  }

  /// What is said of a file without tracks and routes.
  static func nothing(in path: String) -> HabitatError {
    HabitatError(
      .input, "parks-not-polygons", "the file holds no track or route that goes round a park",
      at: path, fix: "give the track round the park, or its outline in another format")
  }
}

/// Lines one after another, and back to the beginning.
private struct Loop {
  /// Anticlockwise, as shells are; the beginning is not repeated.
  let ring: [Point]
  /// Metres of the lines.
  let length: Double
  /// Metres between them, and from the end to the beginning.
  let gap: Double

  init(_ lines: [[Point]]) {
    func metres(_ points: some Sequence<Point>) -> Double {
      zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.metres(to: $1.1) }
    }
    length = lines.reduce(0) { $0 + metres($1) }
    let ends = zip(lines, lines.dropFirst() + lines.prefix(1))
    gap = ends.reduce(0) { sum, pair in
      sum + (pair.0.last.flatMap { end in pair.1.first.map(end.metres) } ?? 0)
    }
    var points = lines.flatMap(\.self)
    if points.count > 1, points.first == points.last { points.removeLast() }
    ring = points.signedArea < 0 ? points.reversed() : points
  }

  func closes(within share: Double) -> Bool {
    ring.count >= 3 && gap <= share * (length + gap)
  }
}

extension Point {
  /// Between two places in degrees, on a sphere: right to half a per cent.
  fileprivate func metres(to other: Point) -> Double {
    let (first, second) = (y * .pi / 180, other.y * .pi / 180)
    let (north, east) = (sin((second - first) / 2), sin((other.x - x) * .pi / 360))
    let half = north * north + cos(first) * cos(second) * east * east
    return 2 * 6_371_000 * asin(min(1, half.squareRoot()))
  }
}
