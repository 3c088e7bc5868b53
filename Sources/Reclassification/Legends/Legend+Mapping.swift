import Foundation
import RasterCore

extension LegendSource {
  /// Whether the rules are a GDAL mapping rather than GRASS rules.
  ///
  /// Rules such as `1 = 5` mean the same in both.
  var looksLikeMapping: Bool {
    let rules = lines.filter { $0.content.contains("=") }
    func left(_ line: Line) -> String { (line.content.split(separator: "=").first ?? "").trimmed }
    let isMapping = rules.contains {
      let left = left($0).lowercased()
      return left.hasPrefix("[") || left.hasPrefix("(") || left == "default" || left == "no_data"
    }
    let isReclass = rules.contains { left($0).contains("thru") || left($0) == "*" }
    return isMapping || !isReclass && rules.contains { $0.content.contains(";") }
  }
}

extension Legend {
  /// Reads the mapping of `gdal raster reclassify`, for example `[2,4]=5; NO_DATA=0; DEFAULT=7`.
  ///
  /// As there: a value of its own goes before every range and the last one given counts; of ranges
  /// the first counts. A comment becomes the label.
  ///
  /// Source: GDAL 3.11, `doc/source/programs/gdal_raster_reclassify.rst` and
  /// `frmts/vrt/vrtreclassifier.cpp`.
  init(mapping source: LegendSource, name: String) throws(HabitatError) {
    var entries: [Int: Entry] = [:]
    var ranges: [RangeEntry] = []
    var fallback = Fallback.unknown
    let nodata = source.nodataOfMapping
    for line in source.lines {
      for rule in line.content.split(separator: ";").map(\.trimmed) where !rule.isEmpty {
        let sides = rule.split(separator: "=", omittingEmptySubsequences: false).map(\.trimmed)
        guard sides.count == 2 else {
          throw source.failure(
            "\"\(rule)\" is not a rule", line: line.number,
            fix: "write code = category, one rule a line or separated by semicolons")
        }
        let destination = try source.destination(
          sides[1], line: line.number, passThrough: "PASS_THROUGH", nodata: nodata)
        switch sides[0].lowercased() {
        case "default": fallback = Fallback(destination)
        case "no_data":
          guard destination == .nodata else {
            throw source.failure(
              "NO_DATA cannot become a category: the nodata of a file stays nodata",
              line: line.number,
              fix: "write NO_DATA=0, map the code itself and lift the file's nodata with --nodata")
          }
        default:
          let isPassed = destination == .passThrough
          let entry =
            isPassed ? nil : Entry(category: destination.category, label: line.comment)
          let codes = try source.codes(sides[0], line: line.number)
          if let entry, codes.isExact {
            entries[codes.range.lowerBound] = entry
          } else if codes.isExact {
            entries[codes.range.lowerBound] = nil
            ranges.insert(RangeEntry(codes: codes.range, entry: nil), at: 0)
          } else {
            ranges.append(RangeEntry(codes: codes.range, entry: entry))
          }
        }
      }
    }
    self.init(name: name, entries: entries, ranges: ranges, fallback: fallback)
  }
}

extension Legend.Fallback {
  init(_ destination: LegendDestination) {
    self =
      switch destination {
      case .category(let category): .category(category)
      case .nodata: .nodata
      case .passThrough: .passThrough
      }
  }
}

extension LegendSource {
  /// The number that `NO_DATA=V` gives the cells without a value in the raster that the mapping makes: all that
  /// becomes `V` has none. A category cannot be it.
  fileprivate var nodataOfMapping: Int? {
    let rules = lines.flatMap { $0.content.split(separator: ";") }
      .map { $0.split(separator: "=").map(\.trimmed) }
    let numbers = rules.filter { $0.count == 2 && $0[0].lowercased() == "no_data" }
      .compactMap { Self.whole($0[1]) }
    return numbers.last { UInt8(exactly: $0).flatMap(LandCategory.init(rawValue:)) == nil }
  }

  /// The whole numbers of a value or of an interval with open or closed bounds.
  fileprivate func codes(
    _ text: String, line: Int
  ) throws(HabitatError) -> (range: ClosedRange<Int>, isExact: Bool) {
    guard let first = text.first, first == "[" || first == "(" else {
      guard let code = Self.whole(text) else {
        throw failure(
          text.isEmpty ? "the rule has no left-hand side" : "\"\(text)\" is not a whole number",
          line: line, fix: "write a code such as 20, or a range such as [20,29]")
      }
      return (code...code, true)
    }
    let bounds = text.dropFirst().dropLast().split(
      separator: ",", omittingEmptySubsequences: false
    ).map(\.trimmed)
    guard let last = text.last, last == "]" || last == ")", bounds.count == 2,
      let lower = Double(bounds[0]), let upper = Double(bounds[1]), !lower.isNaN, !upper.isNaN
    else {
      throw failure(
        "\"\(text)\" is not a range", line: line,
        fix: "write [low,high], with ( or ) for a bound that does not belong to it")
    }
    // Doubles do not hold all codes of 64 bits, so whole bounds are read as such.
    var low = Int(bounds[0]) ?? Self.clamped(lower.rounded(.up))
    var high = Int(bounds[1]) ?? Self.clamped(upper.rounded(.down))
    if first == "(", lower == lower.rounded(), abs(lower) < 0x1p63, low < Int.max { low += 1 }
    if last == ")", upper == upper.rounded(), abs(upper) < 0x1p63, high > Int.min { high -= 1 }
    guard low <= high else {
      throw failure(
        "the range \"\(text)\" holds no whole number", line: line,
        fix: "put the lower bound first and close the bounds that belong to it")
    }
    return (low...high, low == high && lower == upper)
  }

  /// A whole number, however it is written: `5`, `5.0`.
  private static func whole(_ text: String) -> Int? {
    Int(text) ?? Double(text).flatMap { abs($0) <= 0x1p53 ? Int(exactly: $0) : nil }
  }

  /// No code is beyond 64 bits: there a bound means "without end".
  private static func clamped(_ bound: Double) -> Int {
    if bound >= 0x1p63 { return Int.max }
    if bound <= -0x1p63 { return Int.min }
    return Int(bound)
  }
}
