public import RasterCore

/// What has to stand beside each map that is passed on: whose data it is made of and from when, by which model
/// and program.
public struct MapCredits: Sendable {
  let sources: [DataSource]
  let program: String

  public init(_ facts: RunFacts) { (sources, program) = (facts.sources, facts.program) }

  public init(sources: [DataSource], program: String) {
    (self.sources, self.program) = (sources, program)
  }

  /// A line for each source, with the layers that come from it.
  public func lines(in wording: Wording) -> [String] {
    var entries: [(text: String, layers: [String])] = []
    for source in sources {
      let text = Self.text(of: source)
      guard !text.isEmpty else { continue }
      let layer = wording.layer(source.layer)
      if let index = entries.firstIndex(where: { $0.text == text }) {
        if !entries[index].layers.contains(layer) { entries[index].layers.append(layer) }
      } else {
        entries.append((text, [layer]))
      }
    }
    return entries.map { entry in
      let layers = entry.layers.joined(separator: wording["list.comma"]).capitalizedFirst
      return layers + wording["list.colon"] + entry.text
    }
  }

  /// Whom to name, the date and the licence, as far as they are known.
  private static func text(of source: DataSource) -> String {
    let credit = source.credit
    var parts = [credit]
    if !source.date.isEmpty, !credit.contains(source.date) { parts.append(source.date) }
    parts.append(source.licence)
    return parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// The same, and the model of a species with the program.
  public func lines(of species: String, version: String, in wording: Wording) -> [String] {
    let model = wording.sentence("mappage.model", ["species": species, "version": version])
    return lines(in: wording) + ["\(model), habitat \(program)"]
  }

  /// All in one paragraph, for the caption of a map of a species.
  func caption(of areas: SpeciesAreas, in wording: Wording) -> Markup {
    let parts = lines(of: areas.name, version: areas.modelVersion, in: wording)
    return """
      <p class="credits">\(parts.map { "<bdi>\($0)</bdi>" as Markup }.joined(separator: " | "))</p>
      """
  }
}
