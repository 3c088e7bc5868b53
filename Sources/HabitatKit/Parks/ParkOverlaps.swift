import GeoIO
import RasterCore
import Synchronization

/// What land parks share with earlier ones.
///
/// A park that lies over few earlier ones is cut with each. Where many lie over one another the earlier ones
/// are put together first, in blocks of two, four, eight … parks, each block once: then a thousand outlines
/// of one park cost a few thousand overlays and not half a million.
struct ParkOverlaps: Sendable {
  private let shapes: [PolygonShape]
  private let boxes: [Extent?]
  private let tree: BoxTree
  /// By park, the first that has its very outline, which may be its own number.
  private let originals: [Int]
  private let blocks: Blocks

  /// So many earlier parks are looked at one by one.
  private static let few = 16
  /// A block is worth its making where at least one in so many of its parks is concerned.
  private static let sparsest = 16

  /// - Parameter shapes: of the parks in reporting order, all at the same turn of longitude.
  init(_ shapes: [PolygonShape]) {
    var first: [PolygonShape: Int] = [:]
    originals = shapes.indices.map { index in
      if let earlier = first[shapes[index]] { return earlier }
      first[shapes[index]] = index
      return index
    }
    boxes = shapes.map(\.extent)
    // Copies add nothing to what their originals cover.
    tree = BoxTree(zip(boxes, originals).enumerated().map { $0 == $1.1 ? $1.0 : nil })
    self.shapes = shapes
    blocks = Blocks()
  }

  /// The part of a park that earlier ones cover too, `nil` where there is none.
  ///
  /// - Throws: `.input`, slug `polygon-overlay`.
  func sharedPart(of index: Int) throws(HabitatError) -> PolygonShape? {
    guard let box = boxes[index] else { return nil }
    if originals[index] != index { return shapes[index] }
    var earlier: [Int] = []
    tree.forEach(meeting: box) { other in
      if other < index, box.overlaps(boxes[other]!) { earlier.append(other) }
    }
    earlier.sort()
    var level = 0
    while 1 << level < index { level += 1 }
    let lands =
      earlier.count > Self.few
      ? try lands(under: earlier[...], level: level, number: 0, below: index)
      : earlier.map { shapes[$0] }
    var parts: [PolygonShape] = []
    for land in lands {
      let part = try PolygonOverlay.intersection(shapes[index], land)
      if !part.isEmpty { parts.append(part) }
    }
    return try Self.union(parts)
  }

  /// Outlines that together cover what `earlier` do, and land of other parks numbered below `end`.
  ///
  /// - Parameters:
  ///   - earlier: numbers in the block.
  ///   - level: the block holds 2^`level` numbers,
  ///   - number: and so many blocks of that size stand before it.
  private func lands(
    under earlier: ArraySlice<Int>, level: Int, number: Int, below end: Int
  ) throws(HabitatError) -> [PolygonShape] {
    guard earlier.count > 1 else { return earlier.map { shapes[$0] } }
    if (number + 1) << level <= end, earlier.count * Self.sparsest >= 1 << level {
      let land = try land(level: level, number: number)
      let alone = earlier.reduce(0) { $0 + shapes[$1].pointCount }
      if land.pointCount <= 2 * alone { return [land] }
    }
    let half = (2 * number + 1) << (level - 1)
    let split = earlier.firstIndex { $0 >= half } ?? earlier.endIndex
    return try lands(under: earlier[..<split], level: level - 1, number: 2 * number, below: end)
      + lands(under: earlier[split...], level: level - 1, number: 2 * number + 1, below: end)
  }

  /// What all parks of a block cover.
  private func land(level: Int, number: Int) throws(HabitatError) -> PolygonShape {
    if level == 0 {
      let isCopy = number < shapes.count && originals[number] != number
      return number < shapes.count && !isCopy ? shapes[number] : PolygonShape(rings: [])
    }
    let key = Blocks.Key(level: level, number: number)
    if let known = blocks[key] { return known }
    let halves = [
      try land(level: level - 1, number: 2 * number),
      try land(level: level - 1, number: 2 * number + 1),
    ]
    let land = try Self.union(halves.filter { !$0.isEmpty }) ?? PolygonShape(rings: [])
    blocks[key] = land
    return land
  }

  private static func union(_ parts: [PolygonShape]) throws(HabitatError) -> PolygonShape? {
    guard let first = parts.first else { return nil }
    let union = parts.count == 1 ? first : try PolygonOverlay.union(parts)
    return union.isEmpty ? nil : union
  }

  /// What is known of blocks; two threads that ask for the same at once both make it.
  private final class Blocks: Sendable {
    struct Key: Hashable {
      let level: Int
      let number: Int
    }
    private let lands = Mutex<[Key: PolygonShape]>([:])

    subscript(key: Key) -> PolygonShape? {
      get { lands.withLock { $0[key] } }
      set { lands.withLock { $0[key] = newValue } }
    }
  }
}
