import RasterCore

/// Where the report comes from: data and their licences, what was missing or assumed, and how to verify it.
public struct RunSection: ReportSection {
  public let facts: RunFacts
  /// Of the record without the report, which it would otherwise have to name within itself.
  public let recordDigest: String

  public init(_ facts: RunFacts, recordDigest: String) {
    (self.facts, self.recordDigest) = (facts, recordDigest)
  }

  public var anchor: String { "run" }
  public var group: ReportGroup { .run }

  public func title(in wording: Wording) -> String { wording["run.title"] }

  public func body(in wording: Wording) -> Markup {
    """
    \(sources(wording))\(missing(wording))\(decisions(wording))\(warnings(wording))\
    \(inputs(wording))\(software(wording))\(verification(wording))
    """
  }

  /// - Parameter numbers: how many of the columns, the last ones, hold figures.
  private func table(
    _ caption: String, _ columns: [String], numbers: Int = 0, _ rows: [Markup], _ wording: Wording
  ) -> Markup {
    let heads = columns.enumerated().map { index, name -> Markup in
      let isNumber = index >= columns.count - numbers
      return "<th scope=\"col\"\(isNumber ? " class=\"number\"" : "")>\(name)</th>"
    }
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="\(caption)">
      <table class="plain">
      <caption><span>\(caption)</span></caption>
      <thead><tr>\(heads)</tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>

      """
  }

  private func sources(_ wording: Wording) -> Markup {
    // What is made up was seen at no time; that it is made up stands above all figures.
    let epoch = (facts.isSynthetic ? nil : facts.epoch).map { epoch -> Markup in
      "<p>\(wording.markup("run.epoch", ["epoch": Markup(name: epoch)]))</p>\n"
    }
    let heading: Markup = "<h3>\(wording["run.sources"])</h3>\n\(epoch ?? "")"
    let (sources, unknown) = (facts.sources, layersWithoutSource)
    let rows =
      sources.map { source($0, wording) }
      + unknown.map { source(DataSource(layer: $0), wording) }
    let columns = [
      "run.layer", "run.source", "run.date", "run.licence", "run.address", "run.basis",
    ].map { wording[$0] }
    let isOpen = !unknown.isEmpty || sources.contains { $0.credit.isEmpty || $0.licence.isEmpty }
    return heading + table(wording["run.sources_caption"], columns, rows, wording)
      + (isOpen ? "<p class=\"note\">\(wording["run.no_sources"])</p>\n" : "")
  }

  private func source(_ source: DataSource, _ wording: Wording) -> Markup {
    func text(_ text: String) -> Markup {
      text.isEmpty ? "<span class=\"note\">\(wording["run.not_stated"])</span>" : Markup(name: text)
    }
    // Words to be printed stand below the title of the data.
    let words: Markup =
      source.title.isEmpty || source.attribution.isEmpty
      ? text(source.credit) : "\(Markup(name: source.title))<br>\(Markup(name: source.attribution))"
    let isKnown = !(source.credit + source.licence).isEmpty
    return """
      <tr><th scope="row">\(wording.layer(source.layer))</th><td class="words">\(words)</td>\
      <td>\(Markup(name: source.date))</td><td class="words">\(text(source.licence))</td>\
      <td class="path">\(link(source.url))</td>\
      <td>\(isKnown ? wording["run.basis.\(source.basis.rawValue)"] : "")</td></tr>

      """
  }

  /// Keys of layers that went in and of which nobody knows where they come from.
  private var layersWithoutSource: [String] {
    // Of the user's own: what to do with the data, and no data.
    var seen: Set<String> = ["landscape", "legend", "model"]
    seen.formUnion(facts.sources.map(\.layer))
    return facts.inputs.map { DataSource.key(ofLayer: $0.layer) }.filter {
      seen.insert($0).inserted
    }
  }

  /// Only addresses of the web become links; what else the data may hold is text.
  private func link(_ url: String) -> Markup {
    guard url.hasPrefix("https://") || url.hasPrefix("http://") else { return Markup(name: url) }
    return "<a href=\"\(url)\" rel=\"noreferrer noopener\">\(Markup(name: url))</a>"
  }

  private func missing(_ wording: Wording) -> Markup {
    let names = wording.list(facts.layersMissing.map(wording.layer))
    let sentence: Markup =
      facts.layersMissing.isEmpty
      ? "\(wording["run.nothing_missing"])"
      : wording.markup("run.layers_missing", ["layers": names])
    return "<h3>\(wording["run.missing"])</h3>\n<p>\(sentence)</p>\n"
  }

  private func decisions(_ wording: Wording) -> Markup {
    let decimals = 3
    func rice(_ decision: RunFacts.DefaultDecision) -> Markup? {
      facts.excludesRice ? nil : decision.rice.markup(in: wording, decimals: decimals)
    }
    let rows = facts.decidedByDefault.map { decision -> Markup in
      let name: Markup =
        wording.name(of: decision.kind, decision.park)
      return """
        <tr><th scope="row">\(name)</th>\
        <td class="number">\(decision.forest.markup(in: wording, decimals: decimals))</td>\
        \(rice(decision).map { "<td class=\"number\">\($0)</td>" } ?? "")</tr>

        """
    }
    let parks = facts.decidedByDefault.filter { $0.kind == .park }.map(\.park)
    let columns = [
      NationalParks.heading(of: parks, in: wording), wording["run.default_forest"],
      facts.excludesRice ? nil : wording["run.default_rice"],
    ].compactMap(\.self)
    let defaults = [
      wording[facts.excludesRice ? "run.defaults_note_forest" : "run.defaults_note"],
      facts.defaultForest.map {
        wording.sentence("run.defaults_forest", ["forest": wording.text("category.\($0)") ?? $0])
      } ?? wording["run.defaults_legend_forest"],
      facts.excludesRice
        ? nil : wording[facts.mayHaveRice ? "run.defaults_rice" : "run.defaults_no_rice"],
    ].compactMap(\.self).joined(separator: wording.sentenceSpace)
    return "<h3>\(wording["run.defaults"])</h3>\n<p>\(defaults)</p>\n"
      + table(wording["run.defaults_caption"], columns, numbers: columns.count - 1, rows, wording)
  }

  private func warnings(_ wording: Wording) -> Markup {
    let heading: Markup = "<h3>\(wording["run.warnings"])</h3>\n"
    guard !facts.warnings.isEmpty else {
      return "\(heading)<p>\(wording["run.no_warnings"])</p>\n"
    }
    let items = facts.warnings.map { warning -> Markup in
      // Absent where a later version wrote the record.
      let heading = wording.text("warning.\(warning.slug)").map { "<b>\($0)</b><br>" as Markup }
      // Messages of the program are in English.
      return """
        <li>\(heading ?? "")<span lang="en"><code>\(warning.slug)</code> \
        <bdi>\(warning.what)</bdi></span>\
        <br><span class="place">\(Markup(name: warning.location))</span>\(fix(warning, wording))</li>

        """
    }
    return "\(heading)<ul class=\"warnings\">\n\(items)</ul>\n"
  }

  /// What may be done about it.
  private func fix(_ warning: HabitatWarning, _ wording: Wording) -> Markup {
    guard !warning.fix.isEmpty else { return "" }
    let text: Markup = "<bdi lang=\"en\">\(warning.fix)</bdi>"
    return "<br>\(wording.markup("run.warning_fix", ["fix": text]))"
  }

  private func inputs(_ wording: Wording) -> Markup {
    let rows = facts.inputs.map { input -> Markup in
      """
      <tr><th scope="row">\(wording.layer(input.layer))</th>\
      <td class="path">\(Markup(name: input.path))</td>\
      <td class="digest"><code>\(input.sha256)</code></td></tr>

      """
    }
    let columns = ["run.layer", "run.file", "run.digest"].map { wording[$0] }
    return "<h3>\(wording["run.inputs"])</h3>\n"
      + table(wording["run.inputs_caption"], columns, rows, wording)
  }

  private func software(_ wording: Wording) -> Markup {
    func entry(_ named: RunFacts.Named) -> Markup {
      "<li>\(Markup(name: named.name)) \(named.version)</li>\n"
    }
    return """
      <h3>\(wording["run.software"])</h3>
      <ul>
      <li>habitat \(facts.program)</li>
      \(facts.libraries.map(entry))</ul>
      <h3>\(wording["run.models"])</h3>
      <ul>
      \(facts.models.map(entry))</ul>

      """
  }

  private func verification(_ wording: Wording) -> Markup {
    """
    <h3>\(wording["run.verify"])</h3>
    <p>\(wording["run.verify_note"])</p>
    <p class="digest">\(wording.markup("run.record", ["digest": "<code>\(recordDigest)</code>"]))</p>
    <pre><code>habitat verify DIR
    habitat report DIR --check</code></pre>

    """
  }
}

extension Wording {
  /// The name of a layer, by its key in a landscape file or a record.
  func layer(_ key: String) -> String { text("layer.\(key)") ?? key }
}
