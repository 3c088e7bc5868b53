import Documents
import Foundation
import RasterCore
import Styles

/// The report as one HTML file that needs no other.
public struct ReportPage: Sendable {
  public let facts: RunFacts
  /// The title that somebody chose.
  public let givenTitle: String?
  /// What the maps of the sections draw with.
  public let map: ReportMap?
  public let sections: [any ReportSection]
  public let wording: Wording

  public init(
    facts: RunFacts, givenTitle: String? = nil, map: ReportMap?, sections: [any ReportSection],
    wording: Wording
  ) {
    (self.facts, self.givenTitle, self.map) = (facts, givenTitle, map)
    (self.sections, self.wording) = (sections, wording)
  }

  /// The same values give the same bytes.
  public var html: String {
    let style = Self.text(
      PackageResources.page_css + PackageResources.map_css + PackageResources.model_css
        + PackageResources.print_css)
    let script = Self.script
    let page: Markup = """
      <!DOCTYPE html>
      \(ReportSettings(language: wording.language, title: givenTitle).tag)
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy(script: script))">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>\(Markup(trusted: style))\(Self.colours)</style>
      </head>
      <body>
      <a class="skip" href="#main">\(wording["page.skip"])</a>
      \(map?.definitions ?? "")\
      <header>
      <p class="kicker">\(wording["page.kicker"])</p>
      <h1>\(Markup(name: facts.title))</h1>
      </header>
      <nav aria-label="\(wording["page.contents"])">
      <dl>
      \(ReportGroup.allCases.map(entries))</dl>
      </nav>
      <main id="main" data-words="\(wording.scriptTexts)">
      \(sections.map(section))</main>
      <script>\(Markup(trusted: script))</script>
      </body>
      </html>

      """
    return page.source
  }

  /// The tables' script, and the map's in one function, within which its files share their names.
  private static var script: String {
    let map = [
      PackageResources.codes_js, PackageResources.map_outlines_js,
      PackageResources.map_view_js, PackageResources.map_names_js, PackageResources.map_ground_js,
      PackageResources.map_controls_js, PackageResources.map_js,
    ]
    return text(PackageResources.table_js) + "(function () {\n'use strict';\n"
      + map.map(text).joined(separator: "\n") + "})();\n"
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private var title: String { wording.sentence("page.title", ["landscape": facts.title]) }

  private func entries(of group: ReportGroup) -> Markup {
    let links = sections.filter { $0.group == group }.map { section -> Markup in
      "<a href=\"#\(section.anchor)\">\(section.entry(in: wording))</a>\n"
    }
    guard !links.isEmpty else { return "" }
    return "<div><dt>\(group.name(in: wording))</dt>\n<dd>\(links)</dd></div>\n"
  }

  private func section(_ section: any ReportSection) -> Markup {
    """
    <section id="\(section.anchor)" aria-labelledby="\(section.anchor)-title">
    <h2 id="\(section.anchor)-title">\(section.title(in: wording))</h2>
    \(section.body(in: wording))
    </section>

    """
  }

  /// Nothing is fetched from anywhere, and no script runs but the report's own.
  private static func policy(script: String) -> String {
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
      + "script-src 'sha256-\(base64(ofHexDigits: SHA256.hexDigest(of: script.utf8)))'; base-uri 'none'; form-action 'none'"
  }

  private static func base64(ofHexDigits digits: String) -> String {
    let digits = digits.compactMap { UInt8(String($0), radix: 16) }
    let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    return Data(bytes).base64EncodedString()
  }

  /// Rules that fill shapes with the colours of the legends.
  private static var colours: Markup {
    func rule(_ name: Markup, _ colour: UInt32) -> Markup {
      ".\(name){fill:\(colour.hexColour);background:\(colour.hexColour)}\n"
    }
    return ColourLegend.suitabilityClasses.entries.map { rule("class-\(Int($0.value))", $0.colour) }
      .joined()
      + ColourLegend.landCategories.entries.map { rule("category-\(Int($0.value))", $0.colour) }
      .joined()
      + ColourLegend.water.entries.map { rule("class-\(Int(ReportMap.waterCode))", $0.colour) }
      .joined()
  }
}
