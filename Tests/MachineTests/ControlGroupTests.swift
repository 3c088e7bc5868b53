import Foundation
import TestSupport
import Testing

@testable import Machine

@Suite("Memory limits of control groups") struct ControlGroupTests {
  /// The limit seen where `/proc/self/cgroup` holds `groups` and the control files hold `files`.
  private func limit(groups: String, files: [String: String]) throws -> Int? {
    try TemporaryFolder.with { folder in
      for (name, text) in files.merging(["proc/self/cgroup": groups], uniquingKeysWith: { $1 }) {
        let path = URL(fileURLWithPath: folder.path + "/" + name)
        try FileManager.default.createDirectory(
          at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: path)
      }
      return ControlGroup.memoryLimit(root: folder.path)
    }
  }

  @Test("version 1: the least of the group and those above it")
  func first() throws {
    let groups = "9:name=systemd:/\n4:cpu,memory:/jobs/7\n"
    let files = [
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
      "sys/fs/cgroup/memory/jobs/memory.limit_in_bytes": "104857600\n",
      "sys/fs/cgroup/memory/jobs/7/memory.limit_in_bytes": "209715200\n",
    ]
    #expect(try limit(groups: groups, files: files) == 104_857_600)
  }

  @Test("version 2: \"max\" is no limit")
  func second() throws {
    let files = [
      "sys/fs/cgroup/user.slice/memory.max": "314572800\n",
      "sys/fs/cgroup/user.slice/job/memory.max": "max\n",
    ]
    #expect(try limit(groups: "0::/user.slice/job\n", files: files) == 314_572_800)
    #expect(try limit(groups: "0::/other\n", files: files) == nil)
  }

  @Test("in a container, whose group's path is that of the host, the root's limit is seen")
  func container() throws {
    let files = ["sys/fs/cgroup/memory.max": "134217728\n"]
    #expect(try limit(groups: "0::/docker/abc\n", files: files) == 134_217_728)
  }

  @Test("without control groups there is no limit")
  func none() throws { #expect(try limit(groups: "", files: [:]) == nil) }
}
