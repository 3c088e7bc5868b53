import RasterCore

/// The words behind a command, sorted by option.
struct Arguments {
  private var values: [String: [String]] = [:]
  /// Words that belong to no option.
  private(set) var positional: [String] = []

  /// - Throws: `.usage`: `unknown-option`, `bad-option`.
  init(_ words: [String], options: [Option], command: String) throws(HabitatError) {
    var index = 0
    func isOption(_ word: String) -> Bool { word.hasPrefix("--") && word.count > 2 }
    while index < words.count {
      let word = words[index]
      index += 1
      guard isOption(word) else {
        positional.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let option = options.first(where: { $0.name == name }) else {
        throw Self.unknown(name, options, command)
      }
      if case .none = option.values {
        guard parts.count == 1 else {
          throw Self.misfit(name, "takes no value", "write \(name) alone", command)
        }
        values[name] = []
        continue
      }
      var found = parts.count == 2 ? [String(parts[1])] : []
      if case .list = option.values {
        while index < words.count, !isOption(words[index]) {
          found.append(words[index])
          index += 1
        }
      } else if found.isEmpty, index < words.count, !isOption(words[index]) {
        found = [words[index]]
        index += 1
      }
      guard !found.isEmpty else {
        throw Self.misfit(name, "needs a value", "write \(name) \(option.placeholder)", command)
      }
      if case .one = option.values, values[name] != nil {
        throw Self.misfit(name, "is given twice", "give it once", command)
      }
      values[name, default: []] += found
    }
  }

  func has(_ name: String) -> Bool { values[name] != nil }
  func value(_ name: String) -> String? { values[name]?.first }
  func list(_ name: String) -> [String] { values[name] ?? [] }

  /// - Throws: `.usage`, slug `bad-option`, for what is no whole number of at least `minimum`.
  func number(_ name: String, atLeast minimum: Int, command: String) throws(HabitatError) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), number >= minimum else {
      throw Self.misfit(
        name, "is no whole number of at least \(minimum): \(text)",
        "write for example \(name) \(max(minimum, 2))",
        command)
    }
    return number
  }

  /// - Throws: `.usage`, slug `bad-option`, for a value that is none of `known`.
  func choice(_ name: String, of known: [String], command: String) throws(HabitatError) -> String? {
    guard let text = value(name) else { return nil }
    guard known.contains(text) else {
      let nearest = text.nearest(in: known).map { "did you mean \($0)? " } ?? ""
      throw Self.misfit(
        name, "cannot be \"\(text)\"", nearest + "known: \(known.joined(separator: ", "))", command)
    }
    return text
  }

  /// - Throws: `.usage`, slug `bad-option`, when more words stand alone than the command takes.
  func refuseWords(beyond count: Int, command: String) throws(HabitatError) {
    guard positional.count > count else { return }
    throw HabitatError(
      .usage, "bad-option", "\"\(positional[count])\" belongs to no option", at: command,
      fix: "see \(command) --help")
  }

  private static func unknown(
    _ name: String, _ options: [Option], _ command: String
  ) -> HabitatError {
    let nearest = name.nearest(in: options.map(\.name)).map { "did you mean \($0)? " } ?? ""
    return HabitatError(
      .usage, "unknown-option", "there is no option \(name)", at: command,
      fix: nearest + "see \(command) --help")
  }

  private static func misfit(
    _ name: String, _ what: String, _ fix: String, _ command: String
  ) -> HabitatError {
    HabitatError(.usage, "bad-option", "\(name) \(what)", at: command, fix: fix)
  }
}
