/// What a condition may call: functions that give the same for the same feature, whenever they are asked.
///
/// A run with `random()` in its condition could not be repeated, and what a function that is not known here does,
/// such as asking a server, nobody can tell.
///
/// Sources: *Built-In Scalar SQL Functions*, *Built-In Mathematical SQL Functions* and *Date And Time Functions* of
/// SQLite; *OGR SQL dialect* of GDAL; OGC 06-104r4 for those that begin with `ST_`.
enum ConditionFunctions {
  /// What of a condition, in parentheses that have their counterparts, may be other the next time.
  static func fault(in tokens: [ConditionToken]) -> String? {
    if let word = presentWords.first(where: { tokens.contains(.word($0)) }) {
      return "asks for the present: \(word)"
    }
    /// The calls that are open, and other parentheses under an empty name.
    var calls: [(name: String, arguments: Int)] = []
    var previous: ConditionToken?
    for token in tokens {
      if token != .mark(")"), let call = calls.popLast() {
        let count = token == .mark(",") ? call.arguments + 1 : max(call.arguments, 1)
        calls.append((call.name, count))
      }
      switch (previous, token) {
      case (.word(let name)?, .mark("(")):
        guard isKnown(name) else { return unsteady(name) }
        calls.append((name, 0))
      case (.quoted?, .mark("(")): return "calls a function by a name in quotes"
      case (_, .mark("(")): calls.append(("", 0))
      case (_, .mark(")")):
        let call = calls.removeLast()
        if call.arguments < leastArguments[call.name] ?? 0 { return unsteady(call.name) }
      case (_, .quoted(let text))
      where present.contains(text.lowercased())
        && calls.contains { leastArguments[$0.name] != nil }:
        return "asks for the present, or for where the machine stands: '\(text)'"
      default: break
      }
      previous = token
    }
    return nil
  }

  private static func unsteady(_ function: String) -> String {
    "calls \(function)(), which is not known to give the same each time"
  }

  private static func isKnown(_ name: String) -> Bool {
    all.contains(name) || name.hasPrefix("st_") || leastArguments[name] != nil
  }

  /// Of functions of time, which take the present where they are given no time.
  private static let leastArguments = [
    "date": 1, "time": 1, "datetime": 1, "julianday": 1, "unixepoch": 1, "strftime": 2,
    "timediff": 2,
  ]

  /// Texts that mean the present, or the time zone of a machine, to functions of time.
  private static let present: Set<String> = ["now", "subsec", "subsecond", "localtime", "utc"]

  /// Words that stand for the present.
  private static let presentWords = ["current_timestamp", "current_date", "current_time"]

  private static let all: Set<String> = {
    let words = """
      and or not in like ilike between case when then else is escape glob regexp match from any all some values as \
      character varchar integer numeric decimal float real double text string bigint smallint \
      abs char coalesce format hex ifnull iif instr length likelihood likely lower ltrim max min nullif octet_length \
      printf quote replace round rtrim sign soundex substr substring trim typeof unhex unicode unlikely upper \
      concat concat_ws cast hstore_get_value \
      acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi pow \
      power radians sin sinh sqrt tan tanh trunc \
      json json_array json_array_length json_extract json_object json_type json_valid
      """
    return Set(words.split(separator: " ").map(String.init))
  }()
}
