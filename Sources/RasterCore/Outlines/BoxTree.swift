/// Boxes that are found by where they lie: a tree of nodes that each know the box around what is below them.
///
/// Built once from all boxes, halved along the longer side of what they cover.
public struct BoxTree: Sendable {
  private struct Node {
    var box: Extent
    /// Of `numbers`; of a leaf, what it holds.
    var range: Range<Int>
    /// Of the node in the second half; the first half follows its parent.
    var second: Int?
  }

  private let boxes: [Extent?]
  /// Of the boxes, in the order of the leaves.
  private var numbers: [Int]
  private var nodes: [Node] = []

  private static let leafCount = 8

  /// - Parameter boxes: numbered from 0; `nil` overlaps nothing.
  /// - Complexity: O(*n* log² *n*).
  public init(_ boxes: [Extent?]) {
    self.boxes = boxes
    numbers = boxes.indices.filter { boxes[$0] != nil }
    if !numbers.isEmpty { _ = addNode(over: 0..<numbers.count) }
  }

  private mutating func addNode(over range: Range<Int>) -> Int {
    let around = numbers[range].dropFirst().reduce(boxes[numbers[range.lowerBound]]!) {
      $0.union(boxes[$1]!)
    }
    let own = nodes.count
    nodes.append(Node(box: around, range: range, second: nil))
    guard range.count > Self.leafCount else { return own }
    if around.width >= around.height {
      numbers[range].sort { boxes[$0]!.middleX < boxes[$1]!.middleX }
    } else {
      numbers[range].sort { boxes[$0]!.middleY < boxes[$1]!.middleY }
    }
    let half = range.lowerBound + range.count / 2
    _ = addNode(over: range.lowerBound..<half)
    nodes[own].second = addNode(over: half..<range.upperBound)
    return own
  }

  /// Passes the numbers of boxes that share a point with `box`, their rims included, to `body`, in no
  /// particular order.
  ///
  /// - Complexity: O(log *n* + found) where boxes do not crowd.
  public func forEach(meeting box: Extent, _ body: (Int) -> Void) {
    if !nodes.isEmpty { visit(0, box, body) }
  }

  private func visit(_ index: Int, _ box: Extent, _ body: (Int) -> Void) {
    let node = nodes[index]
    guard node.box.meets(box) else { return }
    if let second = node.second {
      visit(index + 1, box, body)
      visit(second, box, body)
      return
    }
    for number in numbers[node.range] where boxes[number]!.meets(box) { body(number) }
  }
}

extension Extent {
  fileprivate var middleX: Double { (minX + maxX) / 2 }
  fileprivate var middleY: Double { (minY + maxY) / 2 }

  fileprivate func meets(_ other: Extent) -> Bool {
    other.minX <= maxX && minX <= other.maxX && other.minY <= maxY && minY <= other.maxY
  }
}
