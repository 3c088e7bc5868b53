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
  let noteLines: [String]
  let sourceLines: [String]
  /// The upper edge of the small print about the data.
  let sourcesTop: Double

  static let margin = 36.0
  static let panelWidth = 170.0
  private static let gap = 16.0
  /// Room for the legend, and for scale bar, arrow and small print.
  private static let legendHeight = 150.0
  private static let longSide = 842
  private static let shortSide = 595
  static let (titleSize, titleStep) = (15.0, 19.0)
  static let (subtitleSize, subtitleStep) = (8.5, 11.5)
  static let (noteSize, noteStep) = (7.0, 9.0)
  static let (sourceSize, sourceStep) = (6.5, 8.0)
  /// Lines about the data; what is more stands in the report.
  private static let mostSourceLines = 12
  /// From the feet of the facts to their notes: scale bar and arrow.
  static let notesDrop = 50.0

  /// - Parameters:
  ///   - view: what is to be seen, in map units; of some width and height.
  ///   - notes: the small print of the facts.
  ///   - sources: the small print about the data, at the foot of the page.
  ///   - more: what stands for those sources that the page has no room for.
  init(
    view: Extent, title: String, subtitles: [String], notes: [String] = [], sources: [String] = [],
    more: String = "…"
  ) {
    let texts = Texts(
      title: title, subtitles: subtitles, notes: notes, sources: sources, more: more)
    let candidates = [true, false].map { Self(isWide: $0, view: view, texts) }
    self = candidates[0].scale >= candidates[1].scale ? candidates[0] : candidates[1]
  }

  private struct Texts {
    let title: String
    let subtitles: [String]
    let notes: [String]
    let sources: [String]
    let more: String
  }

  private static func sourceLines(_ texts: Texts, width: Double) -> [String] {
    let lines = texts.sources.flatMap {
      PDFDrawing.lines(of: $0, size: sourceSize, width: width, breaksWords: true)
    }
    guard lines.count > mostSourceLines else { return lines }
    return Array(lines.prefix(mostSourceLines - 1))
      + PDFDrawing.lines(of: texts.more, size: sourceSize, width: width).prefix(1)
  }

  private init(isWide: Bool, view: Extent, _ texts: Texts) {
    width = isWide ? Self.longSide : Self.shortSide
    height = isWide ? Self.shortSide : Self.longSide
    let textWidth = Double(width) - 2 * Self.margin
    titleLines = PDFDrawing.lines(
      of: texts.title, size: Self.titleSize, isBold: true, width: textWidth, breaksWords: true)
    let parts = texts.subtitles.map {
      PDFDrawing.lines(of: $0, size: Self.subtitleSize, width: textWidth, breaksWords: true)
    }
    subtitleLines = Array(parts.joined())
    landscapeLineCount = parts.first?.count ?? 0
    noteLines = texts.notes.flatMap {
      PDFDrawing.lines(of: $0, size: Self.noteSize, width: Self.panelWidth, breaksWords: true)
    }
    sourceLines = Self.sourceLines(texts, width: textWidth)
    let foot = sourceLines.isEmpty ? 0 : Double(sourceLines.count) * Self.sourceStep + 6
    sourcesTop = Self.margin + foot
    let panelHeight = max(
      Self.legendHeight, Self.notesDrop + Double(noteLines.count) * Self.noteStep)
    top = Double(height) - Self.margin
    let heading =
      Double(titleLines.count) * Self.titleStep + Double(subtitleLines.count) * Self.subtitleStep
    let room = Extent(
      minX: Self.margin,
      minY: Self.margin + foot + (isWide ? 0 : panelHeight + Self.gap),
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
