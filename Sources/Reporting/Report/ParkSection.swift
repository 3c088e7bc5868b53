import RasterCore

/// A park, or all of them together: what each species finds there, by class and by land category.
public struct ParkSection: ReportSection {
  /// The row of this park in the table of each species.
  public let rows: [(species: SpeciesAreas, row: SpeciesAreas.Row)]
  public let map: ReportMap?
  /// What stands beside each map.
  public let credits: MapCredits

  /// - Parameter rows: at least one.
  public init(
    _ rows: [(species: SpeciesAreas, row: SpeciesAreas.Row)], map: ReportMap?, credits: MapCredits
  ) {
    precondition(!rows.isEmpty, "a park is scored for at least one species")
    (self.rows, self.map, self.credits) = (rows, map, credits)
  }

  private var park: SpeciesAreas.Row { rows[0].row }

  public var anchor: String { park.anchor }
  public var group: ReportGroup { park.kind == .raster ? .areas : .parks }

  public func title(in wording: Wording) -> String {
    switch park.kind {
    case .park: park.name
    case .raster: wording["table.whole"]
    case .total: wording["park.all"]
    }
  }

  public func body(in wording: Wording) -> Markup {
    let area = park.area.markup(in: wording, decimals: rows[0].species.decimals)
    return """
      <p class="facts">\(wording.markup("park.area", ["area": area]))</p>
      \(rows.map { species($0.species, $0.row, wording) })
      """
  }

  private func species(
    _ species: SpeciesAreas, _ row: SpeciesAreas.Row, _ wording: Wording
  ) -> Markup {
    """
    <div class="park-species">
    <h3>\(wording.species(species))</h3>
    <div class="park-summary">
    \(inset(species, wording))\(ParkFigures(row: row, decimals: species.decimals).shares(wording))</div>
    \(ParkFigures(row: row, decimals: species.decimals).crossTable(wording))\
    \(species.roundingNote(in: wording))</div>

    """
  }

  private func inset(_ species: SpeciesAreas, _ wording: Wording) -> Markup {
    guard let map, map.has(species.name),
      let outline = map.outlines.first(where: { $0.anchor == anchor }), let inset = outline.inset
    else { return "" }
    let drawing = MapDrawing(map: map, picture: species.name, view: inset.view, park: outline)
    let label = wording.sentence(
      "park.inset", ["species": wording.species(species), "park": outline.name])
    let block = map.picture(species.name, of: anchor)?.cells.block ?? 1
    let note: Markup =
      block > 1
      ? "<p class=\"note\">\(wording.sentence("park.blocks", ["cells": String(block)]))</p>" : ""
    return """
      <figure class="inset-map"><div class="inset" data-species="\(species.name)">
      \(drawing.markup(label: label, in: wording))</div>
      <p class="readout">\(wording["park.hint"])</p>\
      <figcaption>\(note)\(credits.caption(of: species, in: wording))</figcaption></figure>

      """
  }
}

/// The figures of a species in a park.
struct ParkFigures {
  let row: SpeciesAreas.Row
  let decimals: Int

  /// Each part of the park with its share, and the bar of all.
  func shares(_ wording: Wording) -> Markup {
    let classes = zip(SuitabilityClass.allCases, row.classes).map {
      line(
        wording["class.\($0.key)"], $1, wording, colour: "class-\(Int($0.rawValue))")
    }
    return """
      <div class="shares">
      \(Bar.stacked(zip(SuitabilityClass.allCases, row.classes).map { ($1.share(of: row.area).value, "class-\(Int($0.rawValue))") }))
      <table class="balance">
      <caption><span>\(wording["park.balance"])</span></caption>
      <thead><tr><th scope="col">\(wording["park.part"])</th>\
      <th scope="col" class="number">\(wording["unit.km2"])</th>\
      <th scope="col" class="number">%</th></tr></thead>
      <tbody>
      \(classes)\(line(wording["table.nodata"], row.nodata, wording, colour: "nodata"))\
      \(line(wording["table.outside"], row.outside, wording))\
      \(residual(wording))</tbody>
      <tfoot>\(line(wording["table.total_area"], row.area, wording))</tfoot>
      </table>
      </div>

      """
  }

  private func line(
    _ name: String, _ figure: Figure, _ wording: Wording, colour: String? = nil
  ) -> Markup {
    let heading = colour.map { Bar.key($0, name) } ?? "\(name)"
    let share = figure.share(of: row.area)
    return """
      <tr><th scope="row">\(heading)</th>\
      <td class="number">\(figure.markup(in: wording, decimals: decimals))</td>\
      <td class="number">\(share.markup(in: wording, decimals: 1))</td></tr>

      """
  }

  /// What the balance leaves over is far below the other figures, so it has all its decimals and no share.
  private func residual(_ wording: Wording) -> Markup {
    """
    <tr><th scope="row">\(wording["park.residual"])</th>\
    <td class="number">\(row.residual.markup(in: wording, decimals: 6))</td><td></td></tr>

    """
  }

  /// Land categories down, classes across.
  func crossTable(_ wording: Wording) -> Markup {
    let names =
      SuitabilityClass.allCases.map { wording["class.\($0.key)"] } + [wording["table.nodata"]]
    let lines = row.categories.map { category, classes, nodata -> Markup in
      let cells = (classes + [nodata]).map {
        """
        <td class="number\($0.value == 0 ? " zero" : "")">\($0.markup(in: wording, decimals: decimals))</td>
        """ as Markup
      }
      return """
        <tr><th scope="row">\
        \(Bar.key("category-\(Int(category.rawValue))", wording["category.\(category.key)"]))\
        </th>\(cells)</tr>

        """
    }
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="\(wording["park.categories"])">
      <table class="categories-by-class">
      <caption><span>\(wording["park.categories"])</span></caption>
      <thead><tr><th scope="col">\(wording["park.category"])</th>\
      \(names.map { "<th scope=\"col\" class=\"number\">\($0)</th>" as Markup })</tr></thead>
      <tbody>
      \(lines)</tbody>
      </table>
      </div>

      """
  }
}
