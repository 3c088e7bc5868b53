import RasterCore

/// The km² of a species by park and class, laid out like Tables 8 and 9 of NEASPEC (2026).
public struct AreaTableSection: ReportSection {
  public let areas: SpeciesAreas
  /// Why the figures cannot stand beside the published ones; empty where nothing speaks against it.
  public let reservations: [Reservation]

  public init(_ areas: SpeciesAreas, reservations: [Reservation]) {
    (self.areas, self.reservations) = (areas, reservations)
  }

  public var anchor: String { "table-\(areas.name)" }

  public func title(in wording: Wording) -> String {
    wording.sentence("table.title", ["species": wording.species(areas)])
  }

  public func body(in wording: Wording) -> Markup {
    """
    <figure class="table">
    <table class="areas sortable">
    <caption>\(wording.markup("table.caption", ["species": "\(wording.species(areas))"]))</caption>
    <thead><tr>\(header(wording))</tr></thead>
    <tbody>
    \(areas.rows.map { row($0, wording) })</tbody>
    \(areas.total.map { "<tfoot>\n\(row($0, wording))</tfoot>\n" } ?? "")</table>
    </figure>
    \(notes(wording))
    """
  }

  private var showsNodata: Bool { areas.allRows.contains { $0.nodata.value >= 5e-7 } }
  private var showsOutside: Bool { areas.allRows.contains { $0.outside.value >= 5e-7 } }

  private func header(_ wording: Wording) -> [Markup] {
    let first = areas.total == nil ? "table.area" : "table.park"
    var names = ["table.total_area"] + SuitabilityClass.allCases.map { "class.\($0.key)" }
    if showsNodata { names.append("table.nodata") }
    if showsOutside { names.append("table.outside") }
    return ["<th scope=\"col\" data-sort=\"text\">\(wording[first])</th>"]
      + names.map {
        "<th scope=\"col\" class=\"number\" data-sort=\"number\">\(wording[$0])</th>"
      }
  }

  private func row(_ row: SpeciesAreas.Row, _ wording: Wording) -> Markup {
    let decimals = areas.decimals
    var cells: [Markup] = [
      "<td class=\"number\">\(row.area.markup(in: wording, decimals: decimals))</td>"
    ]
    for (suitability, figure) in zip(SuitabilityClass.allCases, row.classes) {
      let share = Figure.share(figure.value, of: row.area.value)
      cells.append(
        """
        <td class="number">\(figure.markup(in: wording, decimals: decimals))\
        \(Bar.one(share: share, colour: "class-\(suitability.rawValue)"))</td>
        """)
    }
    for (isShown, figure) in [(showsNodata, row.nodata), (showsOutside, row.outside)] where isShown
    {
      cells.append(
        "<td class=\"number\">\(figure.markup(in: wording, decimals: decimals))</td>")
    }
    return "<tr><th scope=\"row\">\(wording.name(of: row))</th>\(cells)</tr>\n"
  }

  private func notes(_ wording: Wording) -> Markup {
    let notes = reservations.map {
      "<p class=\"reservation\">\($0.sentence(in: wording))</p>\n" as Markup
    }
    return notes.joined()
  }
}

/// Why figures must not be compared with those published for the real parks.
public enum Reservation: Hashable, Sendable {
  case synthetic(landscape: String)
  /// Scored without these layers, by key.
  case layersMissing([String])

  func sentence(in wording: Wording) -> Markup {
    switch self {
    case .synthetic(let landscape):
      wording.markup("reservation.synthetic", ["landscape": Markup(name: landscape)])
    case .layersMissing(let layers):
      wording.markup(
        "reservation.layers_missing",
        ["layers": layers.map { "\(wording["layer.\($0)"])" }.joined(separator: ", ")])
    }
  }
}

extension Wording {
  /// The name of a species: its own in this language where there is one, else the title of its model.
  func species(_ areas: SpeciesAreas) -> String { text("species.\(areas.name)") ?? areas.title }

  /// The name of a row: parks are called as the data call them.
  func name(of row: SpeciesAreas.Row) -> Markup {
    row.kind == .total ? "\(self["table.total"])" : Markup(name: row.name)
  }
}
