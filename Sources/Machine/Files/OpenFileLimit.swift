import Foundation

/// How many files the process may have open at once (`ulimit -n`).
package enum OpenFileLimit {
  /// More than all threads of a run with many tiles have open.
  private static let plenty = rlim_t(1 << 16)

  /// Raises the limit as far as the system allows and is of use; many shells set it far below.
  ///
  /// - Returns: the limit that then holds.
  package static func raise() -> Int {
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard unsafe getrlimit(kind, &limit) == 0 else { return .max }
    let wanted = max(limit.rlim_cur, min(limit.rlim_max, plenty))
    if wanted > limit.rlim_cur {
      var raised = rlimit(rlim_cur: wanted, rlim_max: limit.rlim_max)
      if unsafe setrlimit(kind, &raised) == 0 { limit = raised }
    }
    return Int(clamping: limit.rlim_cur)
  }

  /// Whether the process could not open one more file now.
  package static var isReached: Bool {
    let file = unsafe open("/dev/null", O_RDONLY)
    guard file >= 0 else { return errno == EMFILE || errno == ENFILE }
    close(file)
    return false
  }
}
