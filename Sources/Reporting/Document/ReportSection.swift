/// A part of the report: a value that knows how to say itself in a language.
///
/// Sections hold all they show; reading files is done before they are made. Numbers are `Figure`s, so that
/// each can be traced to the run's JSON.
public protocol ReportSection: Sendable {
  /// Under which heading the table of contents has it.
  var group: ReportGroup { get }
  /// The fragment by which the section is linked; the same in every language, letters, digits and hyphens.
  var anchor: String { get }
  func title(in wording: Wording) -> String
  /// Within its group of the table of contents, which says the rest.
  func entry(in wording: Wording) -> String
  /// What stands under the heading; headings within start at `<h3>`.
  func body(in wording: Wording) -> Markup
}

extension ReportSection {
  public func entry(in wording: Wording) -> String { title(in: wording) }
}

/// The headings of the table of contents, in their order.
public enum ReportGroup: String, CaseIterable, Sendable {
  case summary, species, areas, parks, published, models, run

  func name(in wording: Wording) -> String { wording["group.\(rawValue)"] }
}
