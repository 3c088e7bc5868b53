import RasterCore

/// The protocol of a species distribution model: Overview, Data, Model, Assessment, Prediction.
///
/// What the model file cannot know is filled from the run. Source: Zurell et al. (2020), *Ecography* 43,
/// 1261.
struct ODMAPPart {
  let sheet: ModelSheet
  let run: ModelRun
  let wording: Wording

  var markup: Markup {
    """
    <h3>\(wording["odmap.title"])</h3>
    <p>\(wording["odmap.text"])</p>
    <figure class="table">
    <table class="odmap" aria-label="\(wording["odmap.title"])">
    <thead><tr><th scope="col">\(wording["odmap.element"])</th>\
    <th scope="col">\(wording["odmap.content"])</th></tr></thead>
    \(group("overview", overview))\(group("data", data))\(group("model", model))\
    \(group("assessment", assessment))\(group("prediction", prediction))</table>
    </figure>

    """
  }

  private typealias Row = (name: String, content: Markup)

  private func group(_ key: String, _ rows: [Row]) -> Markup {
    let lines: [Markup] = rows.map {
      "<tr><th scope=\"row\">\($0.name)</th><td>\($0.content)</td></tr>\n"
    }
    return """
      <tbody>
      <tr class="group"><th scope="rowgroup" colspan="2">\(wording["odmap.\(key)"])</th></tr>
      \(lines)</tbody>

      """
  }

  // MARK: The five parts

  private var overview: [Row] {
    [
      topic(.authorship), topic(.objective),
      row("taxon", "<span lang=\"en\">\(sheet.title)</span>"),
      row("location", location), row("scale", scale), topic(.biodiversityData),
      row("predictors", predictors), topic(.hypotheses), topic(.assumptions),
      row("algorithm", "\(wording["model.rule.\(sheet.combination.rule)"])"),
      row("workflow", "\(wording["odmap.workflow.text"])"), row("software", software),
    ]
  }

  private var data: [Row] {
    [
      row("partitioning", "\(wording["odmap.partitioning.text"])"),
      row("variables", variables), row("transfer", "\(wording["odmap.transfer.text"])"),
    ]
  }

  private var model: [Row] {
    let settings = wording.markup(
      "odmap.settings.text",
      ["version": "\(sheet.version)", "sha256": "<code class=\"digest\">\(sheet.sha256)</code>"])
    let bounds = sheet.bounds.map { wording.number($0.number, decimals: $0.number.neededDecimals) }
    return [
      topic(.variableSelection), topic(.collinearity), row("settings", settings),
      row("estimates", "\(wording["odmap.estimates.text"])"),
      row(
        "thresholds",
        "\(wording.sentence("odmap.thresholds.text", ["bounds": bounds.joined(separator: wording["list.semicolon"])]))"
      ),
    ]
  }

  private var assessment: [Row] { [topic(.performance), topic(.plausibility)] }

  private var prediction: [Row] {
    let files: [Markup] = run.rasters.map { "<code>\($0)</code>" }
    let output = wording.markup(
      "odmap.output.text",
      ["files": files.isEmpty ? "\u{2013}" : files.joined(separator: "\(wording["list.comma"])")])
    let warnings =
      run.warningCount == 0
      ? wording["odmap.warnings.none"]
      : wording.sentence("odmap.warnings", ["count": String(run.warningCount)])
    return [
      row("output", output), topic(.uncertainty), topic(.limitations),
      row("run_warnings", "\(warnings)"),
    ]
  }

  // MARK: Their contents

  private func row(_ key: String, _ content: Markup) -> Row { (wording["odmap.\(key)"], content) }

  private func topic(_ topic: DocumentationTopic) -> Row {
    let texts = sheet.texts[topic]
    let content: Markup =
      texts.map { texts in
        let paragraphs: [Markup] = texts.map { "<p lang=\"en\">\($0)</p>" }
        return paragraphs.joined()
      } ?? "<p class=\"gap\">\(wording["hsi.gap"])</p>"
    return (wording["topic.\(topic.path)"], content)
  }

  private var location: Markup {
    let name = "<p>\(Markup(name: run.title))</p>" as Markup
    return run.isSynthetic ? name + "<p class=\"gap\">\(wording["odmap.synthetic"])</p>" : name
  }

  private var scale: Markup {
    func length(_ value: Double) -> String {
      // Twelve digits are beyond any cell: what is left of them is binary noise.
      wording.number(value, decimals: value < 1 ? 8 : 3).trimmedZeros(
        after: Character(wording.decimalSeparator))
    }
    return wording.markup(
      "odmap.scale.text",
      [
        "columns": "\(wording.number(Double(run.columns), decimals: 0))",
        "rows": "\(wording.number(Double(run.rows), decimals: 0))",
        "width": "\(length(run.cellSize.x))", "height": "\(length(run.cellSize.y))",
        "crs": Markup(name: run.crs),
      ])
  }

  private var predictors: Markup {
    let all = ["landCover"] + sheet.curves.map(\.layer)
    let (missing, used) = (
      all.filter(run.layersMissing.contains), all.filter { !run.layersMissing.contains($0) }
    )
    func names(_ layers: [String]) -> String {
      wording.enumeration(layers.map { wording["model.layer.\($0)"] })
    }
    let text = "<p>\(names(used).capitalizedFirst)</p>" as Markup
    guard !missing.isEmpty else { return text }
    return text
      + "<p class=\"gap\">\(wording.sentence("odmap.missing", ["layers": names(missing)]))</p>"
  }

  private var software: Markup {
    let libraries = run.libraries.map { "\($0.name) \($0.version)" }
    return
      "\((["habitat \(run.habitatVersion)"] + libraries).joined(separator: wording["list.comma"]))"
  }

  private var variables: Markup {
    let items: [Markup] = run.inputs.map {
      """
      <li>\(wording.layer($0.layer))\(wording["list.colon"])\(Markup(name: $0.path)) \
      <code class="digest">\(String($0.sha256.prefix(12)))\u{2026}</code></li>
      """
    }
    return "<ul class=\"inputs\">\(items)</ul><p>\(wording["odmap.variables.text"])</p>"
  }
}

extension String {
  /// Without zeros at the end of a fraction, and without its separator when nothing is left of it.
  func trimmedZeros(after separator: Character) -> String {
    guard contains(separator) else { return self }
    var text = self
    while text.last == "0" { text.removeLast() }
    if text.last == separator { text.removeLast() }
    return text
  }
}
