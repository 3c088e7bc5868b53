import Foundation

/// A pattern of file names as shells have it: `*`, `?`, `[a-z]`.
///
/// Source: POSIX.1-2017, Shell & Utilities, 2.13, Pattern Matching Notation.
package struct FileNamePattern: Sendable {
  private let pattern: String
  private let flags: Int32

  /// - Parameter sparesHidden: whether a dot at the beginning of a name is matched by a dot only.
  package init(_ pattern: String, sparesHidden: Bool) {
    self.pattern = pattern
    flags = sparesHidden ? FNM_PERIOD : 0
  }

  package func matches(_ name: String) -> Bool { unsafe fnmatch(pattern, name, flags) == 0 }

  /// The same of a name that need not be UTF-8.
  @unsafe package func matches(_ name: UnsafePointer<CChar>) -> Bool {
    unsafe fnmatch(pattern, name, flags) == 0
  }
}
