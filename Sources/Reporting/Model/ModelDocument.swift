import RasterCore

/// The numbers of a model as tables, drawings and formulas, each with its sources beside it.
struct ModelDocument {
  let sheet: ModelSheet
  let run: ModelRun
  let anchor: String
  let wording: Wording

  // MARK: Layers

  /// The share of a weight, traced to the weights of the model's file where it has them all.
  private func share(of weight: ModelSheet.Value, among weights: [ModelSheet.Value]) -> Markup {
    let figures = weights.compactMap(\.figure)
    if let figure = weight.figure, figures.count == weights.count {
      return figure.share(ofSum: figures).markup(in: wording, decimals: 1)
    }
    let sum = weights.reduce(0) { $0 + $1.number }
    return "\(wording.number(Figure.share(weight.number, of: sum), decimals: 1))"
  }

  var layers: Markup {
    let weights = weights
    let present = weights.filter { !isMissing($0.layer) }.map(\.weight)
    let sum = present.reduce(0) { $0 + $1.number }
    let decimals = weights.map(\.weight.number.neededDecimals).max() ?? 0
    let rows: [Markup] = weights.map { layer, weight, isOptional in
      let share = sum == 0 ? 0 : 100 * weight.number / sum
      let shown: Markup =
        isMissing(layer)
        ? "\u{2013}"
        : """
        \(self.share(of: weight, among: present))\u{00A0}%\(Bar.one(share: share, colour: "score"))
        """
      let state =
        isMissing(layer)
        ? "model.layer.missing" : isOptional ? "model.layer.optional" : "model.layer.required"
      return """
        <tr><th scope="row">\(layerName(layer))</th>\
        <td class="number">\(number(weight, decimals: decimals))</td>\
        <td class="number">\(shown)</td>\
        <td>\(wording[state])</td></tr>

        """
    }
    return """
      <h3>\(wording["model.layers"])</h3>
      <p>\(wording["model.layers.text"])</p>
      <figure class="table">
      <table class="layers" aria-label="\(wording["model.layers"])">
      <thead><tr><th scope="col">\(wording["model.layer"])</th>\
      <th scope="col" class="number">\(wording["model.weight"])</th>\
      <th scope="col" class="number">\(wording["model.weight.share"])</th>\
      <th scope="col">\(wording["model.layer.state"])</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </figure>

      """
  }

  private var weights: [(layer: String, weight: ModelSheet.Value, isOptional: Bool)] {
    [("landCover", sheet.landCover.weight, false)]
      + sheet.curves.map { ($0.layer, $0.weight, $0.isOptional) }
  }

  private func isMissing(_ layer: String) -> Bool { run.layersMissing.contains(layer) }

  private func name(_ category: LandCategory) -> String {
    wording.text("category.\(category.key)") ?? category.name
  }

  private func layerName(_ layer: String) -> String { wording["model.layer.\(layer)"] }

  // MARK: Land cover

  var landCoverScores: Markup {
    let rows: [Markup] = zip(LandCategory.allCases, sheet.landCover.scores).map { category, score in
      """
      <tr><th scope="row">\(Bar.key("category-\(Int(category.rawValue))", name(category)))</th>\
      <td class="number">\(number(score))\
      \(Bar.one(share: score.number, colour: "category-\(category.rawValue)"))</td></tr>

      """
    }
    return """
      <h3>\(wording["model.landcover"])</h3>
      <figure class="table">
      <table class="scores">
      <caption>\(wording["model.landcover.caption"])</caption>
      <thead><tr><th scope="col">\(wording["model.category"])</th>\
      <th scope="col" class="number">\(wording["model.score"])</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      \(sources("layers.landCover"))</figure>

      """
  }

  // MARK: Curves

  var curves: Markup {
    guard !sheet.curves.isEmpty else { return "" }
    return """
      <h3>\(wording["model.curves"])</h3>
      <p>\(wording["model.curves.text"])</p>
      <div class="plots">
      \(sheet.curves.map(curve))</div>

      """
  }

  private func curve(_ curve: ModelSheet.Curve) -> Markup {
    let knots: [Markup] = curve.knots.map {
      "<li>\(number($0.x))\(unit(curve)) \u{2192} \(number($0.score))</li>"
    }
    let remark = isMissing(curve.layer) ? " \u{2014} " + wording["model.layer.missing"] : ""
    return """
      <figure class="plot">
      \(plot(of: curve).markup(wording.number))\
      <figcaption><strong>\(layerName(curve.layer))</strong>\(remark)
      <ol class="knots" aria-label="\(wording["model.knots"])">\(knots)</ol>
      \(sources("layers.\(curve.layer)"))</figcaption>
      </figure>

      """
  }

  private func plot(of curve: ModelSheet.Curve) -> LinePlot {
    let knots = curve.knots.map { LinePlot.Point(x: $0.x.number, y: $0.score.number) }
    let (first, last) = (knots[0].x, knots[knots.count - 1].x)
    // A curve of one knot is level everywhere: any stretch around it shows that.
    let reach = last > first ? (last - first) * 0.06 : max(abs(first), 1)
    let marks = knots.map { knot in
      LinePlot.Mark(
        point: knot, label: "\(plain(knot.x))\(unit(curve))\(wording["list.colon"])\(plain(knot.y))"
      )
    }
    return LinePlot(
      x: .init(
        label: wording.sentence(
          "model.curve.axis",
          ["layer": layerName(curve.layer), "unit": wording["unit.\(curve.unit)"]]),
        scale: AxisScale(from: first - reach, to: last + reach, intervals: 6)),
      y: .init(label: wording["model.score"], scale: AxisScale(from: 0, to: 100, intervals: 5)),
      points: knots, marks: marks, isLevelBeyond: true,
      title: wording.sentence("model.curve.title", ["layer": layerName(curve.layer)]),
      description: wording.sentence(
        "model.curve.description",
        ["knots": marks.map(\.label).joined(separator: wording["list.semicolon"])]),
      identifier: "\(anchor)-\(curve.layer)")
  }

  /// As it stands behind a number.
  private func unit(_ curve: ModelSheet.Curve) -> String {
    (curve.unit == "deg" ? "" : "\u{00A0}") + wording["unit.\(curve.unit)"]
  }

  // MARK: Combination and classes

  var combination: Markup {
    let rule = sheet.combination
    var sentences = [wording["model.rule.\(rule.rule)"]]
    sentences.append(wording[rule.hasZeroRule ? "model.rule.zero" : "model.rule.no_zero"])
    sentences.append(wording[rule.isCappedByLandCover ? "model.rule.cap" : "model.rule.no_cap"])
    sentences.append(wording["model.rule.rounding"])
    return """
      <h3>\(wording["model.combination"])</h3>
      <p>\(sentences.joined(separator: wording.sentenceSpace))</p>
      <div class="formula">\(Formula.combined(rule.rule))</div>
      <div class="formula">\(Formula.score(hasZeroRule: rule.hasZeroRule, isCapped: rule.isCappedByLandCover))</div>
      <p class="note">\(wording["model.rule.symbols"])</p>
      \(sources("combine"))
      """
  }

  var classes: Markup {
    let bounds = sheet.bounds
    let rows: [Markup] = SuitabilityClass.allCases.enumerated().map { index, suitability in
      var range: Markup = ""
      if index > 0 { range += "\(number(bounds[index - 1])) \u{2264} " }
      range += "<var>S</var>"
      range += index < bounds.count ? " &lt; \(number(bounds[index]))" : " \u{2264} 100"
      return """
        <tr><th scope="row">\
        \(Bar.key("class-\(Int(suitability.rawValue))", wording["class.\(suitability.key)"]))\
        </th><td>\(range)</td></tr>

        """
    }
    return """
      <h3>\(wording["model.classes"])</h3>
      <figure class="table">
      <table class="classes" aria-label="\(wording["model.classes"])">
      <thead><tr><th scope="col">\(wording["model.class"])</th>\
      <th scope="col">\(wording["model.class.range"])</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      \(sources("classes"))</figure>

      """
  }

  // MARK: Resistance

  var resistance: Markup {
    let resistance = sheet.resistance
    let values: [String: Markup] = [
      "c": number(resistance.c), "max": number(resistance.maximum),
    ]
    let overrides: [Markup] = resistance.overrides.map { category, value in
      """
      <li>\(name(category))\(wording["list.colon"])\
      \(value.map { number($0) } ?? "\(wording["model.barrier"])")</li>
      """
    }
    let fixed: Markup =
      overrides.isEmpty
      ? "<p>\(wording["model.overrides.none"])</p>"
      : "<p>\(wording["model.overrides"])</p>\n<ul>\(overrides)</ul>"
    return """
      <h3>\(wording["model.resistance"])</h3>
      <p>\(wording.markup("model.resistance.text", values))</p>
      <div class="formula">\(Formula.resistance(isStraight: resistance.c.number < 1e-12))</div>
      \(fixed)
      \(sources("resistance"))\(sources("resistance.overrides"))
      """
  }

  // MARK: Sources and numbers

  private static let placedSubjects: Set<String> = [
    "layers.landCover", "combine", "classes", "resistance", "resistance.overrides",
  ]

  /// What stands beside no part of the document because its subject is none of them.
  var otherSources: Markup {
    let placed = Self.placedSubjects.union(sheet.curves.map { "layers.\($0.layer)" })
    let others = sheet.sources.filter { !placed.contains($0.subject) }
    guard !others.isEmpty else { return "" }
    let items: [Markup] = others.map {
      "<li><code>\($0.subject)</code>: <span lang=\"en\">\($0.text)</span></li>\n"
    }
    return """
      <h3>\(wording["model.sources.other"])</h3>
      <ul>
      \(items)</ul>

      """
  }

  private func sources(_ subject: String) -> Markup {
    let texts = sheet.sources.filter { $0.subject == subject }.map(\.text)
    guard !texts.isEmpty else {
      // Overrides are part of the resistance and may share its source.
      if subject == "resistance.overrides" { return "" }
      return "<p class=\"gap\">\(wording["model.source.none"])</p>\n"
    }
    let shown: [Markup] = texts.map { "<span lang=\"en\">\($0)</span>" }
    return
      "<p class=\"source\">\(wording["model.source"])\(wording.sentenceSpace)\(shown.joined(separator: "\(wording["list.semicolon"])"))</p>\n"
  }

  private func number(_ value: ModelSheet.Value) -> Markup {
    number(value, decimals: value.number.neededDecimals)
  }

  private func number(_ value: ModelSheet.Value, decimals: Int) -> Markup {
    value.figure?.markup(in: wording, decimals: decimals)
      ?? "\(wording.number(value.number, decimals: decimals))"
  }

  private func plain(_ number: Double) -> String {
    wording.number(number, decimals: number.neededDecimals)
  }
}

extension Double {
  /// The decimals that show the number as it was written, at most 6.
  var neededDecimals: Int {
    let text = shortened(decimals: 6)
    guard let point = text.firstIndex(of: ".") else { return 0 }
    return text.distance(from: point, to: text.endIndex) - 1
  }
}
