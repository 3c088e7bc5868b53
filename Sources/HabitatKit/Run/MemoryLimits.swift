import Foundation
import GeoIO
import RasterCore

/// What keeps a run from taking memory: the user's own word and limits that are set from outside.
struct MemoryLimits: Hashable, Sendable {
  /// A limit of the system on the process.
  struct Limit: Hashable, Sendable {
    enum Kind: Sendable { case addresses, data, controlGroup }
    let kind: Kind
    let bytes: Int
    /// Of it, what is taken already; of a control group nothing, for its share is the whole process.
    let taken: Int
  }

  /// Given with `--memory`, in mebibytes.
  let asked: Int
  let limits: [Limit]

  /// Addresses and data that threads, libraries that come late and the heap's own tables take.
  static let reserve = 24 << 20
  static let stackBytes = 8 << 20
  /// What opening inputs takes of addresses and data, and what a small run then takes: where a limit leaves
  /// less, not even that much can be found out.
  private static let openingBytes = 40 << 20
  private static let smallRunBytes = 72 << 20

  init(asked: Int, limits: [Limit] = MemoryLimits.system) {
    (self.asked, self.limits) = (asked, limits)
  }

  /// Bytes that the whole process may keep in memory.
  var resident: Int {
    limits.filter { $0.kind == .controlGroup }.reduce(asked << 20) { min($0, $1.bytes) }
  }

  /// Bytes that the process may take on top of what it has, as far as limits on addresses go.
  func room(threads: Int) -> Int {
    limits.filter { $0.kind != .controlGroup }
      .map { $0.bytes - $0.taken - Self.reserve - threads * Self.stackBytes }.min() ?? .max
  }

  /// - Parameters:
  ///   - least: bytes that the process keeps in memory with the least a run can do with.
  ///   - growth: what of it is still to come.
  func refusal(least: Int, growth: Int) -> HabitatError {
    let tight = limits.filter { limit in
      limit.bytes < (limit.kind == .controlGroup ? least : self.need(of: limit, growth))
    }
    // The user's own word first: it is the easiest to change.
    guard least <= asked << 20, let limit = tight.first else {
      let megabytes = Self.mebibytes(least)
      return HabitatError(
        .cannotWrite, "memory-too-small", "the run needs \(megabytes) MB of memory on one thread",
        at: "--memory \(asked)", fix: "give --memory \(megabytes) or more")
    }
    return limit.refusal(least: limit.kind == .controlGroup ? least : need(of: limit, growth))
  }

  private func need(of limit: Limit, _ growth: Int) -> Int {
    limit.taken + growth + Self.reserve + Self.stackBytes
  }

  /// Refuses limits under which not even inputs could be opened, which would show as errors of another kind.
  ///
  /// - Throws: `.cannotWrite`, slug `memory-too-small`.
  static func refuseTooSmallForInputs() throws(HabitatError) {
    for limit in system where limit.kind != .controlGroup {
      guard limit.bytes < limit.taken + openingBytes else { continue }
      throw limit.refusal(least: limit.taken + openingBytes + smallRunBytes)
    }
  }

  static func mebibytes(_ bytes: Int) -> Int { (bytes + (1 << 20) - 1) >> 20 }

  /// Limits on this process as they are now.
  static var system: [Limit] {
    var limits: [Limit] = []
    let status = SystemFile.text(of: "/proc/self/status") ?? ""
    func taken(_ name: String) -> Int {
      let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
      let number = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
      return (number ?? 0) << 10
    }
    func bytes(_ resource: __rlimit_resource_t) -> Int? {
      var limit = rlimit()
      guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_cur < rlim_t(Int.max / 2) else {
        return nil
      }
      return Int(limit.rlim_cur)
    }
    if let bytes = bytes(__rlimit_resource_t(RLIMIT_AS.rawValue)) {
      limits.append(Limit(kind: .addresses, bytes: bytes, taken: taken("VmSize")))
    }
    if let bytes = bytes(__rlimit_resource_t(RLIMIT_DATA.rawValue)) {
      limits.append(Limit(kind: .data, bytes: bytes, taken: taken("VmData")))
    }
    if let bytes = ControlGroup.memoryLimit() {
      limits.append(Limit(kind: .controlGroup, bytes: bytes, taken: 0))
    }
    return limits
  }
}

extension MemoryLimits.Limit {
  fileprivate func refusal(least: Int) -> HabitatError {
    let (have, need) = (bytes >> 20, MemoryLimits.mebibytes(least))
    let (what, place, fix) =
      switch kind {
      case .addresses:
        (
          "\(need) MB of addresses on one thread", "ulimit -v \(bytes >> 10), which is \(have) MB",
          "give ulimit -v \(need << 10) or more"
        )
      case .data:
        (
          "\(need) MB of data on one thread", "ulimit -d \(bytes >> 10), which is \(have) MB",
          "give ulimit -d \(need << 10) or more"
        )
      case .controlGroup:
        (
          "\(need) MB of memory on one thread",
          "the container or control group, which has \(have) MB",
          "give it \(need) MB or more"
        )
      }
    return HabitatError(
      .cannotWrite, "memory-too-small", "the run needs \(what)", at: place, fix: fix)
  }
}
