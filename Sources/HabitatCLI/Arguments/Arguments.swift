import Documents
import RasterCore

/// The words behind a command, sorted by option and checked against the command's description.
struct Arguments {
  private var values: [String: [String]] = [:]
  /// What the command is to do, where its description names actions.
  private(set) var action: String?
  /// Words that belong to no option, behind the action.
  private(set) var operands: [String] = []

  /// - Throws: `.usage`: `unknown-option`, `unknown-command`, `bad-option`.
  init(_ words: [String], for command: CommandDescription) throws(HabitatError) {
    var strays: [Stray] = []
    /// The option whose value stood last, and that value.
    var last: (option: Option, value: String)?
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      guard Self.isOption(word) else {
        strays.append(Stray(word: word, behind: last?.option, value: last?.value ?? ""))
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let option = command.option(name) else { throw Self.unknown(name, command) }
      guard option.type != nil else {
        guard parts.count == 1 else {
          throw Self.misfit(name, "takes no value", "write \(name) alone", command)
        }
        values[name] = []
        last = nil
        continue
      }
      var found = parts.count == 2 ? [String(parts[1])] : []
      if option.separator == .words {
        while index < words.count, !Self.isOption(words[index]) {
          found.append(words[index])
          index += 1
        }
      } else if found.isEmpty, index < words.count, !Self.isOption(words[index]) {
        found = [words[index]]
        index += 1
      }
      guard !found.isEmpty else {
        throw Self.misfit(name, "needs a value", "write \(option.head)", command)
      }
      if [.none, .commas].contains(option.separator), values[name] != nil {
        throw Self.misfit(name, "is given twice", "give it once", command)
      }
      for value in found { try Self.check(value, of: option, command) }
      values[name, default: []] += found
      last = (option, found[found.count - 1])
    }
    try place(strays, command)
  }

  static func isOption(_ word: String) -> Bool { word.hasPrefix("--") && word.count > 2 }

  /// Of the options that are given.
  var names: Set<String> { Set(values.keys) }
  func has(_ name: String) -> Bool { values[name] != nil }
  func value(_ name: String) -> String? { values[name]?.first }
  func list(_ name: String) -> [String] { values[name] ?? [] }
  /// The value of an option of whole numbers, which was checked.
  func number(_ name: String) -> Int? { value(name).flatMap { Int($0) } }

  /// Whether words that may be wrong otherwise have `--progress json` among them.
  static func asksForJSONProgress(_ words: [String]) -> Bool {
    let name = Option.progress.name
    return words.contains("\(name)=json")
      || zip(words, words.dropFirst()).contains { $0 == name && $1 == "json" }
  }

  // MARK: Words beside options

  /// A word beside options, and the option that it stands behind.
  private struct Stray {
    let word: String
    let behind: Option?
    let value: String
  }

  private mutating func place(
    _ strays: [Stray], _ command: CommandDescription
  ) throws(HabitatError) {
    var rest = strays[...]
    var expected = command.operands
    if !command.actions.isEmpty {
      let name = rest.popFirst()?.word ?? command.actions[0].name
      guard let action = command.actions.first(where: { $0.name == name }) else {
        let known = command.actions.map(\.name)
        let nearest = name.nearest(in: known).map { "did you mean \($0)? " } ?? ""
        throw HabitatError(
          .usage, "unknown-command", "there is no \"\(command.path) \(name)\"", at: command.path,
          fix: nearest + "known: \(known.joined(separator: ", "))")
      }
      self.action = name
      expected = action.operand.map { [$0] } ?? []
    }
    for operand in expected {
      guard let stray = rest.popFirst() else {
        guard operand.isRequired else { break }
        let words = [command.path, action].compactMap { $0 }.joined(separator: " ")
        throw HabitatError(
          .usage, "bad-option", "\(operand.noun) is missing", at: words,
          fix: "write \(words) \(operand.placeholder)")
      }
      if case .choice(let known) = operand.type, !known.contains(stray.word) {
        throw Self.unfit(stray.word, "\(operand.placeholder) cannot be", known, command)
      }
      operands.append(stray.word)
    }
    if let first = rest.first { throw Self.misplaced(first, rest.dropFirst(), command) }
  }

  /// What a word too many was meant to be, as far as the option before it tells.
  private static func misplaced(
    _ stray: Stray, _ others: ArraySlice<Stray>, _ command: CommandDescription
  ) -> HabitatError {
    if stray.word.hasPrefix("-"), stray.word.dropFirst().first?.isLetter == true {
      return unknown(stray.word, command)
    }
    var fix = "see \(command.path) --help"
    if let option = stray.behind {
      let words = [stray.word] + others.prefix { $0.value == stray.value }.map(\.word)
      fix =
        switch option.separator {
        case .commas:
          "use commas: \(option.name) "
            + ([stray.value] + words).map(Self.withoutCommas).joined(separator: ",")
        case .repeated: "repeat the option: \(option.name) \(stray.word)"
        case .none:
          "\(option.name) takes one value; put quotes around one that holds blanks"
        case .words: fix
        }
    }
    return HabitatError(
      .usage, "bad-option", "\"\(stray.word)\" belongs to no option", at: command.path, fix: fix)
  }

  private static func withoutCommas(_ word: String) -> String {
    var rest = word[...]
    while rest.last == "," { rest.removeLast() }
    while rest.first == "," { rest.removeFirst() }
    return String(rest)
  }

  // MARK: What does not fit

  private static func check(
    _ value: String, of option: Option, _ command: CommandDescription
  ) throws(HabitatError) {
    switch option.type {
    case .choice(let known) where !known.contains(value):
      throw unfit(value, "\(option.name) cannot be", known, command)
    case .integer(let minimum):
      if let number = Int(value), number >= minimum { return }
      throw misfit(
        option.name, "is no whole number of at least \(minimum): \(value)",
        "write for example \(option.name) \(max(minimum, 2))", command)
    default: break
    }
  }

  private static func unfit(
    _ value: String, _ what: String, _ known: [String], _ command: CommandDescription
  ) -> HabitatError {
    let nearest = value.nearest(in: known).map { "did you mean \($0)? " } ?? ""
    return HabitatError(
      .usage, "bad-option", "\(what) \"\(value)\"", at: command.path,
      fix: nearest + "known: \(known.joined(separator: ", "))")
  }

  private static func unknown(_ name: String, _ command: CommandDescription) -> HabitatError {
    let known = command.options.map(\.name)
    let nearest = name.nearest(in: known).map { "did you mean \($0)? " } ?? ""
    return HabitatError(
      .usage, "unknown-option", "there is no option \(name)", at: command.path,
      fix: nearest + "see \(command.path) --help")
  }

  private static func misfit(
    _ name: String, _ what: String, _ fix: String, _ command: CommandDescription
  ) -> HabitatError {
    HabitatError(.usage, "bad-option", "\(name) \(what)", at: command.path, fix: fix)
  }
}
