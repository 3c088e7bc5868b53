import Foundation
@unsafe @preconcurrency import Glibc

/// The words with which the program was started.
enum ProcessWords {
  /// Swift reads them from `/proc`, which a bare container or a root of one's own may lack; there they are
  /// taken from where the system puts them, right below the environment.
  ///
  /// To be called before anything changes the environment.
  ///
  /// - Returns: without the program's own name.
  static var all: [String] {
    let words = CommandLine.arguments
    return Array((words.isEmpty ? belowEnvironment : words).dropFirst())
  }

  /// Words that a program can have been started with.
  private static let most = 1 << 20

  /// Source: System V Application Binary Interface, 3.4.1, Initial Stack and Register State: the number of
  /// words, their addresses, a null, the addresses of the environment, a null.
  private static var belowEnvironment: [String] {
    let environment = unsafe environ
    guard unsafe environment[-1] == nil else { return [] }
    for count in 1...most {
      let place = unsafe environment - 1 - count
      // The number stands where the address of one more word would.
      if unsafe Int(bitPattern: place[-1]) == count {
        return (0..<count).map { index in
          unsafe place[index].map { unsafe String(cString: $0) } ?? ""
        }
      }
    }
    return []
  }
}
