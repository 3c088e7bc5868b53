import Documents
import Foundation
import HabitatKit
import RasterCore
import Synchronization

/// Results go to standard output, all else to standard error.
enum Terminal {
  /// What texts for people are laid out for.
  static let output = page(of: STDOUT_FILENO)
  static let errors = page(of: STDERR_FILENO)

  private static let speaksJSON = Atomic<Bool>(false)

  /// Messages are lines of JSON from now on, for a program that reads them.
  static func speakJSON() { speaksJSON.store(true, ordering: .relaxed) }

  /// Columns that texts need at least.
  private static let leastWidth = 40

  /// Source: no-color.org; `COLUMNS` and `TERM` as in POSIX.1-2017, 8.3, Other Environment Variables.
  private static func page(of file: Int32) -> TextPage {
    guard isatty(file) != 0 else { return .file }
    let environment = ProcessInfo.processInfo.environment
    var size = winsize()
    let isKnown = unsafe ioctl(file, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let columns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    let terminal = environment["TERM"] ?? ""
    let isPlain =
      !(environment["NO_COLOR"] ?? "").isEmpty || ["", "dumb"].contains(terminal)
    let hasAll = ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
    return TextPage(
      width: max(leastWidth, columns ?? (isKnown ? Int(size.ws_col) : 80)),
      colours: isPlain ? .none : hasAll ? .all : .indexed)
  }

  /// Where standard input, output or error is closed, the next file opened would take its place, and a
  /// table would be written into a raster. What takes it instead can only be read, so that writing still
  /// fails.
  static func occupyStandardFiles() {
    for file in STDIN_FILENO...STDERR_FILENO where fcntl(file, F_GETFD) < 0 {
      unsafe _ = open("/dev/null", O_RDONLY)
    }
  }

  /// A reader that has gone away is content; a full disk is a failure, and so is a closed output.
  static func write(_ text: String) {
    guard !put(text, to: STDOUT_FILENO), errno != EPIPE else { return }
    let failure = HabitatError(
      .cannotWrite, "write-failed",
      errno == EBADF ? "standard output is closed" : "standard output cannot be written",
      at: "standard output", fix: "check where it is sent; what stands in files is whole")
    show(failure)
    _exit(failure.kind.exitCode)
  }

  static func show(_ error: HabitatError) { show(error.line) { error.text(on: errors) } }
  static func show(_ warnings: [HabitatWarning]) {
    let isForPeople = !speaksJSON.load(ordering: .relaxed)
    for warning in isForPeople ? warnings.gathered : warnings {
      show(warning.line) { warning.text(on: errors) }
    }
  }

  /// A sentence that is neither an error nor a warning.
  static func note(_ text: String) {
    show(.object([.init("level", .string("note")), .init("what", .string(text))])) {
      errors.folded(text)
    }
  }

  private static func show(_ line: JSONValue, _ text: () -> String) {
    report((speaksJSON.load(ordering: .relaxed) ? line.compactText : text()) + "\n")
  }

  /// Text for standard error, without a line break of its own.
  static func report(_ text: String) { _ = put(text, to: STDERR_FILENO) }

  /// `FileHandle.write` stops the program where a write fails.
  private static func put(_ text: String, to file: Int32) -> Bool {
    var rest = ArraySlice(text.utf8)
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { bytes in
        unsafe Foundation.write(file, bytes.baseAddress, bytes.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      rest = rest.dropFirst(count)
    }
    return true
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
    case .unavailable: 6
    case .interrupted: 130
    }
  }
}
