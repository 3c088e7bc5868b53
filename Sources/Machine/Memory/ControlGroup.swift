/// The memory that a control group (a container, a batch system's job) leaves to its processes.
package enum ControlGroup {
  /// The least limit, in bytes, of the groups that a process is in and of those above them; `nil` without.
  ///
  /// - Parameters:
  ///   - root: where the system's own files are, for tests.
  package static func memoryLimit(root: String = "") -> Int? {
    let groups = SystemFile.text(of: root + "/proc/self/cgroup") ?? ""
    return groups.split(separator: "\n").compactMap { limit(of: $0, root + "/sys/fs/cgroup") }.min()
  }

  /// - Parameter line: `4:memory:/group` of version 1, `0::/group` of version 2.
  private static func limit(of line: Substring, _ root: String) -> Int? {
    let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    if parts[1].split(separator: ",").contains("memory") {
      return least("memory.limit_in_bytes", of: parts[2], [root + "/memory"])
    }
    guard parts[0] == "0", parts[1].isEmpty else { return nil }
    return least("memory.max", of: parts[2], [root, root + "/unified"])
  }

  /// Within a container the group's path may be that of the host, of which only the root is to be seen.
  private static func least(_ file: String, of group: Substring, _ roots: [String]) -> Int? {
    var limits: [Int] = []
    for root in roots {
      var path = String(group)
      while true {
        let text = SystemFile.text(of: root + path + "/" + file) ?? ""
        // Without a limit version 2 says "max" and version 1 the largest number of whole pages.
        if let limit = Int(text.filter { !$0.isWhitespace }), limit < 1 << 60 {
          limits.append(limit)
        }
        guard let slash = path.lastIndex(of: "/") else { break }
        path = String(path[..<slash])
      }
    }
    return limits.min()
  }
}
