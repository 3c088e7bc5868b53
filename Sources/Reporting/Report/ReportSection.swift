/// A part of the report: a value that knows how to say itself in a language.
///
/// Sections hold all they show; reading files is done before they are made. Numbers are `Figure`s, so that
/// each can be traced to the run's JSON.
public protocol ReportSection: Sendable {
  /// The fragment by which the section is linked; the same in every language, letters, digits and hyphens.
  var anchor: String { get }
  /// For the heading and the table of contents.
  func title(in wording: Wording) -> String
  /// What stands under the heading; headings within start at `<h3>`.
  func body(in wording: Wording) -> Markup
}
