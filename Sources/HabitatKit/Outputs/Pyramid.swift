import RasterCore

/// The cells of a strip at its own size and, for the overviews, at a half, a quarter and so on.
///
/// Strips are so many rows high that their halves never share a cell with the next strip's.
struct Pyramid<Cell: Sendable>: Sendable {
  /// Of the strip itself first; each level holds the cells of its window, row by row.
  private(set) var levels: [Raster<Cell>]

  /// - Parameters:
  ///   - halvings: levels beyond the strip itself.
  ///   - join: one cell out of the four (fewer at the rim: some come twice) that it stands for.
  init(_ cells: [Cell], columns: Int, halvings: Int, _ join: (Cell, Cell, Cell, Cell) -> Cell) {
    levels = [Raster(columns: columns, rows: cells.count / max(columns, 1), cells: cells)]
    for _ in 0..<halvings { levels.append(levels[levels.count - 1].halved(join)) }
  }
}

extension Raster {
  @inline(__always)
  fileprivate func halved(_ join: (Cell, Cell, Cell, Cell) -> Cell) -> Raster {
    let (width, height) = ((columns + 1) / 2, (rows + 1) / 2)
    var halved: [Cell] = []
    halved.reserveCapacity(width * height)
    for row in 0..<height {
      let north = 2 * row * columns
      let south = min(2 * row + 1, rows - 1) * columns
      for column in 0..<width {
        let (west, east) = (2 * column, min(2 * column + 1, columns - 1))
        halved.append(
          join(cells[north + west], cells[north + east], cells[south + west], cells[south + east]))
      }
    }
    return Raster(columns: width, rows: height, cells: halved)
  }
}

/// How four cells of an output become one of its overview.
enum OverviewRule {
  /// The most frequent code; nodata (0) only where there is nothing else; the north-western of equals.
  @inline(__always)
  static func mode(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt8 {
    if a == b && b == c && c == d { return a }
    var (best, most) = (a, weight(a, a, b, c, d))
    let (weightB, weightC, weightD) = (
      weight(b, a, b, c, d), weight(c, a, b, c, d), weight(d, a, b, c, d)
    )
    if weightB > most { (best, most) = (b, weightB) }
    if weightC > most { (best, most) = (c, weightC) }
    if weightD > most { (best, most) = (d, weightD) }
    return best
  }

  /// How often a code comes among four; nodata weighs nothing.
  @inline(__always)
  private static func weight(
    _ code: UInt8, _ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8
  ) -> Int {
    guard code != 0 else { return 0 }
    return (a == code ? 1 : 0) + (b == code ? 1 : 0) + (c == code ? 1 : 0) + (d == code ? 1 : 0)
  }

  /// The mean of those that have a value; −1 is nodata.
  @inline(__always)
  static func mean(_ a: Float, _ b: Float, _ c: Float, _ d: Float) -> Float {
    var (sum, count) = (Float(0), Float(0))
    func add(_ value: Float) {
      guard value != -1 else { return }
      sum += value
      count += 1
    }
    add(a)
    add(b)
    add(c)
    add(d)
    return count > 0 ? sum / count : -1
  }
}
