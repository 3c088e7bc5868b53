import Foundation
import Machine
import RasterCore
import Synchronization

/// A file on a server, of which ranges are read: from the cache, and what is missing there from the server.
///
/// One version of it is read. What fails once fails ever after, what is in the cache included: whoever decodes a file takes
/// what it can get for the whole otherwise.
package final class RemoteSource: Sendable {
  package let address: RemoteAddress
  private let cache: RangeCache
  private let fetcher: RangeFetcher
  private let isOffline: Bool

  private struct State {
    var opened: (version: RemoteVersion, ranges: CachedRanges)?
    var failure: RemoteFailure?
    var ahead = ReadAhead()
  }
  private let state = Mutex(State())
  /// Held while ranges are fetched: who wants the same ones waits, and finds them in the cache.
  private let fetching = NSLock()

  /// - Parameter isOffline: whether nothing is asked of servers.
  package init(
    _ address: RemoteAddress, cache: RangeCache, fetcher: RangeFetcher, isOffline: Bool = false
  ) {
    (self.address, self.cache) = (address, cache)
    (self.fetcher, self.isOffline) = (fetcher, isOffline)
  }

  package var failure: RemoteFailure? { state.withLock { $0.failure } }

  /// Damaged ranges of the cache that were fetched again.
  package var damagedCount: Int { state.withLock { $0.opened?.ranges.damagedCount ?? 0 } }

  /// The version that is read: the one in the cache, else the server's. Its first bytes are then in the cache.
  package func version() throws(RemoteFailure) -> RemoteVersion { try opened().version }

  /// Sees to it that ranges are in the cache: neighbours in one request, several requests at once.
  package func fetch(_ ranges: [Range<Int>]) throws(RemoteFailure) {
    let (version, cached) = try opened()
    let whole = 0..<version.byteCount
    try fetch(ranges.map { $0.clamped(to: whole) }, of: version, into: cached)
  }

  /// The bytes of a range, fewer where the file ends before.
  package func bytes(in range: Range<Int>) throws(RemoteFailure) -> [UInt8] {
    let (version, cached) = try opened()
    let range = range.clamped(to: 0..<version.byteCount)
    guard !range.isEmpty else { return [] }
    // A damaged range is found at the first reading, and is right at the second.
    for _ in 0..<3 {
      if let bytes = cached.bytes(in: range) { return bytes }
      let wanted = state.withLock { $0.ahead.range(for: range, of: version.byteCount) }
      try fetch([wanted], of: version, into: cached)
    }
    throw fail(RemoteFailure(.cache, "what is written there is not what is read"))
  }

  private func opened() throws(RemoteFailure) -> (version: RemoteVersion, ranges: CachedRanges) {
    if let opened = try openedBefore() { return opened }
    fetching.lock()
    defer { fetching.unlock() }
    if let opened = try openedBefore() { return opened }
    do throws(RemoteFailure) {
      let opened: (version: RemoteVersion, ranges: CachedRanges)
      if let version = cache.version(of: address) {
        opened = (version, try cache.ranges(of: address, version))
      } else {
        guard !isOffline else { throw RemoteFailure(.offline(RangeRequest.headBytes), "") }
        let (version, bytes) = try fetcher.fetch(.head, from: address)
        opened = (version, try cache.ranges(of: address, version))
        try opened.ranges.add(bytes, at: 0)
      }
      state.withLock { $0.opened = opened }
      return opened
    } catch {
      throw fail(error)
    }
  }

  private func openedBefore() throws(RemoteFailure) -> (
    version: RemoteVersion, ranges: CachedRanges
  )? {
    let (opened, failure) = state.withLock { ($0.opened, $0.failure) }
    if let failure { throw failure }
    return opened
  }

  private func fetch(
    _ ranges: [Range<Int>], of version: RemoteVersion, into cached: CachedRanges
  ) throws(RemoteFailure) {
    fetching.lock()
    defer { fetching.unlock() }
    _ = try openedBefore()
    let known = cached.known
    let requests = RangePlan.requests(for: ranges, known: known)
    guard !requests.isEmpty else { return }
    guard !isOffline else {
      let missing = RangeSet(ranges).subtracting(known).ranges.reduce(0) { $0 + $1.count }
      throw fail(RemoteFailure(.offline(missing), ""))
    }
    let met = Mutex<RemoteFailure?>(nil)
    let (fetcher, address) = (fetcher, address)
    do throws(HabitatError) {
      try WorkerThreads.run(requests.count, threads: Connections.most) { numbers in
        while let number = numbers.next(), met.withLock({ $0 == nil }) {
          let range = requests[number]
          do throws(RemoteFailure) {
            let (_, bytes) = try fetcher.fetch(RangeRequest(range, of: version), from: address)
            try cached.add(bytes, at: range.lowerBound)
          } catch {
            met.withLock { if $0 == nil { $0 = error } }
          }
        }
      }
    } catch {
      throw fail(RemoteFailure(.broken, error.what))
    }
    if let failure = met.withLock({ $0 }) { throw fail(failure) }
  }

  /// Keeps the first failure, which is what others follow from.
  private func fail(_ failure: RemoteFailure) -> RemoteFailure {
    let (first, version) = state.withLock { state in
      if state.failure == nil { state.failure = failure }
      return (state.failure ?? failure, state.opened?.version)
    }
    if first.cause == .changed, let version { cache.forget(version, of: address) }
    return first
  }
}
