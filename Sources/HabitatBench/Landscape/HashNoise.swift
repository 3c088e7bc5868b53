/// Smooth noise out of whole numbers alone, so that every machine makes the same landscape.
struct HashNoise: Sendable {
  private let seed: UInt32

  init(seed: UInt32) { self.seed = seed }

  /// A number of 32 bits that looks random but depends on the place alone.
  ///
  /// Source: the finaliser of MurmurHash3, Appleby (2011), public domain.
  @inline(__always) func hash(_ x: Int, _ y: Int) -> UInt32 {
    var value =
      seed ^ UInt32(truncatingIfNeeded: x) &* 0x9e37_79b1 ^ UInt32(truncatingIfNeeded: y)
      &* 0x85eb_ca77
    value = (value ^ value &>> 16) &* 0x85eb_ca6b
    value = (value ^ value &>> 13) &* 0xc2b2_ae35
    return value ^ value &>> 16
  }

  /// Adds one octave to a row of cells: 0…`amplitude`, bilinear between nodes.
  ///
  /// - Parameter shift: nodes lie 2^`shift` cells apart.
  func add(row: Int, shift: Int, amplitude: Int, to sums: inout [Int32]) {
    let step = 1 &<< shift
    let (lattice, part) = (row &>> shift, row & (step - 1))
    func node(_ x: Int) -> Int {
      let north = Int(hash(x &+ shift &<< 20, lattice) & 0xFFFF)
      let south = Int(hash(x &+ shift &<< 20, lattice &+ 1) & 0xFFFF)
      return north &* (step &- part) &+ south &* part
    }
    var (west, east) = (0, node(0))
    for column in sums.indices {
      let inside = column & (step &- 1)
      if inside == 0 { (west, east) = (east, node(column &>> shift &+ 1)) }
      let value = (west &* (step &- inside) &+ east &* inside) &>> (2 &* shift)
      sums[column] &+= Int32(truncatingIfNeeded: (value &* amplitude) &>> 16)
    }
  }
}
