import Foundation

extension Double {
  /// Fixed decimals with a decimal point, whatever the locale; never "-0".
  public func formatted(decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", self)
    let isZero = text.allSatisfy { "-0.".contains($0) }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  /// For people: fixed decimals, thousands apart by commas as the report prints them.
  public func grouped(decimals: Int) -> String {
    let text = formatted(decimals: decimals)
    let isNegative = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
    var whole = ""
    for (index, digit) in parts[0].reversed().enumerated() {
      if index > 0 && index % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    let fraction = parts.count > 1 ? "." + parts[1] : ""
    return (isNegative ? "-" : "") + String(whole.reversed()) + fraction
  }
}
