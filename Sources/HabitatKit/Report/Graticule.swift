import RasterCore
import Reporting

/// Meridians and parallels over a map, finer ones for when it is zoomed in.
enum Graticule {
  /// Steps between lines, in minutes of arc.
  private static let steps = [1200, 600, 300, 120, 60, 30, 20, 10, 5, 2, 1]
  /// More lines are no help to anybody.
  private static let mostLines = 400

  static func lines(
    over frame: borrowing MapFrame, lattice: ReportMap.Lattice, view: Extent
  ) -> [ReportMap.GraticuleLine] {
    guard let all = Extent(around: lattice.places) else { return [] }
    // Of a map that holds a pole, or half the Earth, the edges do not say what it spans.
    guard all.width < 180 else { return [] }
    let corners = frame.places(of: view.corners)
    guard let seen = Extent(around: corners), seen.width.isFinite, seen.height.isFinite else {
      return []
    }
    // Three to six lines across the shorter way that is seen.
    let span = 60 * min(seen.width, seen.height)
    let first = steps.firstIndex { span / Double($0) >= 2.5 } ?? steps.count - 1
    var lines: [ReportMap.GraticuleLine] = []
    var coarser: Int?
    for (level, index) in [first, first + 2, first + 4].enumerated() {
      guard index < steps.count else { break }
      let step = steps[index]
      let fresh = multiples(of: step, in: all).filter { line in
        coarser.map { line.minutes % $0 != 0 } ?? true
      }
      guard lines.count + fresh.count <= mostLines else { break }
      lines += fresh.compactMap { line in
        let points = points(of: line, within: all, on: frame)
        guard points.count > 1 else { return nil }
        return ReportMap.GraticuleLine(
          isMeridian: line.isMeridian, minutes: line.minutes, level: level, points: points)
      }
      coarser = step
    }
    return lines
  }

  private typealias Line = (isMeridian: Bool, minutes: Int)

  private static func multiples(of step: Int, in box: Extent) -> [Line] {
    func within(_ low: Double, _ high: Double) -> [Int] {
      let first = Int(bounded: (max(low, -720) * 60 / Double(step)).rounded(.up))
      let last = Int(bounded: (min(high, 720) * 60 / Double(step)).rounded(.down))
      return first <= last ? (first...last).map { $0 * step } : []
    }
    return within(box.minX, box.maxX).map { (true, $0) }
      + within(box.minY, box.maxY).map { (false, $0) }
  }

  /// The course of a line over the map, to a little beyond its edges.
  private static func points(
    of line: Line, within box: Extent, on frame: borrowing MapFrame
  ) -> [Point] {
    let parts = 48
    let places = (0...parts).map { part in
      let share = Double(part) / Double(parts)
      let degrees = Double(line.minutes) / 60
      return line.isMeridian
        ? Point(x: degrees, y: box.minY + share * box.height)
        : Point(x: box.minX + share * box.width, y: degrees)
    }
    let (width, height) = (frame.width, frame.height)
    let margin = ReportMap.side / 20
    return frame.positions(of: places).filter { point in
      point.x > -margin && point.x < width + margin && point.y > -margin
        && point.y < height + margin
    }
  }
}
