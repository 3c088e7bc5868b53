import Foundation

/// What the HTTP client gives back of one request for a range, untouched.
///
/// GDAL's client tells no status of HTTP: a number of libcurl, a text, and the headers of all hops of a redirection.
package struct RemoteAnswer: Sendable {
  /// libcurl's: 0 where an answer has come, of whatever kind.
  package let clientCode: Int
  /// Empty where all went well.
  package let message: String
  /// `Name=value`.
  package let headers: [String]
  /// Of the body.
  package let byteCount: Int
  /// The beginning of the body, where servers say what is wrong.
  package let text: String

  package init(
    clientCode: Int, message: String, headers: [String], byteCount: Int, text: String = ""
  ) {
    (self.clientCode, self.message, self.headers) = (clientCode, message, headers)
    (self.byteCount, self.text) = (byteCount, text)
  }

  /// Of the last hop, which comes last; names come in any case.
  package func header(_ name: String) -> String? {
    let start = name.lowercased() + "="
    return headers.last { $0.lowercased().hasPrefix(start) }.map {
      String($0.dropFirst(start.count)).trimmed
    }
  }

  /// HTTP's number where it is one of failure.
  var failedStatus: Int? {
    guard message.hasPrefix("HTTP error") else { return nil }
    return message.split(separator: ":").last.flatMap { Int(String($0).trimmed) }
  }

  /// The word of a server of objects for what is wrong: `<Code>AccessDenied</Code>`.
  var codeWord: String {
    guard let start = text.range(of: "<Code>"), let end = text.range(of: "</Code>"),
      start.upperBound <= end.lowerBound
    else { return "" }
    return String(text[start.upperBound..<end.lowerBound].filter(\.isLetter).prefix(40))
  }
}

extension String {
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
