/// One option of a command, as it is parsed and as help shows it.
struct Option: Sendable {
  enum Values: Sendable {
    case none
    case one
    /// One a time, and the option may be repeated.
    case repeated
    /// Words up to the next option.
    case list
  }

  let name: String
  let values: Values
  /// What stands for the value in help.
  let placeholder: String
  let help: String

  static func flag(_ name: String, _ help: String) -> Option {
    Option(name: name, values: .none, placeholder: "", help: help)
  }
  static func value(_ name: String, _ placeholder: String, _ help: String) -> Option {
    Option(name: name, values: .one, placeholder: placeholder, help: help)
  }
  static func repeated(_ name: String, _ placeholder: String, _ help: String) -> Option {
    Option(name: name, values: .repeated, placeholder: placeholder, help: help)
  }
  static func list(_ name: String, _ placeholder: String, _ help: String) -> Option {
    Option(name: name, values: .list, placeholder: placeholder + "…", help: help)
  }
}
