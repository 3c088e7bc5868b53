import RasterCore

/// The km² of a species by park and class, laid out like Tables 8 and 9 of NEASPEC (2026).
struct AreaFigures {
  let areas: SpeciesAreas

  func markup(in wording: Wording) -> Markup {
    """
    <div class="scroll" role="region" tabindex="0" aria-label="\(wording["table.region"])">
    <table class="areas sortable">
    <caption><span>\(wording.markup("table.caption", ["species": "\(wording.species(areas))"]))</span></caption>
    <thead><tr>\(header(wording))</tr></thead>
    <tbody>
    \(areas.rows.map { row($0, wording) })</tbody>
    \(areas.total.map { "<tfoot>\n\(row($0, wording))</tfoot>\n" } ?? "")</table>
    </div>
    \(overlap(wording))\(areas.roundingNote(in: wording))
    """
  }

  /// What would only be a column of zeros is left out here; each park's own page has it.
  private var showsNodata: Bool {
    areas.allRows.contains { $0.nodata.value >= AreaTable.leastShown }
  }
  private var showsOutside: Bool {
    areas.allRows.contains { $0.outside.value >= AreaTable.leastShown }
  }

  private func header(_ wording: Wording) -> [Markup] {
    let first = NationalParks.heading(
      of: areas.rows.filter { $0.kind == .park }.map(\.name), in: wording)
    var names = ["table.total_area"] + SuitabilityClass.allCases.map { "class.\($0.key)" }
    if showsNodata { names.append("table.nodata") }
    if showsOutside { names.append("table.outside") }
    return ["<th scope=\"col\">\(first)</th>"]
      + names.map {
        """
        <th scope="col" class="number">\(wording[$0])<span class="unit">\(wording["unit.km2"])</span></th>
        """
      }
  }

  private func row(_ row: SpeciesAreas.Row, _ wording: Wording) -> Markup {
    let decimals = areas.decimals
    func cell(_ figure: Figure, _ bar: Markup = "") -> Markup {
      "<td class=\"number\">\(figure.markup(in: wording, decimals: decimals))\(bar)</td>"
    }
    var cells = [cell(row.area)]
    for (suitability, figure) in zip(SuitabilityClass.allCases, row.classes) {
      cells.append(
        cell(
          figure,
          Bar.one(
            share: figure.share(of: row.area).value, colour: "class-\(Int(suitability.rawValue))")))
    }
    if showsNodata { cells.append(cell(row.nodata)) }
    if showsOutside { cells.append(cell(row.outside)) }
    let name = wording.name(of: row)
    let heading: Markup =
      row.kind == .raster ? name : "<a href=\"#\(row.anchor)\">\(name)</a>"
    return "<tr><th scope=\"row\">\(heading)</th>\(cells)</tr>\n"
  }

  /// The total counts land that parks share once.
  private func overlap(_ wording: Wording) -> Markup {
    guard let total = areas.total else { return "" }
    let sum = areas.rows.reduce(0) { $0 + $1.area.value }
    return sum - total.area.value > 1e-5
      ? "<p class=\"note\">\(wording["table.overlap"])</p>\n" : ""
  }
}

extension SpeciesAreas {
  /// That figures are rounded, and where they are not.
  func roundingNote(in wording: Wording) -> Markup {
    let file: Markup = "<code>\("\(name)_areas.json")</code>"
    return "<p class=\"note\">\(wording.markup("table.rounded", ["file": file]))</p>\n"
  }
}

extension Wording {
  /// The name of a species: its own in this language where there is one, else the title of its model.
  func species(_ areas: SpeciesAreas) -> String { text("species.\(areas.name)") ?? areas.title }

  /// The same without what stands in parentheses, such as the Latin name.
  func shortName(of areas: SpeciesAreas) -> String { Self.shortName(species(areas)) }

  static func shortName(_ name: String) -> String {
    let end = name.firstIndex { $0 == "(" || $0 == "\u{FF08}" } ?? name.endIndex
    let short = name[..<end].trimmingSuffix(while: \.isWhitespace)
    return short.isEmpty ? name : String(short)
  }

  /// The name of a row: parks are called as the data call them.
  func name(of row: SpeciesAreas.Row) -> Markup { name(of: row.kind, row.name) }

  func name(of kind: AreaTable.Kind, _ name: String) -> Markup {
    switch kind {
    case .park: Markup(name: name)
    case .raster: "\(self["table.whole"])"
    case .total: "\(self["table.total"])"
    }
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while isGone: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, isGone(last) { rest.removeLast() }
    return rest
  }
}
