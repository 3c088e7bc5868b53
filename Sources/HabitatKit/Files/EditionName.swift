/// A path without what tells one edition of a product from another: its years, versions and dates of making.
///
/// Numbers of a tile's place (`N2000E0120`, `h26v04`) stay.
struct EditionName: Hashable {
  /// What editions of one tile have in common.
  let template: String
  /// Years and dates, in order; those of two editions differ.
  let dates: [String]

  init(_ path: String) {
    var pieces = Self.pieces(of: Self.withoutWords(path.lowercased()))
    var dates: [String] = []
    let hasX = zip(pieces, pieces.dropFirst()).contains { $0 == "x" && $1.isWhole }
    var index = 0
    while index < pieces.count {
      defer { index += 1 }
      let piece = pieces[index]
      guard piece.isWhole else { continue }
      let before = index > 0 ? pieces[index - 1] : ""
      let after = index + 1 < pieces.count ? pieces[index + 1] : ""
      let isVersion = before == "v" && (index < 2 || !pieces[index - 2].isWhole)
      if isVersion {
        pieces[index] = "#"
        // `v2.0.7`, but no year behind a dot.
        while index + 2 < pieces.count, pieces[index + 1] == ".", pieces[index + 2].isWhole,
          pieces[index + 2].count < 3
        {
          pieces.removeSubrange(index + 1...index + 2)
        }
      } else if Self.namesPlace(before, after, hasX: hasX) {
        continue
      } else if Self.isDate(piece, after: before) {
        dates.append(piece)
        pieces[index] = "#"
      } else if (13...14).contains(piece.count) {
        // When a granule was made, to the second.
        pieces[index] = "#"
      }
    }
    (template, self.dates) = (pieces.joined(), dates)
  }

  /// Words that only some editions of a product carry.
  ///
  /// Source: names of CGLS-LC100 v3, ESA CCI v2.0.7 with its successor C3S v2.1.1, and MODIS collections.
  private static let words = [
    ("-conso", ""), ("-nrt", ""), ("-base", ""), ("c3s-lc-", "lc-"), ("esacci-lc-", "lc-"),
    (".006.", "."), (".061.", "."),
  ]

  private static func withoutWords(_ text: String) -> String {
    words.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  /// Runs of digits, runs of letters, and other characters one by one.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    for character in text {
      let isDigit = character.isASCII && character.isNumber
      if let last = pieces.last?.last,
        isDigit ? last.isASCII && last.isNumber : character.isLetter && last.isLetter
      {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
    }
    return pieces
  }

  /// Letters before or behind a number that make it a coordinate or the number of a row or column.
  private static func namesPlace(_ before: String, _ after: String, hasX: Bool) -> Bool {
    ["n", "s", "e", "w", "h", "v", "x", "r", "c"].contains(before) || before == "y" && hasX
      || ["n", "s", "e", "w"].contains(after)
  }

  private static func isDate(_ digits: String, after before: String) -> Bool {
    guard let number = Int(digits) else { return false }
    func isYear(_ year: Int) -> Bool { (1950...2049).contains(year) }
    switch digits.count {
    case 4: return isYear(number)
    case 6: return isYear(number / 100) && (1...12).contains(number % 100)
    case 7:
      // Days of a year, as MODIS counts them.
      return ["a", "doy"].contains(before) && isYear(number / 1000)
        && (1...366).contains(number % 1000)
    case 8:
      return isYear(number / 10_000) && (1...12).contains(number / 100 % 100)
        && (1...31).contains(number % 100)
    default: return false
    }
  }
}

extension String {
  fileprivate var isWhole: Bool { first.map { $0.isASCII && $0.isNumber } ?? false }
}
