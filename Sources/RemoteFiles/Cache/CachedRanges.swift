import Synchronization

/// What the cache holds of one version of a file: a sparse copy, and a journal of the ranges that are in it.
///
/// Bytes are written first, then their record. Records are only added, one process at a time; one that was cut short by a
/// kill ends the journal, and the next writer takes it away. So any number of processes may use it and be killed.
package final class CachedRanges: Sendable {
  private struct State {
    var records: [RangeRecord] = []
    /// Of `records`, those whose bytes were looked at by this process.
    var checked: Set<Int> = []
    /// All ranges of `records`.
    var known = RangeSet<Int>()
    /// Where the records read so far end in the journal.
    var end = 0
    var damagedCount = 0
  }

  private let data: CacheFile
  private let journal: CacheFile
  private let byteCount: Int
  private let state = Mutex(State())

  /// - Parameter byteCount: of the whole file.
  /// - Throws: `.cache`.
  package init(in folder: String, byteCount: Int) throws(RemoteFailure) {
    guard let data = CacheFile(folder + "/data"), let journal = CacheFile(folder + "/ranges"),
      data.byteCount == byteCount || data.resize(to: byteCount)
    else { throw .cache(in: folder) }
    (self.data, self.journal, self.byteCount) = (data, journal, byteCount)
    state.withLock { readRecords(&$0) }
  }

  /// Ranges that were found damaged, and forgotten, by this process.
  package var damagedCount: Int { state.withLock { $0.damagedCount } }

  /// All that is there, what other processes have added in the meantime included.
  package var known: RangeSet<Int> {
    state.withLock {
      readRecords(&$0)
      return $0.known
    }
  }

  /// Adds bytes that begin at `place`.
  ///
  /// - Throws: `.cache`.
  package func add(_ bytes: [UInt8], at place: Int) throws(RemoteFailure) {
    precondition(place >= 0 && place + bytes.count <= byteCount, "a range lies in its file")
    guard !bytes.isEmpty else { return }
    let record = RangeRecord(place..<place + bytes.count, bytes)
    let isWritten = data.write(bytes, at: place)
    guard isWritten else { throw .cache(in: "its copy of a file") }
    let isAdded = state.withLock { state in
      journal.locked {
        readRecords(&state)
        // What follows is no record: somebody was killed while writing it.
        guard journal.byteCount == state.end || journal.resize(to: state.end),
          journal.write(record.encoded, at: state.end)
        else { return false }
        state.end += RangeRecord.byteCount
        state.checked.insert(state.records.count)
        state.records.append(record)
        state.known.formUnion(RangeSet(record.range))
        return true
      }
    }
    guard isAdded else { throw .cache(in: "its list of ranges") }
  }

  /// The bytes of a range; `nil` where some are not there, or were damaged since they were written.
  package func bytes(in range: Range<Int>) -> [UInt8]? {
    state.withLock { state in
      let wanted = RangeSet(range)
      guard wanted.isSubset(of: state.known) else { return nil }
      let damaged = state.records.indices.filter { index in
        let record = state.records[index]
        guard record.range.overlaps(range), !state.checked.contains(index) else { return false }
        guard record.isOf(data.bytes(in: record.range)) else { return true }
        state.checked.insert(index)
        return false
      }
      guard damaged.isEmpty else {
        forget(damaged, &state)
        return nil
      }
      let bytes = data.bytes(in: range)
      return bytes.count == range.count ? bytes : nil
    }
  }

  /// Records that are no longer true count as not there; the journal keeps them, for they will be true again.
  private func forget(_ damaged: [Int], _ state: inout State) {
    state.damagedCount += damaged.count
    let kept = state.records.indices.filter { !damaged.contains($0) }
    let checked = state.checked
    state.checked = Set(kept.indices.filter { checked.contains(kept[$0]) })
    state.records = kept.map { state.records[$0] }
    state.known = RangeSet(state.records.map(\.range))
  }

  private func readRecords(_ state: inout State) {
    let size = journal.byteCount
    guard size > state.end else { return }
    var rest = journal.bytes(in: state.end..<size)[...]
    while let record = RangeRecord(rest.prefix(RangeRecord.byteCount)),
      record.range.upperBound <= byteCount
    {
      rest = rest.dropFirst(RangeRecord.byteCount)
      state.end += RangeRecord.byteCount
      state.records.append(record)
      state.known.formUnion(RangeSet(record.range))
    }
  }
}

extension RemoteFailure {
  static func cache(in place: String) -> RemoteFailure {
    RemoteFailure(.cache, "no file can be written in \(place)")
  }
}
