public import Documents
import RasterCore

/// Compares every number that a report shows with the JSON of its run.
///
/// It reads the page's text and not the values that made it, so it finds what was changed after them:
/// a number altered, taken out, or put in without an origin.
public struct ReportAudit: Sendable {
  public struct Difference: Hashable, Sendable {
    /// `FILE#PATH`, or what stands in the page where there is none.
    public let place: String
    public let what: String
  }

  /// How many numbers were compared.
  public let count: Int
  public let differences: [Difference]

  /// - Parameters:
  ///   - html: of a report.
  ///   - documents: the JSON of the run by file name.
  ///   - required: how the names of the numbers begin that the report must show, `FILE#` or `FILE#PATH`.
  public init(html: String, documents: [String: JSONValue], required: [String]) {
    var numbers: [String: Double] = [:]
    for (name, document) in documents {
      document.collectNumbers(at: "\(name)#", into: &numbers)
    }
    let page = ReportText(html)
    var differences: [Difference] = []
    var shown: Set<String> = []
    if page.wording == nil {
      differences.append(
        Difference(place: "<html>", what: "the page is in none of the report's languages"))
    }
    for figure in page.figures {
      if let from = figure.attributes["data-from"] { shown.insert(from) }
      if let what = Self.difference(in: figure, page.wording, numbers) {
        differences.append(
          Difference(place: figure.attributes["data-from"] ?? figure.text, what: what))
      }
    }
    for text in page.loneNumbers {
      differences.append(
        Difference(place: text, what: "the number does not say where it comes from"))
    }
    let missing = numbers.keys.filter { name in
      !shown.contains(name) && required.contains { name.hasPrefix($0) }
    }
    for name in missing.sorted() {
      differences.append(Difference(place: name, what: "the report does not show it"))
    }
    count = page.figures.count
    self.differences = differences
  }

  /// What is wrong with a figure, `nil` where it says what the documents say.
  private static func difference(
    in figure: ReportText.Figure, _ wording: Wording?, _ numbers: [String: Double]
  ) -> String? {
    guard let expected = expected(figure.attributes, numbers) else {
      return "there is no such number in the run's JSON"
    }
    for (part, whole) in [("data-from", "data-of"), ("data-less", "data-less-of")] {
      guard isOfOneRow(part, whole, figure.attributes) else {
        return "it is a share of what stands elsewhere: \(figure.attributes[whole] ?? "")"
      }
    }
    guard figure.attributes["value"].flatMap(Double.init) == expected else {
      return "the exact value is \(figure.attributes["value"] ?? "missing") and not \(expected)"
    }
    if let bound = wording?.bound(figure.text) {
      // A tie may be rounded up, and is then no longer less.
      guard expected > 0, expected <= bound / 2 + 1e-9 else {
        return "the report shows \(figure.text), the run has \(expected)"
      }
      return nil
    }
    guard let (value, decimals) = wording?.parse(figure.text) else {
      return "\"\(figure.text)\" is no number as the language writes it"
    }
    let half = (0..<decimals).reduce(0.5) { half, _ in half / 10 }
    // Both sides of a tie are right; the exact value has more digits than a page shows.
    guard abs(value - expected) <= half + 1e-9 * max(1, abs(expected)) else {
      return "the report shows \(figure.text), the run has \(expected)"
    }
    return nil
  }

  /// Whether a share is of wholes of its own row: `FILE#parks[0]` of `FILE#parks[0].park_km2`.
  private static func isOfOneRow(
    _ part: String, _ whole: String, _ attributes: [String: String]
  ) -> Bool {
    /// A file's own name may hold points.
    func row(_ place: some StringProtocol) -> [Substring] {
      let parts = Substring(place).split(separator: "#", maxSplits: 1)
      return parts.dropLast() + [parts.last?.prefix { $0 != "." } ?? ""]
    }
    guard let wholes = attributes[whole], let place = attributes[part] else { return true }
    return wholes.split(separator: " ").allSatisfy { row($0) == row(place) }
  }

  /// The number that the origin of a figure stands for.
  private static func expected(
    _ attributes: [String: String], _ numbers: [String: Double]
  ) -> Double? {
    func number(_ part: String, of whole: String) -> Double? {
      guard let value = attributes[part].flatMap({ numbers[$0] }) else { return nil }
      guard let names = attributes[whole]?.split(separator: " ").map(String.init) else {
        return value
      }
      let values = names.compactMap { numbers[$0] }
      guard values.count == names.count else { return nil }
      return Figure.share(value, of: values.reduce(0, +))
    }
    guard let first = number("data-from", of: "data-of") else { return nil }
    guard attributes["data-less"] != nil else { return first }
    return number("data-less", of: "data-less-of").map { first - $0 }
  }
}

extension JSONValue {
  /// All numbers below, by the path that `DocumentNode` gives them.
  fileprivate func collectNumbers(at path: String, into numbers: inout [String: Double]) {
    switch self {
    case .number(let number): numbers[path] = number
    case .literal(let digits): numbers[path] = Double(digits)
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        element.collectNumbers(at: "\(path)[\(index)]", into: &numbers)
      }
    case .object(let members):
      for member in members {
        let isFirst = path.hasSuffix("#")
        member.value.collectNumbers(
          at: isFirst ? path + member.key : "\(path).\(member.key)", into: &numbers)
      }
    case .null, .boolean, .string: break
    }
  }
}
