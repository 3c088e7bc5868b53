import Foundation
package import RasterCore

/// What keeps a run from taking memory: the user's own word and limits that are set from outside.
package struct MemoryLimits: Hashable, Sendable {
  /// A limit of the system on the process.
  package struct Limit: Hashable, Sendable {
    package enum Kind: Sendable { case addresses, data, controlGroup }
    package let kind: Kind
    package let bytes: Int
    /// Of it, what is taken before there is a plan; of a control group nothing, for its share is the whole
    /// process.
    package let taken: Int

    package init(kind: Kind, bytes: Int, taken: Int) {
      (self.kind, self.bytes, self.taken) = (kind, bytes, taken)
    }
  }

  /// Mebibytes, more than a machine can have: beyond, numbers would only overflow.
  package static let most = 1 << 24
  /// Measured once inputs are open: of 84 MB two thirds are pages of libraries that opening has touched.
  package static let openBytes = 90 << 20

  /// What the user gives, in mebibytes.
  package let asked: Int
  package let limits: [Limit]

  /// Addresses and data that threads, libraries that come late and the heap's own tables take.
  package static let reserve = 24 << 20
  package static let stackBytes = SystemThread.stackBytes
  /// What opening inputs takes of addresses and data, and what a small run then takes: where a limit leaves
  /// less, not even that much can be found out.
  private static let openingBytes = 40 << 20
  private static let smallRunBytes = 72 << 20

  package init(asked: Int, limits: [Limit] = MemoryLimits.system()) {
    (self.asked, self.limits) = (asked, limits)
  }

  /// Of what the system sets alone.
  package static var unasked: MemoryLimits { MemoryLimits(asked: most) }

  /// Bytes that the whole process may keep in memory.
  package var resident: Int {
    limits.filter { $0.kind == .controlGroup }.reduce(asked << 20) { min($0, $1.bytes) }
  }

  /// Bytes that the process may take on top of what it has, as far as limits on addresses go; below 0 where
  /// no run is possible.
  package func room(threads: Int) -> Int {
    limits.filter { $0.kind != .controlGroup }
      .map { limit in
        limit.bytes < limit.taken + Self.smallRunBytes
          ? -1 : limit.bytes - limit.taken - Self.reserve - threads * Self.stackBytes
      }.min() ?? .max
  }

  /// - Parameters:
  ///   - least: bytes that the process keeps in memory with the least a run can do with.
  ///   - growth: what of it is still to come.
  ///   - cause: what takes most of it, where that is to be said.
  package func refusal(least: Int, growth: Int, cause: String? = nil) -> HabitatError {
    let tight = limits.filter { limit in
      limit.bytes < (limit.kind == .controlGroup ? least : self.need(of: limit, growth))
    }
    // The user's own word first: it is the easiest to change.
    guard least <= asked << 20, let limit = tight.first else {
      let megabytes = Self.mebibytes(least)
      return HabitatError(
        .cannotWrite, "memory-too-small", Self.sentence("\(megabytes) MB of memory", cause),
        at: "--memory \(asked)", fix: "give --memory \(megabytes) or more")
    }
    return limit.refusal(
      least: limit.kind == .controlGroup ? least : need(of: limit, growth), cause)
  }

  private func need(of limit: Limit, _ growth: Int) -> Int {
    limit.taken + max(growth + Self.reserve + Self.stackBytes, Self.smallRunBytes)
  }

  fileprivate static func sentence(_ need: String, _ cause: String?) -> String {
    "the run needs \(need) on one thread" + (cause.map { "; \($0)" } ?? "")
  }

  /// Refuses limits under which not even inputs could be opened, which would show as errors of another kind.
  ///
  /// - Parameter threads: still to be started, before there is one that opens inputs.
  /// - Throws: `.cannotWrite`, slug `memory-too-small`.
  package static func refuseTooSmallForInputs(stillToStart threads: Int) throws(HabitatError) {
    for limit in system() where limit.kind != .controlGroup {
      let taken = limit.taken + threads * stackBytes
      guard limit.bytes < taken else { continue }
      throw limit.refusal(least: taken + smallRunBytes, nil)
    }
  }

  package static func mebibytes(_ bytes: Int) -> Int { (bytes + (1 << 20) - 1) >> 20 }

  /// Addresses and data of the process when limits were first looked at, before inputs were opened: what a run
  /// is said to need must not hang on when that is found out.
  private static let atStart = taken()

  private static func taken() -> (addresses: Int, data: Int) {
    let status = SystemFile.text(of: "/proc/self/status") ?? ""
    func bytes(_ name: String) -> Int {
      let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
      let number = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
      return (number ?? 0) << 10
    }
    return (bytes("VmSize"), bytes("VmData"))
  }

  /// Limits on this process as they are now.
  ///
  /// - Parameter planned: bytes of what is held now that a plan counts for itself.
  package static func system(planned: Int = 0) -> [Limit] {
    var limits: [Limit] = []
    let (start, now) = (atStart, taken())
    let notUsed = planned + ProcessHeap.freeBytes
    func before(_ start: Int, _ now: Int) -> Int { max(start + openingBytes, now - notUsed) }
    func bytes(_ resource: __rlimit_resource_t) -> Int? {
      var limit = rlimit()
      guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_cur < rlim_t(Int.max / 2) else {
        return nil
      }
      return Int(limit.rlim_cur)
    }
    if let bytes = bytes(__rlimit_resource_t(RLIMIT_AS.rawValue)) {
      let taken = before(start.addresses, now.addresses)
      limits.append(Limit(kind: .addresses, bytes: bytes, taken: taken))
    }
    if let bytes = bytes(__rlimit_resource_t(RLIMIT_DATA.rawValue)) {
      limits.append(Limit(kind: .data, bytes: bytes, taken: before(start.data, now.data)))
    }
    if let bytes = ControlGroup.memoryLimit() {
      limits.append(Limit(kind: .controlGroup, bytes: bytes, taken: 0))
    }
    return limits
  }
}

extension MemoryLimits.Limit {
  fileprivate func refusal(least: Int, _ cause: String?) -> HabitatError {
    let (have, need) = (bytes >> 20, MemoryLimits.mebibytes(least))
    let (what, place, fix) =
      switch kind {
      case .addresses:
        (
          "\(need) MB of addresses", "ulimit -v \(bytes >> 10), which is \(have) MB",
          "give ulimit -v \(need << 10) or more"
        )
      case .data:
        (
          "\(need) MB of data", "ulimit -d \(bytes >> 10), which is \(have) MB",
          "give ulimit -d \(need << 10) or more"
        )
      case .controlGroup:
        (
          "\(need) MB of memory",
          "the container or control group, which has \(have) MB",
          "give it \(need) MB or more"
        )
      }
    return HabitatError(
      .cannotWrite, "memory-too-small", MemoryLimits.sentence(what, cause), at: place, fix: fix)
  }
}
