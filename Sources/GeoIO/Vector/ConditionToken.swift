/// A piece of a condition in SQL.
enum ConditionToken: Equatable {
  /// Letters, digits and low lines, in lower case.
  case word(String)
  /// A text or a name in quotes of any kind, without them; doubled quotes within it make two.
  case quoted(String)
  case mark(Character)
  /// The beginning of one.
  case comment

  /// - Returns: `nil` where a quote is never closed.
  static func tokens(of text: String) -> [ConditionToken]? {
    var tokens: [ConditionToken] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isOfWord {
        let word = rest.prefix(while: \.isOfWord)
        tokens.append(.word(word.lowercased()))
        rest = rest.dropFirst(word.count)
      } else if let quote = closingQuotes[first] {
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: quote) else { return nil }
        tokens.append(.quoted(String(rest[..<end])))
        rest = rest[rest.index(after: end)...]
      } else {
        let isComment = rest.hasPrefix("--") || rest.hasPrefix("/*")
        if !first.isWhitespace { tokens.append(isComment ? .comment : .mark(first)) }
        rest = rest.dropFirst()
      }
    }
    return tokens
  }

  private static let closingQuotes: [Character: Character] = [
    "'": "'", "\"": "\"", "`": "`", "[": "]",
  ]
}

extension Character {
  fileprivate var isOfWord: Bool { isLetter || isNumber || self == "_" }
}
