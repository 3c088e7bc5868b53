import RasterCore

/// What the report says in one look: for each species how all parks together divide into classes.
public struct SummarySection: ReportSection {
  /// At least one.
  public let species: [SpeciesAreas]
  /// Why the figures cannot stand beside the published ones; empty where nothing speaks against it.
  public let reservations: [Reservation]

  public init(_ species: [SpeciesAreas], reservations: [Reservation]) {
    (self.species, self.reservations) = (species, reservations)
  }

  public var anchor: String { "summary" }
  public var group: ReportGroup { .summary }

  public func title(in wording: Wording) -> String { wording["summary.title"] }

  public func body(in wording: Wording) -> Markup {
    """
    \(reservations.list(in: wording))\
    <div class="scroll" role="region" tabindex="0" aria-label="\(wording["summary.title"])">
    <table class="glance">
    <caption><span>\(wording[caption])</span></caption>
    <thead><tr><th scope="col">\(wording["group.species"])</th><td class="mix"></td>\
    \(SuitabilityClass.allCases.map { head($0, wording) })</tr></thead>
    <tbody>
    \(species.map { row($0, wording) })</tbody>
    </table>
    </div>
    \(species.contains(where: leavesSome) ? "<p class=\"note\">\(wording["summary.rest"])</p>\n" : "")
    """
  }

  /// Whether so much has no class that the shares do not make 100 %.
  private func leavesSome(_ areas: SpeciesAreas) -> Bool {
    guard let row = areas.total ?? areas.rows.first else { return false }
    return row.nodata.value + row.outside.value > 0.0005 * row.area.value
  }

  private var caption: String {
    species.contains { $0.total != nil } ? "summary.caption" : "summary.caption_whole"
  }

  private func head(_ suitability: SuitabilityClass, _ wording: Wording) -> Markup {
    """
    <th scope="col" class="number">\(key(suitability, wording))</th>
    """
  }

  private func key(_ suitability: SuitabilityClass, _ wording: Wording) -> Markup {
    Bar.key("class-\(Int(suitability.rawValue))", wording["class.\(suitability.key)"])
  }

  private func row(_ areas: SpeciesAreas, _ wording: Wording) -> Markup {
    guard let row = areas.total ?? areas.rows.first else { return "" }
    let shares = row.classes.map { $0.share(of: row.area) }
    let parts = zip(SuitabilityClass.allCases, shares).map {
      (share: $1.value, colour: "class-\(Int($0.rawValue))")
    }
    return """
      <tr><th scope="row"><a href="#species-\(Anchor.text(areas.name))">\(wording.shortName(of: areas))</a></th>\
      <td class="mix">\(Bar.stacked(parts))</td>\
      \(zip(SuitabilityClass.allCases, shares).map { cell($0, $1, wording) })</tr>

      """
  }

  /// With the name of its class, which shows where there is no room for columns.
  private func cell(
    _ suitability: SuitabilityClass, _ share: Figure, _ wording: Wording
  ) -> Markup {
    """
    <td class="number"><span class="label">\(key(suitability, wording))</span>\
    <span>\(share.markup(in: wording, decimals: 1)) %</span></td>
    """
  }
}

extension [Reservation] {
  /// The sentences as a list that catches the eye; nothing where there are none.
  func list(in wording: Wording) -> Markup {
    guard !isEmpty else { return "" }
    let items = map { "<li>\($0.sentence(in: wording))</li>\n" as Markup }
    return "<ul class=\"reservations\">\n\(items)</ul>\n"
  }
}
