import RasterCore

/// How a page of A4 is divided: title above, the map as large as it will go, legend and facts to its right
/// or, on an upright page, below it.
struct MapPageLayout: Hashable {
  let width: Int
  let height: Int
  /// Points to a map unit.
  let scale: Double
  /// The map.
  let frame: Extent
  /// The feet of the first lines of the legend and of the facts.
  let legend: Point
  let facts: Point
  /// The upper edge of the title.
  let top: Double
  let titleLines: [String]
  let subtitleLines: [String]
  /// How many of the subtitle's lines belong to its first part.
  let landscapeLineCount: Int

  static let margin = 36.0
  static let panelWidth = 170.0
  private static let gap = 16.0
  /// Room for the legend, and for scale bar, arrow and small print.
  private static let legendHeight = 150.0
  private static let longSide = 842
  private static let shortSide = 595
  static let (titleSize, titleStep) = (15.0, 19.0)
  static let (subtitleSize, subtitleStep) = (8.5, 11.5)

  /// - Parameter view: what is to be seen, in map units; of some width and height.
  init(view: Extent, title: String, subtitles: [String]) {
    let candidates = [true, false].map {
      Self(isWide: $0, view: view, title: title, subtitles: subtitles)
    }
    self = candidates[0].scale >= candidates[1].scale ? candidates[0] : candidates[1]
  }

  private init(isWide: Bool, view: Extent, title: String, subtitles: [String]) {
    width = isWide ? Self.longSide : Self.shortSide
    height = isWide ? Self.shortSide : Self.longSide
    let textWidth = Double(width) - 2 * Self.margin
    titleLines = PDFDrawing.lines(
      of: title, size: Self.titleSize, isBold: true, width: textWidth)
    let parts = subtitles.map {
      PDFDrawing.lines(of: $0, size: Self.subtitleSize, width: textWidth)
    }
    subtitleLines = Array(parts.joined())
    landscapeLineCount = parts.first?.count ?? 0
    top = Double(height) - Self.margin
    let heading =
      Double(titleLines.count) * Self.titleStep + Double(subtitleLines.count) * Self.subtitleStep
    let room = Extent(
      minX: Self.margin,
      minY: Self.margin + (isWide ? 0 : Self.legendHeight + Self.gap),
      maxX: Double(width) - Self.margin - (isWide ? Self.panelWidth + Self.gap : 0),
      maxY: top - heading - 6)
    scale = min(room.width / view.width, room.height / view.height)
    frame = Extent(
      minX: room.minX, minY: room.maxY - view.height * scale, maxX: room.minX + view.width * scale,
      maxY: room.maxY)
    if isWide {
      legend = Point(x: frame.maxX + Self.gap, y: frame.maxY - 10)
      facts = Point(x: legend.x, y: legend.y - Self.legendHeight)
    } else {
      legend = Point(x: Self.margin, y: frame.minY - Self.gap - 8)
      facts = Point(x: Double(width) - Self.margin - Self.panelWidth, y: legend.y + 8)
    }
  }
}
