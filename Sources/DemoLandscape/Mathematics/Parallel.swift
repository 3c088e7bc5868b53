import Dispatch
import Synchronization

/// The pieces that `make` returns for 0..<`count`, in that order, made on all cores.
///
/// Pieces are joined by index, so the number of cores cannot change the result.
func parallelPieces<Cell: Sendable>(
  _ count: Int, _ make: @Sendable (Int) -> [Cell]
) -> [Cell] {
  let pieces = Mutex([[Cell]](repeating: [], count: count))
  DispatchQueue.concurrentPerform(iterations: count) { index in
    let piece = make(index)
    pieces.withLock { $0[index] = piece }
  }
  return pieces.withLock { Array($0.joined()) }
}
