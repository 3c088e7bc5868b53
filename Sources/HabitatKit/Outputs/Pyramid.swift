import RasterCore

/// The cells of a tile at its own size and, for the overviews, at a half, a quarter and so on.
///
/// Tiles are so large that their halves never share a cell with the next tile's.
struct Pyramid<Cell: Sendable>: Sendable {
  /// Of the tile itself first; each level holds the cells of its window, row by row.
  let levels: [Raster<Cell>]
}

extension Pyramid<UInt8> {
  /// Codes below 8, four of which become the most frequent one.
  ///
  /// - Parameter halvings: levels beyond the tile itself.
  init(codes: [UInt8], columns: Int, halvings: Int) {
    var levels = [Raster(columns: columns, rows: codes.count / max(columns, 1), cells: codes)]
    let mode = ModeTable.shared.modes
    for _ in 0..<halvings {
      levels.append(levels[levels.count - 1].halved(filledWith: 0) { mode[ModeTable.index($0)] })
    }
    self.levels = levels
  }
}

extension Pyramid<Float> {
  /// Amounts, four of which become the mean of those that have a value; −1 is nodata.
  init(amounts: [Float], columns: Int, halvings: Int) {
    var levels = [Raster(columns: columns, rows: amounts.count / max(columns, 1), cells: amounts)]
    for _ in 0..<halvings {
      levels.append(levels[levels.count - 1].halved(filledWith: -1, Self.mean))
    }
    self.levels = levels
  }

  @inline(__always) private static func mean(_ cells: SIMD4<Float>) -> Float {
    let isValid = cells .!= -1
    let count = SIMD4<Float>(repeating: 0).replacing(with: 1, where: isValid).sum()
    guard count > 0 else { return -1 }
    let valid = cells.replacing(with: 0, where: .!isValid)
    return (((valid[0] + valid[1]) + valid[2]) + valid[3]) / count
  }
}

extension Raster where Cell: SIMDScalar {
  /// One cell out of the four (fewer at the rim: there some come twice) that it stands for, given from
  /// the north-west to the south-east.
  @inline(__always)
  fileprivate func halved(filledWith none: Cell, _ join: (SIMD4<Cell>) -> Cell) -> Raster {
    let (width, height, whole) = ((columns + 1) / 2, (rows + 1) / 2, columns / 2)
    var half = [Cell](repeating: none, count: width * height)
    let source = cells.span
    var target = half.mutableSpan
    for row in 0..<height {
      let north = 2 * row * columns
      let south = min(2 * row + 1, rows - 1) * columns
      for column in 0..<whole {
        let (west, east) = (2 * column, 2 * column + 1)
        target[row * width + column] = join(
          SIMD4(
            source[north + west], source[north + east], source[south + west], source[south + east]))
      }
      guard whole < width else { continue }
      let (last, under) = (source[north + columns - 1], source[south + columns - 1])
      target[row * width + whole] = join(SIMD4(last, last, under, under))
    }
    return Raster(columns: width, rows: height, cells: half)
  }
}

/// The most frequent of four codes below 8, looked up: nodata (0) only where there is nothing else, the
/// north-western of equals.
struct ModeTable: Sendable {
  static let shared = ModeTable()
  let modes: [UInt8]

  private init() {
    modes = (0..<4096).map { index in
      let codes = (0..<4).map { UInt8(index >> (3 * $0) & 7) }
      func weight(_ code: UInt8) -> Int { code == 0 ? 0 : codes.count { $0 == code } }
      // `max(by:)` keeps the first of equals.
      return codes.max { weight($0) < weight($1) } ?? 0
    }
  }

  @inline(__always) static func index(_ codes: SIMD4<UInt8>) -> Int {
    let wide = SIMD4<UInt16>(truncatingIfNeeded: codes) & 7
    return Int(wide[0] | wide[1] &<< 3 | wide[2] &<< 6 | wide[3] &<< 9)
  }
}
