import RasterCore

/// The names of parks on a printed map, none upon another and none over the frame.
///
/// Those that a page is about come before their neighbours, and larger parks before smaller ones. A name crosses
/// no outline where it can help it: it moves up, down or aside, elsewhere in its park, there in more lines, or beside
/// it; where there is no such place it stands upon lines. It is left out where it would touch another, as in a crowd of small
/// parks.
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
  /// Between names, whose letters have rims; and between a name and the park beside which it stands.
  static let gap = 3.0
  /// Places along each side of a park that are looked at.
  private static let tries = 16

  /// - Parameters:
  ///   - neighbours: named less boldly, where there is room.
  ///   - point: from the map to the page.
  ///   - frame: of the map on the page.
  ///   - taken: what is written there already.
  init(
    of parks: [ReportMap.Outline], and neighbours: [ReportMap.Outline] = [],
    within frame: Extent, besides taken: [Extent] = [], at point: (Point) -> Point
  ) {
    let bySize = [(parks, true), (neighbours, false)].flatMap { parks, isBold in
      parks.map { Park($0, isBold: isBold, at: point) }.sorted { $0.size > $1.size }
    }
    let lines = PageLines(bySize.flatMap(\.rings), within: frame)
    for park in bySize {
      guard frame.contains(Extent(around: park.label, half: Point(x: 0, y: 0))) else { continue }
      func name(_ text: Text, at middle: Point) -> Name {
        Name(
          lines: text.lines, middle: middle, box: Extent(around: middle, half: text.half),
          isBold: park.isBold)
      }
      func isFree(_ name: Name) -> Bool {
        // Less than all of the gap, so that a name that has moved by it is free.
        let room = name.box.expanded(byX: Self.gap * 0.99, y: Self.gap * 0.99)
        return frame.contains(name.box)
          && !(names.map(\.box) + taken).contains { $0.overlaps(room) }
      }
      func isClear(_ name: Name) -> Bool {
        !lines.cross(name.box.expanded(byX: 1, y: 1)) && isFree(name)
      }
      /// Nobody takes it for the name of another park.
      func isNoOther(_ name: Name) -> Bool {
        !bySize.contains { $0.holds(name.middle) && !$0.holds(park.label) }
      }
      let near = Self.places(near: park.label, park.texts[0].half, within: frame).map {
        name(park.texts[0], at: $0)
      }
      let inside = Self.places(in: park, within: frame)
      let chosen =
        near.first { isNoOther($0) && isClear($0) }
        ?? park.texts.lazy.flatMap { text in inside.lazy.map { name(text, at: $0) } }
        .first { isClear($0) && park.holds($0.middle) }
        ?? Self.places(beside: park, park.texts[0].half, within: frame).lazy.map {
          name(park.texts[0], at: $0)
        }.first { isNoOther($0) && isClear($0) }
        ?? near.first(where: isFree)
      if let chosen { names.append(chosen) }
    }
  }

  /// A place, kept within the frame, and those below, above and beside it.
  private static func places(near label: Point, _ half: Point, within frame: Extent) -> [Point] {
    let x = max(min(label.x, frame.maxX - half.x - 2), frame.minX + half.x + 2)
    let (up, aside) = (2 * half.y + gap, half.x + gap)
    return [(0, 0), (0, -up), (0, up), (-aside, 0), (aside, 0)].map {
      Point(x: x + $0.0, y: label.y + $0.1)
    }
  }

  /// All over a park's box, the nearest to its label first.
  private static func places(in park: Park, within frame: Extent) -> [Point] {
    places(over: park.box, near: park.label, within: frame)
  }

  /// On the right and the left of a park, above and below it; else all around it, the nearest first.
  private static func places(
    beside park: Park, _ half: Point, within frame: Extent
  ) -> [Point] {
    let (box, label) = (park.box, park.label)
    let (left, right) = (box.minX - half.x - gap, box.maxX + half.x + gap)
    let (foot, top) = (box.minY - half.y - gap, box.maxY + half.y + gap)
    return [(right, label.y), (left, label.y), (label.x, top), (label.x, foot)].map {
      Point(x: $0.0, y: $0.1)
    } + places(over: box.expanded(byX: half.x + gap, y: half.y + gap), near: label, within: frame)
  }

  private static func places(
    over box: Extent, near place: Point, within frame: Extent
  ) -> [Point] {
    func along(_ low: Double, _ high: Double, _ index: Int) -> Double {
      low + (high - low) * (Double(index) + 0.5) / Double(tries)
    }
    let (left, right) = (max(box.minX, frame.minX), min(box.maxX, frame.maxX))
    let (foot, top) = (max(box.minY, frame.minY), min(box.maxY, frame.maxY))
    func distance(_ other: Point) -> Double {
      let (x, y) = (other.x - place.x, other.y - place.y)
      return x * x + y * y
    }
    return (0..<tries * tries).map {
      Point(x: along(left, right, $0 % tries), y: along(foot, top, $0 / tries))
    }.sorted { distance($0) < distance($1) }
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

  /// A name in lines.
  private struct Text {
    let lines: [String]
    /// Of its box.
    let half: Point

    /// - Parameter width: of a line, at most where words are no longer.
    init(_ name: String, isBold: Bool, width: Double) {
      lines = PDFDrawing.lines(of: name, size: ParkNames.size, isBold: isBold, width: width)
      let widths = lines.map { PDFDrawing.width(of: $0, size: ParkNames.size, isBold: isBold) }
      half = Point(x: (widths.max() ?? 0) / 2, y: ParkNames.leading * Double(lines.count) / 2)
    }
  }

  /// A park as it lies on the page.
  private struct Park {
    let rings: [[Point]]
    let box: Extent
    let label: Point
    let size: Double
    let isBold: Bool
    /// In as few lines as may be, then in more.
    let texts: [Text]

    init(_ outline: ReportMap.Outline, isBold: Bool, at point: (Point) -> Point) {
      rings = outline.shape.rings.map { $0.map(point) }
      label = point(outline.label)
      box = Extent(around: rings.joined()) ?? Extent(around: label, half: Point(x: 0, y: 0))
      size = abs(outline.shape.rings.reduce(0) { $0 + $1.signedArea })
      self.isBold = isBold
      let wide = Text(outline.name, isBold: isBold, width: ParkNames.widest)
      let narrow = Text(outline.name, isBold: isBold, width: 1.3 * wide.half.x)
      texts = narrow.half.x < wide.half.x ? [wide, narrow] : [wide]
    }

    /// By the even-odd rule.
    func holds(_ place: Point) -> Bool {
      guard place.x >= box.minX, place.x <= box.maxX, place.y >= box.minY, place.y <= box.maxY
      else { return false }
      var isInside = false
      for ring in rings {
        for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1))
        where (a.y > place.y) != (b.y > place.y)
          && place.x < a.x + (place.y - a.y) / (b.y - a.y) * (b.x - a.x)
        { isInside.toggle() }
      }
      return isInside
    }
  }
}

extension Extent {
  fileprivate init(around middle: Point, half: Point) {
    self.init(
      minX: middle.x - half.x, minY: middle.y - half.y, maxX: middle.x + half.x,
      maxY: middle.y + half.y)
  }
}
