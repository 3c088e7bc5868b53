import Foundation
import RasterCore

/// Results go to standard output, all else to standard error.
enum Terminal {
  static func write(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  static func message(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  static func show(_ warnings: [HabitatWarning]) {
    for warning in warnings { message(warning.description) }
  }
}

extension HabitatError.Kind {
  /// What the shell is told; a new kind does not compile until it has a code.
  var exitCode: Int32 {
    switch self {
    case .fault: 1
    case .usage: 2
    case .input: 3
    case .unmetQuality: 4
    case .cannotWrite: 5
    case .interrupted: 130
    }
  }
}
