import Foundation
public import RasterCore
import Styles

/// A printed map of one species: what is drawn around and upon its pictures, and where these go.
///
/// The map is given in map units, x to the right and y down; the page is in points, y up.
public struct MapPage: Sendable {
  public let map: ReportMap
  public let species: String
  /// The park that the page is about; `nil` for all.
  let park: String?
  /// What stands above the map, the reasons for caution below all else.
  let title: String
  let landscape: String
  let cautions: [String]
  /// Small print: CRS, model, record.
  let notes: [String]
  /// Small print: whose data it is.
  let sources: [String]
  let wording: Wording
  let layout: MapPageLayout

  public var width: Int { layout.width }
  public var height: Int { layout.height }
  /// The map's place on the page.
  public var frame: Extent { layout.frame }

  /// In the list of the pages.
  public var name: String { park.map { "\(species): \($0)" } ?? species }

  /// - Parameters:
  ///   - park: the name of the one that the page is about; `nil` for all.
  ///   - crs: the name of the grid's.
  ///   - record: the digest of the run's record.
  public init(
    of areas: SpeciesAreas, in park: String? = nil, on map: ReportMap, facts: RunFacts, crs: String,
    record: String, wording: Wording
  ) {
    let species = wording.species(areas)
    let model = ["species": areas.name, "version": areas.modelVersion]
    let run = ["version": facts.program, "digest": String(record.prefix(12))]
    self.init(
      map, species: species, park: park,
      // A title of parks' names says no more than the park's own.
      landscape: facts.title.contains(park ?? "\0") ? "" : facts.title,
      cautions: facts.reservations(about: [areas.name]).map { $0.text(in: wording) },
      notes: Self.blocks(of: areas.name, on: map, wording) + [
        wording.sentence("mappage.crs", ["crs": crs]),
        wording.sentence("mappage.model", model), wording["mappage.hypotheses"],
        wording.sentence("mappage.run", run),
      ], sources: MapCredits(facts).lines(in: wording), wording: wording)
  }

  init(
    _ map: ReportMap, species: String, park: String? = nil, landscape: String, cautions: [String],
    notes: [String], sources: [String], wording: Wording
  ) {
    (self.map, self.species, self.park) = (map, species, park)
    self.landscape = [park ?? "", landscape].filter { !$0.isEmpty }.joined(separator: " · ")
    title = wording.sentence("mappage.map_title", ["species": species])
    (self.cautions, self.notes, self.sources, self.wording) = (cautions, notes, sources, wording)
    layout = MapPageLayout(
      view: map.view, title: title, subtitles: [self.landscape] + cautions, notes: notes,
      sources: sources, more: wording["mappage.more_sources"])
  }

  /// What a dot stands for where that is not a cell.
  private static func blocks(
    of species: String, on map: ReportMap, _ wording: Wording
  ) -> [String] {
    guard let block = map.picture(species)?.cells.block, block > 1 else { return [] }
    return [wording.sentence("mappage.blocks", ["cells": String(block)])]
  }

  /// Where a place of the map is on the page.
  public func point(of position: Point) -> Point {
    Point(
      x: frame.minX + (position.x - map.view.minX) * layout.scale,
      y: frame.maxY - (position.y - map.view.minY) * layout.scale)
  }

  // MARK: Drawings

  /// What is seen where the map has no data, to be laid under all.
  public var ground: PDFDrawing {
    var drawing = PDFDrawing(width: width, height: height)
    drawNodata(in: frame, on: &drawing)
    return drawing
  }

  /// Grey lines, on the map as in the legend.
  private func drawNodata(in box: Extent, on drawing: inout PDFDrawing) {
    drawing.rectangle(box, fill: 0xF4F4F4, stroke: nil)
    drawing.clipped(to: box) { drawing in
      // Lines of equal x − y, so that those of two boxes would meet.
      let pace = 6.0
      let first = ((box.minX - box.maxY) / pace).rounded(.down)
      let last = ((box.maxX - box.minY) / pace).rounded(.up)
      for step in stride(from: first, through: last, by: 1) {
        let shift = step * pace
        drawing.stroke(
          [Point(x: box.minY + shift, y: box.minY), Point(x: box.maxY + shift, y: box.maxY)],
          width: 0.6, colour: 0xC4C4C4)
      }
    }
  }

  /// A light rim that sets the outlines of the parks off from dark land, to be laid under them; and the
  /// neighbours of the one that the page is about, thinner than that.
  public var halos: PDFDrawing {
    var drawing = PDFDrawing(width: width, height: height)
    drawing.clipped(to: frame) { drawing in
      drawing.roundCorners()
      for (width, colour) in [(2.2, 0xFFFFFF as UInt32), (1, Self.outlineColour)] {
        for ring in map.neighbours.flatMap(\.shape.rings) {
          drawing.stroke(
            ring.map(point), width: width * Self.neighbourWidth, colour: colour, isClosed: true)
        }
      }
      for ring in map.outlines.flatMap(\.shape.rings) {
        drawing.stroke(
          ring.map(point), width: 2.2 * Self.outlineWidth, colour: 0xFFFFFF, isClosed: true)
      }
    }
    return drawing
  }

  /// The names of the parks, to be laid upon the map.
  public var names: PDFDrawing {
    var drawing = PDFDrawing(width: width, height: height)
    drawing.clipped(to: frame) { drawing in
      ParkNames(
        of: map.outlines, and: map.neighbours, within: frame,
        besides: graticuleLabels.map(\.box), at: point
      ).draw(on: &drawing)
    }
    return drawing
  }

  /// Title, frame, graticule, legend, scale bar, north arrow and small print.
  public var furniture: PDFDrawing {
    var drawing = PDFDrawing(width: width, height: height)
    drawGraticule(on: &drawing)
    drawing.rectangle(frame, fill: nil, stroke: 0x222222, width: 0.8)
    var y = layout.top
    for line in layout.titleLines {
      y -= MapPageLayout.titleStep
      drawing.text(
        line, at: Point(x: MapPageLayout.margin, y: y + 5), size: MapPageLayout.titleSize,
        isBold: true)
    }
    for (index, line) in layout.subtitleLines.enumerated() {
      y -= MapPageLayout.subtitleStep
      drawing.text(
        line, at: Point(x: MapPageLayout.margin, y: y + 3), size: MapPageLayout.subtitleSize,
        colour: index < layout.landscapeLineCount ? 0x444444 : 0x9A3412)
    }
    drawLegend(on: &drawing)
    drawScaleAndNorth(on: &drawing)
    y = layout.sourcesTop - 4
    for line in layout.sourceLines {
      y -= MapPageLayout.sourceStep
      drawing.text(
        line, at: Point(x: MapPageLayout.margin, y: y), size: MapPageLayout.sourceSize,
        colour: 0x444444)
    }
    return drawing
  }

  private func drawGraticule(on drawing: inout PDFDrawing) {
    drawing.clipped(to: frame) { drawing in
      for line in map.graticule where line.level == 0 {
        drawing.stroke(line.points.map(point), width: 0.3, colour: 0x555555)
      }
      for label in graticuleLabels {
        drawing.text(
          label.text, at: label.foot, size: Self.labelSize,
          alignment: label.isCentred ? .centre : .left, colour: 0x444444, hasHalo: true)
      }
    }
  }

  private static let labelSize = 8.0

  /// Where the lines of the graticule are named, none of them upon another.
  private var graticuleLabels: [(text: String, foot: Point, isCentred: Bool, box: Extent)] {
    var labels: [(text: String, foot: Point, isCentred: Bool, box: Extent)] = []
    for line in map.graticule where line.level == 0 {
      // Too near a corner a label would run over the frame.
      let clear = 26 / layout.scale
      guard let place = line.labelPlace(in: map.view, clear: (clear, clear)) else { continue }
      let (end, isMeridian) = (point(of: place), line.isMeridian)
      let text = MapDrawing.label(of: line, wording)
      let foot = Point(x: end.x + (isMeridian ? 0 : 3), y: end.y + (isMeridian ? 3.5 : 2.5))
      let width = PDFDrawing.width(of: text, size: Self.labelSize, isBold: false)
      let left = foot.x - (isMeridian ? width / 2 : 0)
      let box = Extent(
        minX: left - 2, minY: foot.y - 3, maxX: left + width + 2, maxY: foot.y + Self.labelSize)
      guard !labels.contains(where: { $0.box.overlaps(box) }) else { continue }
      labels.append((text, foot, isMeridian, box))
    }
    return labels
  }

  // MARK: Legend

  private func drawLegend(on drawing: inout PDFDrawing) {
    var cursor = layout.legend
    drawing.text(wording["mappage.legend"], at: cursor, size: 10, isBold: true)
    func entry(_ name: String, _ swatch: (inout PDFDrawing, Extent) -> Void) {
      cursor.y -= 17
      swatch(
        &drawing,
        Extent(minX: cursor.x, minY: cursor.y - 2, maxX: cursor.x + 20, maxY: cursor.y + 9))
      let lines = PDFDrawing.lines(of: name, size: 9, width: MapPageLayout.panelWidth - 28)
      for (index, line) in lines.enumerated() {
        if index > 0 { cursor.y -= 11 }
        drawing.text(line, at: Point(x: cursor.x + 28, y: cursor.y), size: 9)
      }
    }
    for item in ColourLegend.suitabilityClasses.entries {
      entry(wording["class.\(item.key)"]) { drawing, box in
        drawing.rectangle(box, fill: item.colour, stroke: 0x555555)
      }
    }
    for item in ColourLegend.water.entries where showsWater {
      entry(wording["map.water"]) { drawing, box in
        drawing.rectangle(box, fill: item.colour, stroke: 0x555555)
      }
    }
    entry(wording["mappage.nodata"]) { drawing, box in
      drawNodata(in: box, on: &drawing)
      drawing.rectangle(box, fill: nil, stroke: 0x555555)
    }
    guard !map.outlines.isEmpty else { return }
    entry(NationalParks.heading(of: map.outlines.map(\.name), in: wording)) { drawing, box in
      drawing.rectangle(box, fill: nil, stroke: Self.outlineColour, width: Self.outlineWidth)
    }
  }

  private var showsWater: Bool {
    map.pictures.contains { $0.key != "landcover" && $0.codes.contains(ReportMap.waterCode) }
  }

  /// How park outlines are drawn, on the map as in the legend.
  static let outlineColour: UInt32 = 0x1A1A1A
  static let outlineWidth = 1.6
  /// Of other parks on the page of one.
  static let neighbourWidth = 1.0

  private func drawScaleAndNorth(on drawing: inout PDFDrawing) {
    let origin = layout.facts
    var y = origin.y
    if let bar = ScaleBar(metresPerPoint: map.ground.metresPerUnit / layout.scale, atMost: 120) {
      bar.draw(on: &drawing, at: Point(x: origin.x, y: y - 8), wording: wording)
      y -= 34
      drawing.text(
        wording.sentence("mappage.scale", ["ratio": wording.number(bar.ratio, decimals: 0)]),
        at: Point(x: origin.x, y: y), size: 7, colour: 0x444444)
    }
    drawNorth(
      on: &drawing, at: Point(x: origin.x + MapPageLayout.panelWidth - 18, y: origin.y - 14))
    y -= 16
    for line in layout.noteLines {
      drawing.text(
        line, at: Point(x: origin.x, y: y), size: MapPageLayout.noteSize, colour: 0x444444)
      y -= MapPageLayout.noteStep
    }
  }

  private func drawNorth(on drawing: inout PDFDrawing, at middle: Point) {
    let angle = map.ground.north * Double.pi / 180
    func turned(_ x: Double, _ y: Double) -> Point {
      Point(
        x: middle.x + x * cos(angle) + y * sin(angle), y: middle.y - x * sin(angle) + y * cos(angle)
      )
    }
    drawing.fill([turned(0, 12), turned(-6, -12), turned(0, -7)], colour: 0x222222)
    drawing.stroke(
      [turned(0, 12), turned(6, -12), turned(0, -7)], width: 0.7, colour: 0x222222,
      isClosed: true)
    let letter = turned(0, 19)
    drawing.text(
      wording["mappage.north"], at: Point(x: letter.x, y: letter.y - 3), size: 9, isBold: true,
      alignment: .centre)
  }
}
