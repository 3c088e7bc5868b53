/// What a text for people is laid out for: a file or a pipe, where lines are as long as they are and nothing
/// is coloured, or a terminal.
public struct TextPage: Hashable, Sendable {
  public enum Colours: Hashable, Sendable {
    case none
    /// The 256 colours of xterm.
    case indexed
    /// Any of 24 bits.
    case all
  }

  public enum Ink: Hashable, Sendable {
    case error, warning
    /// `0xRRGGBB`
    case colour(UInt32)
  }

  /// Columns of a line, `nil` where lines may have any length.
  public let width: Int?
  public let colours: Colours

  public init(width: Int?, colours: Colours = .none) {
    (self.width, self.colours) = (width, colours)
  }

  public static let file = TextPage(width: nil)

  public var hasColours: Bool { colours != .none }

  /// The text in a colour, where there are colours.
  public func painted(_ text: String, _ ink: Ink) -> String {
    guard hasColours, !text.isEmpty else { return text }
    let code =
      switch ink {
      case .error: "1;31"
      case .warning: "1;33"
      case .colour(let colour): Self.code(of: colour, colours)
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  /// Source: ECMA-48, 8.3.117, Select Graphic Rendition; the cube of xterm's colours 16…231.
  private static func code(of colour: UInt32, _ colours: Colours) -> String {
    let parts = [colour >> 16, colour >> 8, colour].map { Int($0 & 0xFF) }
    guard colours == .indexed else {
      return "38;2;" + parts.map(String.init).joined(separator: ";")
    }
    let levels = [0, 95, 135, 175, 215, 255]
    let steps = parts.map { part in
      levels.indices.min { abs(levels[$0] - part) < abs(levels[$1] - part) }!
    }
    return "38;5;\(16 + 36 * steps[0] + 6 * steps[1] + steps[2])"
  }

  /// Text without colours, its longer lines folded: what follows stands under the beginning of the line, or
  /// under the explanation of a term where the line is one.
  public func folded(_ text: String) -> String {
    guard let width else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard String(line).displayWidth > width else { return String(line) }
      let body = line.drop { $0 == " " }
      let margin = line.count - body.count
      var (head, rest) = (Substring(), body)
      // Two blanks or more part a term from its explanation.
      if let gap = body.firstRange(of: "  ") {
        let explanation = body[gap.lowerBound...].drop { $0 == " " }
        let term = body[..<explanation.startIndex]
        if !explanation.isEmpty, String(term).displayWidth + margin <= width / 2 {
          (head, rest) = (term, explanation)
        }
      }
      let indentation = margin + (head.isEmpty ? min(2, width / 4) : String(head).displayWidth)
      let lines = String(rest).folded(
        to: width - indentation, taken: margin + String(head).displayWidth - indentation)
      let first = String(repeating: " ", count: margin) + head + lines[0]
      let others = lines.dropFirst().map { String(repeating: " ", count: indentation) + $0 }
      return ([first] + others).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

extension HabitatError {
  /// The message as it is printed.
  public func text(on page: TextPage) -> String { page.message(.error, description) }
}

extension HabitatWarning {
  /// The message as it is printed.
  public func text(on page: TextPage) -> String { page.message(.warning, description) }
}

extension TextPage {
  /// Lines of what, where and how to fix it, folded under their beginnings, the first word coloured.
  fileprivate func message(_ ink: Ink, _ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if let width {
      let margins = [2, "  where: ".count, "  fix:   ".count]
      for (index, margin) in zip(lines.indices, margins) {
        let head = index == 0 ? "" : String(lines[index].prefix(margin))
        let folded = String(lines[index].dropFirst(head.count)).folded(
          to: width - margin, taken: index == 0 ? -margin : 0)
        lines[index] =
          head + folded.joined(separator: "\n" + String(repeating: " ", count: margin))
      }
    }
    guard let end = lines[0].firstIndex(of: ":") else { return lines.joined(separator: "\n") }
    lines[0] = painted(String(lines[0][..<end]), ink) + lines[0][end...]
    return lines.joined(separator: "\n")
  }
}
