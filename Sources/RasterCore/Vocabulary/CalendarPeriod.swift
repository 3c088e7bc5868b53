/// The days that a landscape's epoch stands for: a year, a month or a day, `2021`, `2021-06` or
/// `2021-06-30`, or two of them with a slash between.
public struct CalendarPeriod: Hashable, Sendable {
  /// RFC 3339, in UTC: the first second of the first day and the last of the last day.
  public let start: String
  public let end: String

  /// `nil` where the epoch is no date of the calendar, or ends before it begins.
  public init?(epoch: String) {
    let dates = epoch.split(separator: "/", omittingEmptySubsequences: false).map(Self.days)
    guard dates.count <= 2, let first = dates[0], let last = dates[dates.count - 1],
      first.first <= last.last
    else { return nil }
    (start, end) = (first.first + "T00:00:00Z", last.last + "T23:59:59Z")
  }

  private static func days(of date: Substring) -> (first: String, last: String)? {
    let fields = date.split(separator: "-", omittingEmptySubsequences: false)
    let lengths = [4, 2, 2]
    guard fields.count <= 3,
      zip(fields, lengths).allSatisfy({ field, length in
        field.utf8.count == length && field.utf8.allSatisfy { (0x30...0x39).contains($0) }
      })
    else { return nil }
    let numbers = fields.compactMap { Int($0) }
    guard numbers.count > 1 else { return ("\(date)-01-01", "\(date)-12-31") }
    guard (1...12).contains(numbers[1]) else { return nil }
    let length = length(ofMonth: numbers[1], year: numbers[0])
    guard numbers.count > 2 else { return ("\(date)-01", "\(date)-\(length)") }
    guard (1...length).contains(numbers[2]) else { return nil }
    return ("\(date)", "\(date)")
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
