import Foundation
import RasterCore

/// A map as SVG: complete and still without scripts; the page's script lets it pan and zoom.
struct MapDrawing {
  let map: ReportMap
  /// The picture on top of the relief: a species.
  let picture: String
  let view: Extent
  /// The park that an inset is about; a large map is about all, and has a graticule and land cover.
  var park: ReportMap.Outline?

  private var isLarge: Bool { park == nil }
  private var ground: ReportMap.Ground { park?.ground ?? map.ground }

  /// - Parameter label: what the map shows, for readers that do not see it.
  func markup(label: String, in wording: Wording) -> Markup {
    let box: Markup =
      "\(coordinate: view.minX) \(coordinate: view.minY) \(coordinate: view.width) \(coordinate: view.height)"
    let drawing: Markup = """
      <svg class="map-picture" viewBox="\(box)" role="img" aria-label="\(label)">
      <g class="map-layers">
      \(layer("classes", picture))\(map.has("landcover") && isLarge ? layer("landcover", "landcover") : "")\
      \(map.has("hillshade") ? layer("hillshade", "hillshade") : "")</g>
      \(veil)\(isLarge ? graticule(wording) : "")\
      \(map.outlines.map(outline))</svg>

      """
    return "\(drawing)\(overlay(wording))"
  }

  /// Lightens what is no park, or not the one that counts; without parks the whole map counts.
  private var veil: Markup {
    guard !map.outlines.isEmpty else { return "" }
    let id = park.flatMap { map.outlines.count > 1 ? "veil-\($0.anchor)" : nil } ?? "veil"
    return "<use href=\"#\(id)\" class=\"veil\"/>\n"
  }

  private func layer(_ name: String, _ key: String) -> Markup {
    "<use href=\"#picture-\(key)\" class=\"layer-\(name)\(isCoarse ? " coarse" : "")\"/>\n"
  }

  /// Cells are so large in this view that their edges should be seen.
  private var isCoarse: Bool {
    guard let shown = map.pictures.first(where: { $0.key == picture }) else { return false }
    return shown.box.width / Double(shown.columns) > view.width / 300
  }

  private func outline(_ outline: ReportMap.Outline) -> Markup {
    let emphasis = outline.anchor == park?.anchor ? " highlighted" : ""
    return """
      <use href="#outline-\(outline.anchor)" class="park-halo"/>\
      <use href="#outline-\(outline.anchor)" class="park-outline\(emphasis)"/>

      """
  }

  // MARK: Graticule

  private func graticule(_ wording: Wording) -> Markup {
    let lines = map.graticule.map { line -> Markup in
      """
      <path class="level-\(line.level)" data-label="\(Self.label(of: line, wording))" \
      data-axis="\(line.isMeridian ? "x" : "y")" d="\(line.points.path)"/>

      """
    }
    return "<g class=\"graticule\">\n\(lines)</g>\n"
  }

  /// For example 43°20′N.
  static func label(of line: ReportMap.GraticuleLine, _ wording: Wording) -> String {
    let minutes = abs(line.minutes)
    let angle =
      "\(minutes / 60)°" + (minutes % 60 == 0 ? "" : String(format: "%02d′", minutes % 60))
    let side =
      line.isMeridian
      ? (line.minutes < 0 ? "west" : "east") : (line.minutes < 0 ? "south" : "north")
    return wording.sentence("map.\(side)", ["angle": angle])
  }

  // MARK: What keeps its size

  /// Names and scale are placed in per cent of the frame, so that they keep their size at any width.
  private func overlay(_ wording: Wording) -> Markup {
    let labels = map.graticule.filter { $0.level == 0 && isLarge }.compactMap { line -> Markup? in
      // Below, on the left, stands the scale.
      let clear =
        line.isMeridian
        ? (0.04 * view.width, 0.04 * view.width) : (0.04 * view.height, 0.12 * view.height)
      guard let point = line.labelPlace(in: view, clear: clear) else { return nil }
      let kind = line.isMeridian ? "meridian" : "parallel"
      return """
        <text class="graticule-label \(kind)" \(position(point)) \
        \(line.isMeridian ? "dy=\"-6\"" : "dx=\"5\" dy=\"4\"")>\(Self.label(of: line, wording))</text>

        """
    }
    return """
      <svg class="map-labels" width="100%" height="100%" aria-hidden="true">
      <g class="graticule-labels">
      \(labels)</g>
      <g class="park-labels">
      \(shownNames.map { MapName(of: $0, in: view).markup })</g>
      \(scaleBar(wording))\(northArrow(wording))</svg>

      """
  }

  private func position(_ point: Point) -> Markup {
    let x = 100 * (point.x - view.minX) / view.width
    let y = 100 * (point.y - view.minY) / view.height
    return "x=\"\(coordinate: x)%\" y=\"\(coordinate: y)%\""
  }

  /// Larger parks first; the script leaves out names that would cover another. An inset has its own only.
  private var shownNames: [ReportMap.Outline] {
    if let park { return [park] }
    return map.outlines.filter { outline in
      outline.label.x > view.minX && outline.label.x < view.maxX && outline.label.y > view.minY
        && outline.label.y < view.maxY
    }.sorted { one, other in
      let (a, b) = (one.shape.extent, other.shape.extent)
      return (a?.width ?? 0) * (a?.height ?? 0) > (b?.width ?? 0) * (b?.height ?? 0)
    }
  }

  /// A round length of about a fifth of the width.
  private func scaleBar(_ wording: Wording) -> Markup {
    guard let metres = ScaleBar.length(within: 0.3 * view.width * ground.metresPerUnit) else {
      return ""
    }
    let share = 100 * metres / ground.metresPerUnit / view.width
    let length =
      metres >= 1000
      ? wording.sentence("map.kilometres", ["length": wording.number(metres / 1000, decimals: 0)])
      : wording.sentence("map.metres", ["length": wording.number(metres, decimals: 0)])
    return """
      <svg class="scale-bar" x="16" y="100%" width="\(coordinate: share)%" height="1" overflow="visible">
      <rect class="back" x="-2" y="-35" width="100%" height="8"/>
      <rect class="line" y="-33" width="100%" height="4"/>
      <text x="50%" y="-40">\(length)</text>
      </svg>

      """
  }

  private func northArrow(_ wording: Wording) -> Markup {
    """
    <svg class="north-arrow" x="100%" overflow="visible">
    <g transform="translate(-30 34) rotate(\(coordinate: ground.north))">
    <circle r="22"/><path d="M0 -17L7 12L0 7z"/><path class="dark" d="M0 -17L-7 12L0 7z"/>
    </g><text x="-30" y="72">\(wording["map.north_letter"])</text>
    </svg>

    """
  }
}
