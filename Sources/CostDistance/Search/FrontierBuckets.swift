/// The cells that wait for being visited, in buckets by their cost, used over and over as a ring.
///
/// A bucket is a chain of blocks out of one pool, so that memory follows the number of cells that wait and nothing
/// is allocated while a search runs in steady state. The order within a bucket is of no consequence.
@safe struct FrontierBuckets: ~Copyable {
  /// Numbers of a block; the first of them names the block before it.
  private static let blockSize: UInt32 = 128

  private let mask: UInt64
  /// By bucket: where its next cell goes. A multiple of `blockSize` where its last block is full; 0 where it has none.
  private let next: UnsafeMutablePointer<UInt32>
  /// Bit by bucket: whether it has a block.
  private let occupied: UnsafeMutablePointer<UInt64>
  private let wordMask: Int
  /// Block 0 is never given out.
  private var pool: UnsafeMutablePointer<UInt32>
  private var blocksMade: UInt32 = 1
  private var blocksHeld: UInt32
  private var free: [UInt32] = []
  private(set) var blocksWaiting = 0

  /// - Parameter count: a power of two, at least 64.
  init(count: Int) {
    precondition(count >= 64 && count & (count - 1) == 0)
    mask = UInt64(count - 1)
    wordMask = count / 64 - 1
    unsafe next = .allocate(capacity: count)
    unsafe next.initialize(repeating: 0, count: count)
    unsafe occupied = .allocate(capacity: count / 64)
    unsafe occupied.initialize(repeating: 0, count: count / 64)
    blocksHeld = UInt32(count) / 4 + 64
    unsafe pool = .allocate(capacity: Int(blocksHeld * Self.blockSize))
  }

  deinit {
    unsafe next.deallocate()
    unsafe occupied.deallocate()
    unsafe pool.deallocate()
  }

  @inline(__always) mutating func add(_ cell: UInt32, key: UInt64) {
    let bucket = Int(truncatingIfNeeded: key & mask)
    var place = unsafe next[bucket]
    if place & (Self.blockSize - 1) == 0 { place = openBlock(bucket) }
    unsafe pool[Int(place)] = cell
    unsafe next[bucket] = place &+ 1
  }

  @inline(never) private mutating func openBlock(_ bucket: Int) -> UInt32 {
    let block: UInt32
    if let last = free.popLast() {
      block = last
    } else {
      if blocksMade == blocksHeld { grow() }
      block = blocksMade
      blocksMade += 1
    }
    let before = unsafe next[bucket] / Self.blockSize
    unsafe pool[Int(block * Self.blockSize)] = before == 0 ? 0 : before - 1
    if before == 0 { unsafe occupied[bucket / 64] |= 1 << UInt64(bucket % 64) }
    blocksWaiting += 1
    return block * Self.blockSize + 1
  }

  private mutating func grow() {
    let larger = blocksHeld * 2
    precondition(Int(larger) * Int(Self.blockSize) <= Int(UInt32.max), "the frontier is too long")
    let moved = UnsafeMutablePointer<UInt32>.allocate(capacity: Int(larger * Self.blockSize))
    unsafe moved.update(from: pool, count: Int(blocksHeld * Self.blockSize))
    unsafe pool.deallocate()
    unsafe (pool, blocksHeld) = (moved, larger)
  }

  /// The first bucket from `key` on that holds cells, by its key; `nil` where none does.
  func firstKey(from key: UInt64) -> UInt64? {
    guard blocksWaiting > 0 else { return nil }
    let start = Int(truncatingIfNeeded: key & mask)
    var word = start / 64
    var bits = unsafe occupied[word] & (~0 << UInt64(start % 64))
    var passed = 0
    while bits == 0 {
      word = (word + 1) & wordMask
      passed += 1
      bits = unsafe occupied[word]
    }
    // All keys that wait lie within one turn of the ring.
    let bucket = UInt64(word * 64 + bits.trailingZeroBitCount)
    return key &+ ((bucket &- key) & mask)
  }

  /// Moves the cells of a bucket out of it.
  mutating func take(key: UInt64, into cells: inout FrontierCells) {
    cells.count = 0
    let bucket = Int(truncatingIfNeeded: key & mask)
    var place = unsafe next[bucket]
    unsafe next[bucket] = 0
    unsafe occupied[bucket / 64] &= ~(1 << UInt64(bucket % 64))
    while place != 0 {
      let block = (place - 1) / Self.blockSize
      let start = block * Self.blockSize
      unsafe cells.append(pool + Int(start + 1), count: Int(place - start - 1))
      free.append(block)
      blocksWaiting -= 1
      let before = unsafe pool[Int(start)]
      place = before == 0 ? 0 : (before + 1) * Self.blockSize
    }
  }
}

/// The cells of the bucket that is being visited.
@safe struct FrontierCells: ~Copyable {
  private(set) var numbers: UnsafeMutablePointer<UInt32>
  private var capacity = 1024
  fileprivate(set) var count = 0

  init() { unsafe numbers = .allocate(capacity: capacity) }

  deinit { unsafe numbers.deallocate() }

  fileprivate mutating func append(_ added: UnsafePointer<UInt32>, count addedCount: Int) {
    if count + addedCount > capacity {
      let larger = max(capacity * 2, count + addedCount)
      let moved = UnsafeMutablePointer<UInt32>.allocate(capacity: larger)
      unsafe moved.update(from: numbers, count: count)
      unsafe numbers.deallocate()
      unsafe (numbers, capacity) = (moved, larger)
    }
    unsafe (numbers + count).update(from: added, count: addedCount)
    count += addedCount
  }
}
