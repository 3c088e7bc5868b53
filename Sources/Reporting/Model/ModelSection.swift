import RasterCore

/// A species model as a document: what it scores and how, where its numbers come from, and what its
/// makers say of it.
public struct ModelSection: ReportSection {
  public let sheet: ModelSheet
  /// The run that the report is of.
  public let run: ModelRun

  public init(_ sheet: ModelSheet, run: ModelRun) { (self.sheet, self.run) = (sheet, run) }

  public var anchor: String { "model-" + Anchor.text(sheet.species) }
  public var group: ReportGroup { .models }

  public func title(in wording: Wording) -> String {
    wording.sentence("model.title", ["species": name(in: wording)])
  }

  public func entry(in wording: Wording) -> String { Wording.shortName(name(in: wording)) }

  public func body(in wording: Wording) -> Markup {
    let document = ModelDocument(sheet: sheet, run: run, anchor: anchor, wording: wording)
    return """
      <p class="hypotheses">\(wording["model.hypotheses"])</p>
      <p>\(wording.markup("model.identity", identity))</p>
      \(document.layers)\(document.landCoverScores)\(document.curves)\(document.combination)\
      \(document.classes)\(document.resistance)\(document.otherSources)\
      \(DocumentationPart(sheet: sheet, wording: wording).markup)\
      \(ODMAPPart(sheet: sheet, run: run, wording: wording).markup)
      """
  }

  private func name(in wording: Wording) -> String {
    wording.text("species.\(sheet.species)") ?? sheet.title
  }

  private var identity: [String: Markup] {
    [
      "version": "\(sheet.version)", "file": "<code>\(run.modelFile)</code>",
      "sha256": "<code class=\"digest\">\(sheet.sha256)</code>",
    ]
  }
}
