public import Documents
public import RasterCore

/// A number of the report together with the place it comes from, so that it can be traced and checked.
public struct Figure: Hashable, Sendable {
  /// How the number follows from values of the run's JSON files, each written `FILE#PATH`, for example
  /// `leopard_areas.json#parks[0].medium_km2`.
  public enum Origin: Hashable, Sendable {
    case value(String)
    /// The first as a percentage of the second, which may be several values apart by spaces: then their sum.
    case share(String, of: String)
    /// The first less the second.
    case difference(String, less: String)
    /// The first as a percentage of the second, less the third as a percentage of the fourth.
    case shareDifference(String, of: String, less: String, ofOther: String)
  }

  public let value: Double
  public let origin: Origin

  private init(_ value: Double, _ origin: Origin) { (self.value, self.origin) = (value, origin) }

  /// The number at a node whose `file` is a name in the folder of the run.
  ///
  /// - Throws: `.input` where the node is no number.
  public init(_ node: DocumentNode<HabitatError>) throws(HabitatError) {
    self.init(try node.number(), .value("\(node.file)#\(node.path)"))
  }

  private var reference: String {
    guard case .value(let reference) = origin else {
      preconditionFailure("a figure derived from figures is derived from no others")
    }
    return reference
  }

  /// This figure as a percentage of another; 0 of nothing.
  public func share(of whole: Figure) -> Figure {
    Figure(
      Self.share(value, of: whole.value), .share(reference, of: whole.reference))
  }

  /// This figure as a percentage of the sum of several values; 0 of nothing.
  public func share(ofSum parts: [Figure]) -> Figure {
    Figure(
      Self.share(value, of: parts.reduce(0) { $0 + $1.value }),
      .share(reference, of: parts.map(\.reference).joined(separator: " ")))
  }

  static func share(_ part: Double, of whole: Double) -> Double {
    whole == 0 ? 0 : 100 * part / whole
  }

  /// This figure less another of its kind: both values, or both shares.
  public func less(_ other: Figure) -> Figure {
    let difference = value - other.value
    if case .share(let part, let whole) = origin,
      case .share(let otherPart, let otherWhole) = other.origin
    {
      return Figure(
        difference, .shareDifference(part, of: whole, less: otherPart, ofOther: otherWhole))
    }
    return Figure(difference, .difference(reference, less: other.reference))
  }

  /// The number as the language writes it, in an element that says the exact value and its origin. What is there
  /// but too little to be seen among the decimals is not written as zero: `<1`.
  public func markup(in wording: Wording, decimals: Int) -> Markup {
    let origin: Markup =
      switch origin {
      case .value(let reference): "data-from=\"\(reference)\""
      case .share(let part, let whole): "data-from=\"\(part)\" data-of=\"\(whole)\""
      case .difference(let first, let second): "data-from=\"\(first)\" data-less=\"\(second)\""
      case .shareDifference(let part, let whole, let otherPart, let otherWhole):
        """
        data-from="\(part)" data-of="\(whole)" data-less="\(otherPart)" data-less-of="\(otherWhole)"
        """
      }
    let text: String
    switch self.origin {
    case .value: text = wording.amount(value, decimals: decimals)
    default: text = wording.number(value, decimals: decimals)
    }
    return "<data value=\"\(String(value))\" \(origin)>\(text)</data>"
  }

  /// Whole numbers, or as many decimals as give the smallest of `areas` above zero three digits.
  public static func decimals(for areas: some Sequence<Double>) -> Int {
    let smallest = areas.filter { $0 > 0 }.min() ?? 0
    var (decimals, step) = (0, 1.0)
    while decimals < 6, smallest > 0, smallest < 100 * step {
      decimals += 1
      step /= 10
    }
    return decimals
  }
}
