import Foundation
import RasterCore

/// Results go to standard output, all else to standard error.
enum Terminal {
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
    message(failure.description)
    _exit(failure.kind.exitCode)
  }

  static func message(_ text: String) { report(text + "\n") }

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
    case .unavailable: 6
    case .interrupted: 130
    }
  }
}
