import RasterCore

/// The published class areas beside the computed ones, park by park, with their differences.
///
/// Where the figures cannot be compared the differences are there all the same, marked, with the reasons.
public struct PublishedSection: ReportSection {
  public let areas: SpeciesAreas
  /// Why the figures cannot stand beside the published ones; empty where nothing speaks against it.
  public let reservations: [Reservation]
  private let published: PublishedTable?
  private let match: ParkMatch

  public init(_ areas: SpeciesAreas, reservations: [Reservation]) {
    self.init(areas, reservations: reservations, published: .of(species: areas.name))
  }

  init(_ areas: SpeciesAreas, reservations: [Reservation], published: PublishedTable?) {
    (self.areas, self.reservations, self.published) = (areas, reservations, published)
    match = ParkMatch(
      published: published?.rows.map(\.names) ?? [],
      computed: areas.rows.map { $0.kind == .park ? $0.name : "" })
  }

  public var anchor: String { "published-" + Anchor.text(areas.name) }
  public var group: ReportGroup { .published }

  /// Nothing was published of the species or of any of the parks: a report does without the section.
  public var isEmpty: Bool {
    published == nil || match.pairs.isEmpty && match.ambiguous.isEmpty
  }

  public func title(in wording: Wording) -> String {
    wording.sentence("published.title", ["species": wording.species(areas)])
  }

  public func entry(in wording: Wording) -> String { wording.shortName(of: areas) }

  public func body(in wording: Wording) -> Markup {
    guard let published else { return "" }
    var blocks: [Markup] = match.pairs.map { pair in
      block(published.rows[pair.published], areas.rows[pair.computed], wording)
    }
    if let total = areas.total, isWhole { blocks.append(block(published.total, total, wording)) }
    let intro = wording.sentence("published.text", ["number": String(published.number)])
    return """
      <p>\(intro)</p>
      \(reservations.map { "<p class=\"reservation\">\($0.sentence(in: wording))</p>\n" })\
      \(notes(published, wording))\(blocks.isEmpty ? "" : table(blocks, published, wording))
      """
  }

  /// Whether the totals are of the same parks.
  private var isWhole: Bool {
    guard let published else { return false }
    return match.pairs.count == published.rows.count && areas.rows.count == published.rows.count
  }

  // MARK: Which park is which

  private func notes(_ published: PublishedTable, _ wording: Wording) -> Markup {
    func note(_ key: String, _ parks: [Markup]) -> Markup {
      guard !parks.isEmpty else { return "" }
      let names = parks.joined(separator: "\(wording["list.semicolon"])")
      return "<p>\(wording.markup(key, ["parks": names]))</p>\n"
    }
    func printed(_ indices: [Int]) -> [Markup] {
      indices.map { "<span lang=\"en\">\(published.rows[$0].label)</span>" }
    }
    let totals: Markup =
      isWhole || areas.total == nil ? "" : "<p>\(wording["published.no_total"])</p>\n"
    return note("published.ambiguous", printed(match.ambiguous))
      + note("published.absent", printed(match.absent))
      + note(
        "published.unpublished",
        match.unpublished.filter { areas.rows[$0].kind == .park }.map {
          Markup(name: areas.rows[$0].name)
        })
      + totals
  }

  // MARK: The table

  private func table(
    _ blocks: [Markup], _ published: PublishedTable, _ wording: Wording
  ) -> Markup {
    let caption = wording.markup(
      "published.caption",
      ["species": "\(wording.species(areas))", "number": "\(String(published.number))"])
    let mark = reservations.isEmpty ? "" : "_not_comparable"
    let heads = [
      "published.published", "published.computed", "published.difference" + mark,
      "published.share_published", "published.share_computed",
      "published.difference_points" + mark,
    ]
    let columns: [Markup] = heads.map {
      "<th scope=\"col\" class=\"number\">\(wording[$0])</th>"
    }
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="\(caption)">
      <table class="published\(reservations.isEmpty ? "" : " incomparable")">
      <caption><span>\(caption)</span></caption>
      <thead><tr><th scope="col">\(wording["published.class"])</th>\(columns)</tr></thead>
      \(blocks)</table>
      </div>
      <p class="note">\(wording["published.as_printed"])</p>

      """
  }

  private func block(
    _ published: PublishedTable.Row, _ computed: SpeciesAreas.Row, _ wording: Wording
  ) -> Markup {
    let heading =
      computed.kind == .total
      ? "\(wording["table.total"])"
      : wording.markup(
        "published.match",
        [
          "computed": Markup(name: computed.name),
          "published": "<span lang=\"en\">\(published.label)</span>",
        ])
    let rows: [Markup] = zip(SuitabilityClass.allCases, zip(published.classes, computed.classes))
      .map { suitability, figures in
        row(
          "class.\(suitability.key)", figures.0, figures.1, of: (published.area, computed.area),
          wording)
      }
    return """
      <tbody>
      <tr class="group"><th scope="rowgroup" colspan="7"><span>\(heading)</span></th></tr>
      \(row("table.total_area", published.area, computed.area, of: nil, wording))\(rows)\
      \(rest(computed, wording))</tbody>

      """
  }

  private func row(
    _ key: String, _ published: Figure, _ computed: Figure, of wholes: (Figure, Figure)?,
    _ wording: Wording
  ) -> Markup {
    let decimals = areas.decimals
    func cell(_ content: Markup, isDifference: Bool = false) -> Markup {
      "<td class=\"number\(isDifference ? " difference" : "")\">\(content)</td>"
    }
    var cells: Markup =
      cell(published.markup(in: wording, decimals: 0))
      + cell(computed.markup(in: wording, decimals: decimals))
      + cell(computed.less(published).markup(in: wording, decimals: decimals), isDifference: true)
    if let (whole, computedWhole) = wholes {
      let (share, computedShare) = (published.share(of: whole), computed.share(of: computedWhole))
      cells += cell(share.markup(in: wording, decimals: 1))
      cells += cell(computedShare.markup(in: wording, decimals: 1))
      cells += cell(
        computedShare.less(share).markup(in: wording, decimals: 1), isDifference: true)
    } else {
      cells += cell("") + cell("") + cell("")
    }
    return "<tr><th scope=\"row\">\(wording[key])</th>\(cells)</tr>\n"
  }

  /// Land that the run has no class for weakens every comparison.
  private func rest(_ computed: SpeciesAreas.Row, _ wording: Wording) -> Markup {
    let parts = [("table.nodata", computed.nodata), ("table.outside", computed.outside)]
    let rows: [Markup] = parts.filter { $0.1.value >= AreaTable.leastShown }.map { key, figure in
      """
      <tr><th scope="row">\(wording[key])</th><td class="number">\u{2013}</td>\
      <td class="number">\(figure.markup(in: wording, decimals: areas.decimals))</td>\
      <td></td><td class="number">\u{2013}</td>\
      <td class="number">\(figure.share(of: computed.area).markup(in: wording, decimals: 1))</td>\
      <td></td></tr>

      """
    }
    return rows.joined()
  }
}
