import RasterCore

/// The name of a park on a map, in lines about its place.
///
/// It is placed for a small screen, where it is most in the way, in per cent of the frame, so that it is well
/// placed in a larger one too. On a large map the page's script places it anew.
struct MapName {
  let outline: ReportMap.Outline
  let lines: [String]
  /// Per cent of the frame.
  private let middle: Point
  /// What it takes of a small screen, in pixels. Wider ones leave more room between names.
  let box: Extent
  /// Whether its place is a free one.
  private let isFree: Bool

  /// Pixels: of the letters, from line to line, and of a map on a small screen.
  private static let (size, leading, frameWidth) = (13.5, 16.2, 340.0)
  /// Pixels that the north arrow takes in its corner, and the scale in the height of its own.
  private static let (arrowWidth, arrowHeight, scaleHeight) = (60.0, 80.0, 58.0)
  /// The scale is at most so long.
  private static let scaleWidth = 0.3 * frameWidth + 24
  private static let rim = 3.0

  /// Names of which none touches another; those that would are to be hidden, until a script finds room.
  static func names(
    of outlines: [ReportMap.Outline], in view: Extent, besides taken: [Extent] = []
  ) -> [(name: MapName, isHidden: Bool)] {
    var taken = taken
    return outlines.map { outline in
      let name = MapName(of: outline, in: view)
      let isHidden =
        outlines.count > 1 && (!name.isFree || taken.contains { $0.overlaps(name.box) })
      if !isHidden { taken.append(name.box) }
      return (name, isHidden)
    }
  }

  /// What the label of a meridian or a parallel takes of a small screen.
  static func box(ofLabel text: String, at place: Point, isMeridian: Bool, in view: Extent)
    -> Extent
  {
    let scale = frameWidth / view.width
    let foot = Point(x: (place.x - view.minX) * scale, y: (place.y - view.minY) * scale)
    let width = PDFDrawing.width(of: text, size: size, isBold: false)
    let left = isMeridian ? foot.x - width / 2 : foot.x
    return Extent(
      minX: left - rim, minY: foot.y - leading - rim, maxX: left + width + 2 * rim,
      maxY: foot.y + (isMeridian ? 0 : leading / 2) + rim)
  }

  init(of outline: ReportMap.Outline, in view: Extent) {
    self.outline = outline
    lines = NameLines.lines(of: outline.name)
    let scale = Self.frameWidth / view.width
    let frame = Extent(minX: 0, minY: 0, maxX: Self.frameWidth, maxY: view.height * scale)
    let widths = lines.map { PDFDrawing.width(of: $0, size: Self.size, isBold: true) }
    let half = Point(
      x: (widths.max() ?? 0) / 2 + Self.rim,
      y: Double(lines.count) * Self.leading / 2 + Self.rim)
    func within(_ value: Double, _ half: Double, _ size: Double) -> Double {
      2 * half < size ? min(max(value, half), size - half) : size / 2
    }
    let place = Point(
      x: within((outline.label.x - view.minX) * scale, half.x, frame.maxX),
      y: within((outline.label.y - view.minY) * scale, half.y, frame.maxY))
    let free = Self.places(near: place, half: half, in: frame).first { place in
      let box = Self.box(half, around: place)
      return frame.contains(box) && !Self.furniture(of: frame).contains { $0.overlaps(box) }
    }
    isFree = free != nil
    let middle = free ?? place
    box = Self.box(half, around: middle)
    self.middle = Point(x: 100 * middle.x / frame.width, y: 100 * middle.y / frame.height)
  }

  private static func box(_ half: Point, around place: Point) -> Extent {
    Extent(
      minX: place.x - half.x, minY: place.y - half.y, maxX: place.x + half.x,
      maxY: place.y + half.y)
  }

  private static func furniture(of frame: Extent) -> [Extent] {
    [
      Extent(
        minX: frame.maxX - arrowWidth, minY: 0, maxX: frame.maxX, maxY: arrowHeight),
      Extent(minX: 0, minY: frame.maxY - scaleHeight, maxX: scaleWidth, maxY: frame.maxY),
    ]
  }

  /// The place itself, and those beside, above and below what may be in its way, nearest first.
  private static func places(near place: Point, half: Point, in frame: Extent) -> [Point] {
    let beside = furniture(of: frame).flatMap { [$0.minX - half.x, $0.maxX + half.x] }
    let above = furniture(of: frame).flatMap { [$0.minY - half.y, $0.maxY + half.y] }
    let places =
      beside.map { Point(x: $0, y: place.y) } + above.map { Point(x: place.x, y: $0) }
    return [place]
      + places.sorted { one, other in
        abs(one.x - place.x) + abs(one.y - place.y)
          < abs(other.x - place.x) + abs(other.y - place.y)
      }
  }

  var markup: Markup { markup(isHidden: false) }

  func markup(isHidden: Bool) -> Markup {
    let x: Markup = "x=\"\(coordinate: middle.x)%\""
    let parts = lines.enumerated().map { index, line -> Markup in
      // The first foot of a line stands so that the middle of all is in its place.
      let step = index == 0 ? 0.35 - 0.6 * Double(lines.count - 1) : 1.2
      return "<tspan \(x) dy=\"\(coordinate: step)em\">\(line)</tspan>"
    }
    return """
      <text class="park-label\(isHidden ? " hidden" : "")" \(x) y="\(coordinate: middle.y)%" \
      data-x="\(coordinate: outline.label.x)" data-y="\(coordinate: outline.label.y)">\(parts)</text>

      """
  }
}
