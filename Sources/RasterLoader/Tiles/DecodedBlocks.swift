import Foundation
public import GeoIO
import RasterCore
import Synchronization

/// Decoded blocks of tiles, shared by all threads of a run: a block that several of them need is decoded
/// once, by the first that asks, and kept until others are wanted more.
///
/// A lock is held only to find a block, never while one is decoded or copied.
public final class DecodedBlocks: Sendable {
  struct Key: Hashable, Sendable {
    let path: String
    let band: Int
    let column: Int
    let row: Int
  }

  private enum Entry {
    /// A thread is at it.
    case underway
    case ready(DecodedBlock, lastUse: Int)
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    /// Uses from the oldest on; one is out of date if the block has been used since.
    var uses: [(key: Key, time: Int)] = []
    var firstUse = 0
    var time = 0
    var byteCount = 0
  }

  private let state = Mutex(State())
  private let changed = NSCondition()
  private let limit: Int
  /// Of the files that blocks come from.
  let checks: BlockChecks

  /// - Parameters:
  ///   - limit: bytes of blocks kept; those in use come on top.
  ///   - scope: whose check sums are looked at.
  public init(limit: Int = 32 << 20, checking scope: BlockChecks.Scope = .filesAndSources) {
    (self.limit, checks) = (limit, BlockChecks(of: scope))
  }

  /// The block of a key, read by `decode` where nobody has it.
  func block(
    _ key: Key, decode: () throws(HabitatError) -> DecodedBlock
  ) throws(HabitatError) -> DecodedBlock {
    while true {
      switch state.withLock({ Self.claim(key, &$0) }) {
      case .ready(let block, _): return block
      case .underway: wait(for: key)
      case nil:
        do throws(HabitatError) {
          let block = try decode()
          state.withLock { keep(block, key, &$0) }
          notify()
          return block
        } catch {
          // Another thread that waits for it tries by itself, and fails by itself.
          state.withLock { _ = $0.entries.removeValue(forKey: key) }
          notify()
          throw error
        }
      }
    }
  }

  /// - Returns: `nil` where the caller is to decode the block.
  private static func claim(_ key: Key, _ state: inout State) -> Entry? {
    let found = state.entries[key]
    switch found {
    case .ready(let block, _): use(key, block, &state)
    case .underway: break
    case nil: state.entries[key] = .underway
    }
    return found
  }

  private static func use(_ key: Key, _ block: DecodedBlock, _ state: inout State) {
    state.time += 1
    state.entries[key] = .ready(block, lastUse: state.time)
    state.uses.append((key, state.time))
  }

  private func keep(_ block: DecodedBlock, _ key: Key, _ state: inout State) {
    state.byteCount += block.byteCount
    Self.use(key, block, &state)
    while state.byteCount > limit, state.firstUse < state.uses.count - 1 {
      let oldest = state.uses[state.firstUse]
      state.firstUse += 1
      guard case .ready(let block, oldest.time) = state.entries[oldest.key] else { continue }
      state.entries.removeValue(forKey: oldest.key)
      state.byteCount -= block.byteCount
    }
    if state.firstUse > 4096, state.firstUse > state.uses.count / 2 {
      state.uses.removeFirst(state.firstUse)
      state.firstUse = 0
    }
  }

  private func wait(for key: Key) {
    changed.lock()
    defer { changed.unlock() }
    while state.withLock({ if case .underway = $0.entries[key] { true } else { false } }) {
      changed.wait()
    }
  }

  private func notify() {
    changed.lock()
    changed.broadcast()
    changed.unlock()
  }
}
