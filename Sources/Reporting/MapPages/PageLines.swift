import RasterCore

/// Where lines run on a page, to the size of a bin: whether any runs through a box is told at once, however many
/// there are.
struct PageLines {
  private let frame: Extent
  private let columns: Int
  /// Bins with lines in the rectangle from the first bin to before this corner: a summed-area table.
  ///
  /// Source: Crow (1984), *Computer Graphics* 18(3), 207–212.
  private let sums: [Int]

  /// Points along a side of a bin.
  private static let bin = 2.0

  /// - Parameter rings: closed lines, in points of the page; those outside the frame do not count.
  init(_ rings: [[Point]], within frame: Extent) {
    self.frame = frame
    let columns = Int(bounded: (frame.width / Self.bin).rounded(.up))
    let rows = Int(bounded: (frame.height / Self.bin).rounded(.up))
    var isCrossed = [Bool](repeating: false, count: columns * rows)
    func mark(_ place: Point) {
      let column = Int(bounded: ((place.x - frame.minX) / Self.bin).rounded(.down))
      let row = Int(bounded: ((place.y - frame.minY) / Self.bin).rounded(.down))
      guard 0..<columns ~= column, 0..<rows ~= row else { return }
      isCrossed[row * columns + column] = true
    }
    for ring in rings {
      for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
        guard min(a.x, b.x) <= frame.maxX, max(a.x, b.x) >= frame.minX, min(a.y, b.y) <= frame.maxY,
          max(a.y, b.y) >= frame.minY
        else { continue }
        // At least two places to a bin: the corner of one that a line cuts between two is nobody's loss.
        let length = max(abs(b.x - a.x), abs(b.y - a.y))
        let steps = max(1, Int(bounded: (2 * length / Self.bin).rounded(.up)))
        for step in 0...steps {
          let share = Double(step) / Double(steps)
          mark(Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y)))
        }
      }
    }
    var sums = [Int](repeating: 0, count: (columns + 1) * (rows + 1))
    for row in 0..<rows {
      for column in 0..<columns {
        let above = row * (columns + 1) + column
        let here = above + columns + 1
        sums[here + 1] =
          sums[here] + sums[above + 1] - sums[above] + (isCrossed[row * columns + column] ? 1 : 0)
      }
    }
    (self.columns, self.sums) = (columns, sums)
  }

  /// Whether a line runs through a box or within a bin of it.
  func cross(_ box: Extent) -> Bool {
    let rows = sums.count / (columns + 1) - 1
    func bins(_ low: Double, _ high: Double, _ start: Double, _ count: Int) -> Range<Int> {
      let first = Int(bounded: ((low - start) / Self.bin).rounded(.down))
      let end = Int(bounded: ((high - start) / Self.bin).rounded(.up))
      return (first..<max(first, end)).clamped(to: 0..<count)
    }
    let across = bins(box.minX, box.maxX, frame.minX, columns)
    let down = bins(box.minY, box.maxY, frame.minY, rows)
    func sum(_ column: Int, _ row: Int) -> Int { sums[row * (columns + 1) + column] }
    return sum(across.upperBound, down.upperBound) - sum(across.lowerBound, down.upperBound)
      - sum(across.upperBound, down.lowerBound) + sum(across.lowerBound, down.lowerBound) > 0
  }
}
