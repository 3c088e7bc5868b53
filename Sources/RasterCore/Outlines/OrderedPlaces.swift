/// A list of places, each with a number that stays while others come and go, in which one is found by asking
/// places whether it lies after them.
///
/// The list is cut into blocks of a few hundred: a place is found by halving the blocks and then the block,
/// and comes and goes by moving the numbers of one block.
struct OrderedPlaces {
  private var blocks: [[Int32]] = []
  /// Numbers of `blocks`, in order.
  private var order: [Int32] = []
  /// By place: its block and its neighbours, −1 at the ends.
  private var block: [Int32] = []
  private var following: [Int32] = []
  private var preceding: [Int32] = []
  private var first: Int32 = -1
  private var free: [Int32] = []
  private var freeBlocks: [Int32] = []

  private static let mostInBlock = 256

  func after(_ place: Int32) -> Int32 { following[Int(place)] }
  func before(_ place: Int32) -> Int32 { preceding[Int(place)] }

  /// The last place of which `isBefore` holds, −1 where it holds of none.
  ///
  /// - Parameter isBefore: of places in order `true` and then `false`.
  func last(where isBefore: (Int32) -> Bool) -> Int32 {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(blocks[Int(order[middle])][0]) { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return -1 }
    let places = blocks[Int(order[low - 1])]
    var (start, end) = (1, places.count)
    while start < end {
      let middle = (start + end) / 2
      if isBefore(places[middle]) { start = middle + 1 } else { end = middle }
    }
    return places[start - 1]
  }

  /// A new place after another; −1 is before the first.
  mutating func insert(after other: Int32) -> Int32 {
    let place = newPlace()
    let next = other < 0 ? first : following[Int(other)]
    (preceding[Int(place)], following[Int(place)]) = (other, next)
    if other < 0 { first = place } else { following[Int(other)] = place }
    if next >= 0 { preceding[Int(next)] = place }
    let own: Int32
    if other >= 0 {
      own = block[Int(other)]
      let index = blocks[Int(own)].firstIndex(of: other)!
      blocks[Int(own)].insert(place, at: index + 1)
    } else if next >= 0 {
      own = block[Int(next)]
      blocks[Int(own)].insert(place, at: 0)
    } else {
      own = newBlock(holding: [place])
      order.append(own)
    }
    block[Int(place)] = own
    if blocks[Int(own)].count > Self.mostInBlock { split(own) }
    return place
  }

  mutating func remove(_ place: Int32) {
    let (previous, next) = (preceding[Int(place)], following[Int(place)])
    if previous < 0 { first = next } else { following[Int(previous)] = next }
    if next >= 0 { preceding[Int(next)] = previous }
    let own = block[Int(place)]
    blocks[Int(own)].remove(at: blocks[Int(own)].firstIndex(of: place)!)
    if blocks[Int(own)].isEmpty {
      order.remove(at: order.firstIndex(of: own)!)
      freeBlocks.append(own)
    }
    free.append(place)
  }

  private mutating func newPlace() -> Int32 {
    if let place = free.popLast() { return place }
    block.append(-1)
    following.append(-1)
    preceding.append(-1)
    return Int32(block.count - 1)
  }

  private mutating func newBlock(holding places: [Int32]) -> Int32 {
    if let number = freeBlocks.popLast() {
      blocks[Int(number)] = places
      return number
    }
    blocks.append(places)
    return Int32(blocks.count - 1)
  }

  private mutating func split(_ number: Int32) {
    let half = Array(blocks[Int(number)][(Self.mostInBlock / 2)...])
    blocks[Int(number)].removeLast(half.count)
    let second = newBlock(holding: half)
    for place in half { block[Int(place)] = second }
    order.insert(second, at: order.firstIndex(of: number)! + 1)
  }
}
