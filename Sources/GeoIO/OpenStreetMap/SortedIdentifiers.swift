/// Many identifiers, each once and ascending, in one or two bytes each.
///
/// The nodes of all roads of a large country are tens of millions; those of neighbouring points lie close
/// together.
struct SortedIdentifiers {
  private var pending: [UInt64] = []
  /// Differences, seven bits a byte; each run ascends by itself.
  private var runs: [[UInt8]] = []
  private let portion: Int

  /// - Parameter portion: identifiers that are packed at a time.
  init(portion: Int = 1 << 20) { self.portion = portion }

  var isEmpty: Bool { pending.isEmpty && runs.isEmpty }

  mutating func insert(_ ids: [Int64]) {
    for id in ids { pending.append(UInt64(bitPattern: id)) }
    if pending.count >= portion { pack() }
  }

  private mutating func pack() {
    guard !pending.isEmpty else { return }
    pending.sort()
    var run: [UInt8] = []
    var last: UInt64 = 0
    for (index, id) in pending.enumerated() where index == 0 || id != last {
      var difference = id &- last
      while difference > 127 {
        run.append(UInt8(truncatingIfNeeded: difference) | 128)
        difference >>= 7
      }
      run.append(UInt8(difference))
      last = id
    }
    runs.append(run)
    pending.removeAll(keepingCapacity: true)
  }

  /// Ticks identifiers off as they come, ascending, and keeps those that never come.
  struct Absence {
    private var runs: [Run]
    /// The least that has not been reached.
    private var next: UInt64
    private var found: [UInt64] = []

    private struct Run {
      let bytes: [UInt8]
      var place = 0
      var current: UInt64 = 0
      /// There is a current one.
      var isOpen = true

      init(_ bytes: [UInt8]) {
        self.bytes = bytes
        advance()
      }

      mutating func advance() {
        guard place < bytes.count else {
          isOpen = false
          return
        }
        var (difference, shift): (UInt64, UInt64) = (0, 0)
        while place < bytes.count {
          let byte = bytes[place]
          place += 1
          difference |= UInt64(byte & 127) << shift
          if byte < 128 { break }
          shift += 7
        }
        current &+= difference
      }
    }

    fileprivate init(_ runs: [[UInt8]]) {
      self.runs = runs.map(Run.init)
      next = self.runs.filter(\.isOpen).map(\.current).min() ?? .max
    }

    /// - Parameter id: greater than all before.
    mutating func tick(_ id: Int64) {
      let id = UInt64(bitPattern: id)
      guard id >= next else { return }
      pass(upTo: id) { $0 < id }
    }

    private mutating func pass(upTo id: UInt64, isAbsent: (UInt64) -> Bool) {
      next = .max
      for index in runs.indices {
        while runs[index].isOpen, runs[index].current <= id {
          if isAbsent(runs[index].current) { found.append(runs[index].current) }
          runs[index].advance()
        }
        if runs[index].isOpen { next = min(next, runs[index].current) }
      }
    }

    /// Those that have not come.
    mutating func finish() -> Set<Int64> {
      pass(upTo: .max) { _ in true }
      return Set(found.map { Int64(bitPattern: $0) })
    }
  }

  mutating func absence() -> Absence {
    pack()
    return Absence(runs)
  }
}
