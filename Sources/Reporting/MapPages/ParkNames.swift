import RasterCore

/// The names of parks on a printed map, none upon another and none over the frame.
///
/// Those that a page is about come before their neighbours, and larger parks before smaller ones; a name
/// moves up, down or aside to be free, and is left out where it cannot be, as in a crowd of small parks.
struct ParkNames {
  struct Name {
    let lines: [String]
    /// The middle of all lines, in points of the page.
    let middle: Point
    let box: Extent
    let isBold: Bool
  }

  private(set) var names: [Name] = []

  static let size = 9.0
  private static let leading = 11.0
  private static let widest = 120.0
  /// Between names, whose letters have rims.
  static let gap = 3.0

  /// - Parameters:
  ///   - neighbours: named less boldly, where there is room.
  ///   - point: from the map to the page.
  ///   - frame: of the map on the page.
  ///   - taken: what is written there already.
  init(
    of parks: [ReportMap.Outline], and neighbours: [ReportMap.Outline] = [],
    within frame: Extent, besides taken: [Extent] = [], at point: (Point) -> Point
  ) {
    func size(_ park: ReportMap.Outline) -> Double {
      abs(park.shape.rings.reduce(0) { $0 + $1.signedArea })
    }
    let bySize = [(parks, true), (neighbours, false)].flatMap { parks, isBold in
      parks.map { (park: $0, size: size($0), isBold: isBold) }.sorted { $0.size > $1.size }
    }
    for (park, _, isBold) in bySize {
      let lines = PDFDrawing.lines(
        of: park.name, size: Self.size, isBold: isBold, width: Self.widest)
      let width =
        lines.map { PDFDrawing.width(of: $0, size: Self.size, isBold: isBold) }.max() ?? 0
      let height = Self.leading * Double(lines.count)
      var place = point(park.label)
      guard frame.contains(Extent(minX: place.x, minY: place.y, maxX: place.x, maxY: place.y))
      else { continue }
      place.x = max(min(place.x, frame.maxX - width / 2 - 2), frame.minX + width / 2 + 2)
      let (up, aside) = (height + Self.gap, width / 2 + Self.gap)
      let shifts = [(0, 0), (0, -up), (0, up), (-aside, 0), (aside, 0)]
      let free = shifts.lazy.map { shift in
        let middle = Point(x: place.x + shift.0, y: place.y + shift.1)
        return Name(
          lines: lines, middle: middle,
          box: Extent(
            minX: middle.x - width / 2, minY: middle.y - height / 2, maxX: middle.x + width / 2,
            maxY: middle.y + height / 2), isBold: isBold)
      }.first { name in
        // Less than all of the gap, so that a name that has moved by it is free.
        let room = name.box.expanded(byX: Self.gap * 0.99, y: Self.gap * 0.99)
        return frame.contains(name.box)
          && !(names.map(\.box) + taken).contains { $0.overlaps(room) }
      }
      if let free { names.append(free) }
    }
  }

  func draw(on drawing: inout PDFDrawing) {
    for name in names {
      let top = name.middle.y + Double(name.lines.count - 1) * Self.leading / 2
      for (index, line) in name.lines.enumerated() {
        drawing.text(
          line, at: Point(x: name.middle.x, y: top - Double(index) * Self.leading - 3),
          size: Self.size, isBold: name.isBold, alignment: .centre, hasHalo: true)
      }
    }
  }
}
