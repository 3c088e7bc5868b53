import Foundation

/// Variables of the process's environment; an empty one counts as none.
enum Environment {
  static func value(of name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
