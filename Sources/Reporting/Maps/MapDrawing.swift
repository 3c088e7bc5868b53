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
    let box = [view.minX, view.minY, view.width, view.height].map(map.length)
      .joined(separator: " ")
    let drawing: Markup = """
      <svg class="map-picture" viewBox="\(box)" role="img" aria-label="\(label)">
      <g class="map-layers">
      \(classes)\(isLarge ? layer("landcover") : "")\(hasRelief ? layer("hillshade") : "")</g>
      \(outside)\(isLarge ? graticule(wording) : "")\
      \(outlines)</svg>

      """
    return "\(drawing)\(overlay(wording))"
  }

  /// Lines over what is no park, or not the one that counts; without parks the whole map counts.
  private var outside: Markup {
    guard !map.outlines.isEmpty else { return "" }
    let lines = OutsideLines(
      id: "lines-\(picture)" + (park.map { "-\($0.anchor)" } ?? ""), view: view,
      count: isLarge ? 110 : 45)
    guard let park, park.inset != nil else {
      let margin = ReportMap.side
      return """
        \(lines.definition)<rect class="outside" x="\(coordinate: -margin)" y="\(coordinate: -margin)" \
        width="\(coordinate: map.width + 2 * margin)" height="\(coordinate: map.height + 2 * margin)" \
        fill="url(#\(lines.id))" mask="url(#outside)"/>

        """
    }
    return """
      \(lines.definition)<use href="#park-outline-\(park.anchor)" class="outside" fill="url(#\(lines.id))"/>

      """
  }

  /// The picture of all parks; on the large map those of single parks lie upon it, to be seen when it is
  /// zoomed in.
  private var classes: Markup {
    let shown = map.picture(picture, of: park?.anchor)
    let fine =
      isLarge ? map.pictures.filter { $0.key == picture && $0.park != nil } : []
    let uses: Markup =
      fine.isEmpty ? "" : "<g class=\"fine\">\(fine.map { Self.use($0) })</g>"
    return """
      <g class="layer-classes\(isCoarse(shown) ? " coarse" : "")">\
      \(shown.map(Self.use) ?? "")\(uses)</g>

      """
  }

  private func layer(_ key: String) -> Markup {
    guard let shown = map.picture(key) else { return "" }
    let isCoarse = key == "landcover" && isCoarse(shown)
    return "<g class=\"layer-\(key)\(isCoarse ? " coarse" : "")\">\(Self.use(shown))</g>\n"
  }

  private static func use(_ picture: ReportMap.Picture) -> Markup {
    "<use href=\"#\(picture.id)\"/>"
  }

  /// Cells are so large in this view that their edges should be seen.
  private func isCoarse(_ shown: ReportMap.Picture?) -> Bool {
    guard let shown else { return false }
    return shown.box.width / Double(shown.columns) > view.width / 300
  }

  private var hasRelief: Bool {
    guard !isLarge, let classes = map.picture(picture, of: park?.anchor) else { return true }
    return map.relief(in: view, under: classes) != nil
  }

  private var outlines: Markup {
    guard let park, let inset = park.inset else {
      return map.outlines.map { outline in
        """
        <use href="#outline-\(outline.anchor)" class="park-halo"/>\
        <use href="#outline-\(outline.anchor)" class="park-outline"/>

        """ as Markup
      }.joined()
    }
    let others = inset.others.map { other -> Markup in
      """
      <path class="park-outline" vector-effect="non-scaling-stroke" \
      d="\(other.shape.path(within: inset.slack))"/>

      """
    }
    return """
      \(others)<use href="#park-outline-\(park.anchor)" class="park-halo"/>\
      <use href="#park-outline-\(park.anchor)" class="park-outline highlighted"/>

      """
  }

  // MARK: Graticule

  private func graticule(_ wording: Wording) -> Markup {
    let lines = map.graticule.map { line -> Markup in
      """
      <path class="level-\(line.level)" data-label="\(Self.label(of: line, wording))" \
      data-axis="\(line.isMeridian ? "x" : "y")" d="\(line.points.path(within: map.slack))"/>

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
    let named = map.graticule.filter { $0.level == 0 && isLarge }.compactMap {
      line -> (text: String, isMeridian: Bool, place: Point)? in
      // Below, on the left, stands the scale.
      let clear =
        line.isMeridian
        ? (0.04 * view.width, 0.04 * view.width) : (0.04 * view.height, 0.12 * view.height)
      return line.labelPlace(in: view, clear: clear).map {
        (Self.label(of: line, wording), line.isMeridian, $0)
      }
    }
    let labels = named.map { label -> Markup in
      """
      <text class="graticule-label \(label.isMeridian ? "meridian" : "parallel")" \
      \(position(label.place)) \(label.isMeridian ? "dy=\"-6\"" : "dx=\"5\" dy=\"4\"")>\
      \(label.text)</text>

      """
    }
    let taken = named.map {
      MapName.box(ofLabel: $0.text, at: $0.place, isMeridian: $0.isMeridian, in: view)
    }
    let names = MapName.names(of: shownNames, in: view, besides: taken)
    return """
      <svg class="map-labels" width="100%" height="100%" aria-hidden="true">
      <g class="graticule-labels">
      \(labels)</g>
      <g class="park-labels">
      \(names.map { $0.name.markup(isHidden: $0.isHidden) })</g>
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
