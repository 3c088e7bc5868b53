import RasterCore
import TestSupport
import Testing

@Suite("Boxes found by where they lie") struct BoxTreeTests {
  @Test("the boxes that are found are those that looking at each finds", arguments: UInt64(0)..<20)
  func plain(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Whole numbers, so that many boxes are equal, without area, or touch only.
    func box() -> Extent? {
      guard Int.random(in: 0..<20, using: &random) > 0 else { return nil }
      let (x, y) = (Double.random(in: 0...30, using: &random), Double(seed % 7))
      let (left, top) = (x.rounded(), (Double.random(in: 0...1, using: &random) * y).rounded())
      return Extent(
        minX: left, minY: top, maxX: left + Double(Int.random(in: 0...3, using: &random)),
        maxY: top + Double(Int.random(in: 0...3, using: &random)))
    }
    let boxes = (0..<300).map { _ in box() }
    let tree = BoxTree(boxes)
    for case let probe? in (0..<50).map({ _ in box() }) {
      var found: [Int] = []
      tree.forEach(meeting: probe) { found.append($0) }
      let expected = boxes.indices.filter { index in
        guard let box = boxes[index] else { return false }
        return box.minX <= probe.maxX && probe.minX <= box.maxX
          && box.minY <= probe.maxY && probe.minY <= box.maxY
      }
      #expect(found.sorted() == expected)
    }
  }

  @Test("among no boxes there is none") func none() {
    BoxTree([nil, nil]).forEach(meeting: Extent(minX: 0, minY: 0, maxX: 1, maxY: 1)) { _ in
      Issue.record("there is no box")
    }
  }
}
