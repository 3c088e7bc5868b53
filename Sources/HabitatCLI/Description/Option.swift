/// One option of a command: from it come how it is parsed, help, man pages, completions and what other
/// programs are given.
struct Option: Sendable {
  /// How several values are given.
  enum Separator: String, Sendable {
    case none
    /// One word, values apart by commas.
    case commas
    /// Words up to the next option.
    case words
    /// One value a time, and the option may be repeated.
    case repeated
  }

  let name: String
  /// `nil` for a flag, which takes no value.
  let type: ValueType?
  var separator = Separator.none
  /// What stands for the value in help.
  var placeholder = ""
  /// A sentence without a full stop; words that can be chosen and the default come behind it.
  let help: String
  /// Words that may stand in the place of a value, such as `all`.
  var extraWords: [String] = []
  /// What holds where the option is not given.
  var standard: String?
  var isRequired = false
  /// Seldom needed: other programs may fold it away.
  var isAdvanced = false

  static func flag(_ name: String, _ help: String, isAdvanced: Bool = false) -> Option {
    Option(name: name, type: nil, help: help, isAdvanced: isAdvanced)
  }

  static func value(
    _ name: String, _ placeholder: String, _ type: ValueType, _ help: String,
    separator: Separator = .none, or extraWords: [String] = [], standard: String? = nil,
    isRequired: Bool = false, isAdvanced: Bool = false
  ) -> Option {
    Option(
      name: name, type: type, separator: separator, placeholder: placeholder, help: help,
      extraWords: extraWords, standard: standard, isRequired: isRequired, isAdvanced: isAdvanced)
  }

  /// The option as it is written, with what stands for its value.
  var head: String {
    placeholder.isEmpty ? name : name + " " + placeholder + (separator == .words ? "…" : "")
  }

  /// The help with the words that can be chosen and the default.
  var fullHelp: String {
    var text = help
    let words: [String] =
      switch type {
      case .choice(let words): words
      case .name(let names) where names.isShort: names.words
      default: []
      }
    if words.count > 1 {
      let last = separator == .none ? " or " : ", "
      text += ": " + words.dropLast().joined(separator: ", ") + last + words[words.count - 1]
    }
    return standard.map { "\(text); default \($0)" } ?? text
  }
}

/// Options that belong together, under a heading.
struct OptionGroup: Sendable {
  let title: String
  let options: [Option]

  init(_ title: String, _ options: [Option]) { (self.title, self.options) = (title, options) }
}

/// A word of a command that belongs to no option.
struct Operand: Sendable {
  let placeholder: String
  let type: ValueType
  /// A noun with its article, as in "a folder".
  let noun: String
  var isRequired = true
}

/// A word behind the command that says what it does: `show` of `habitat species show`.
struct Action: Sendable {
  let name: String
  var operand: Operand?
  let help: String
}
