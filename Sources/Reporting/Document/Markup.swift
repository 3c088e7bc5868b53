import RasterCore

/// HTML, SVG or XML source. What a literal says is taken as it stands; every text put into it is escaped, so
/// that nothing out of data can become markup:
///
///     let cell: Markup = "<td title=\"\(name)\">\(name)</td>"
public struct Markup: Hashable, Sendable, ExpressibleByStringInterpolation {
  public private(set) var source: String

  public init(stringLiteral literal: String) { source = literal }

  public init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

  /// Text out of data, on one line and safe within elements and quoted attributes alike.
  public init(text: String) {
    let text = text.shown
    guard text.utf8.contains(where: Self.isSpecial) else {
      source = text
      return
    }
    var source = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": source += "&amp;"
      case "<": source += "&lt;"
      case ">": source += "&gt;"
      case "\"": source += "&quot;"
      case "'": source += "&#39;"
      default: source.unicodeScalars.append(scalar)
      }
    }
    self.source = source
  }

  /// Only bytes of ASCII mean a character by themselves in UTF-8.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "&", "<", ">", "\"", "'": true
    default: false
    }
  }

  /// A name out of data, kept from turning the direction of the text around it.
  public init(name: String) { self = "<bdi>\(name)</bdi>" }

  /// Source that is markup already, for example out of a resource of this package.
  init(trusted source: String) { self.source = source }

  public static func + (left: Markup, right: Markup) -> Markup {
    Markup(trusted: left.source + right.source)
  }

  public static func += (left: inout Markup, right: Markup) { left.source += right.source }

  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var source: String

    public init(literalCapacity: Int, interpolationCount: Int) {
      source = ""
      source.reserveCapacity(literalCapacity)
    }

    public mutating func appendLiteral(_ literal: String) { source += literal }

    /// Disfavoured, so that a literal within an interpolation is taken for markup and not for text.
    @_disfavoredOverload
    public mutating func appendInterpolation(_ text: String) { source += Markup(text: text).source }

    public mutating func appendInterpolation(_ markup: Markup) { source += markup.source }

    public mutating func appendInterpolation(_ parts: [Markup]) {
      for part in parts { source += part.source }
    }

    public mutating func appendInterpolation(_ number: Int) { source += String(number) }

    /// A coordinate or length of a drawing: at most two decimals, no needless zeros.
    public mutating func appendInterpolation(coordinate: Double) {
      source += coordinate.shortened(decimals: 2)
    }
  }
}

extension Sequence<Markup> {
  public func joined(separator: Markup = "") -> Markup {
    Markup(trusted: map(\.source).joined(separator: separator.source))
  }
}

extension Double {
  /// At most so many decimals, without zeros at the end.
  func shortened(decimals: Int) -> String {
    let text = formatted(decimals: decimals)
    let digits = text.utf8
    guard decimals > 0, let last = digits.lastIndex(where: { $0 != UInt8(ascii: "0") }) else {
      return text
    }
    // An infinity has no point, and no zeros either.
    return String(text[..<(digits[last] == UInt8(ascii: ".") ? last : digits.index(after: last))])
  }
}
