import Foundation

extension Double {
  /// Fixed decimals with a decimal point, whatever the locale; never "-0".
  public func formatted(decimals: Int) -> String {
    guard isFinite else { return String(format: "%.\(decimals)f", self) }
    // All digits before the point of the largest number, a sign, the point and an end.
    let capacity = 320 + decimals
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      let count = unsafe withVaList([Int32(decimals), self]) { arguments in
        unsafe Int(vsnprintf(buffer.baseAddress, capacity, "%.*f", arguments))
      }
      var text = unsafe buffer.prefix(count).map { UInt8(bitPattern: $0) }
      // A host may have set another point.
      if decimals > 0, count > decimals { text[count - decimals - 1] = UInt8(ascii: ".") }
      let minus = UInt8(ascii: "-")
      let digits: ClosedRange<UInt8> = UInt8(ascii: "1")...UInt8(ascii: "9")
      if text.first == minus, !text.contains(where: digits.contains) { text.removeFirst() }
      return String(decoding: text, as: UTF8.self)
    }
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
