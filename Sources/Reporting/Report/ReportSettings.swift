import Foundation

/// What was asked for when a report was made, kept in its first tag so that it can be made alike again.
public struct ReportSettings: Hashable, Sendable {
  public let language: Wording.Language
  /// `nil` where the title follows from the run.
  public let title: String?

  public init(language: Wording.Language, title: String? = nil) {
    (self.language, self.title) = (language, title)
  }

  /// - Parameter html: a report, or enough of its start; the result is `nil` for any other page.
  public init?(readingFrom html: String) {
    guard let start = html.range(of: "<html "),
      let end = html[start.upperBound...].firstIndex(of: ">")
    else { return nil }
    let attributes = ReportText.attributes(in: html[start.upperBound..<end])
    guard let code = attributes["lang"], let language = Wording.Language(rawValue: code) else {
      return nil
    }
    self.init(language: language, title: attributes["data-title"])
  }

  var tag: Markup {
    let title: Markup = title.map { " data-title=\"\($0)\"" } ?? ""
    return "<html lang=\"\(language.rawValue)\"\(title)>"
  }
}
