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
    for _ in 0..<halvings { levels.append(levels[levels.count - 1].halvedByMode) }
    self.levels = levels
  }
}

extension Pyramid<Float> {
  /// Amounts, four of which become the mean of those that have a value; −1 is nodata.
  init(amounts: [Float], columns: Int, halvings: Int) {
    var levels = [Raster(columns: columns, rows: amounts.count / max(columns, 1), cells: amounts)]
    for _ in 0..<halvings {
      levels.append(levels[levels.count - 1].halved(Self.mean))
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

extension Raster<Float> {
  /// One cell out of the four (fewer at the rim: there some come twice) that it stands for, given from
  /// the north-west to the south-east.
  @inline(__always)
  fileprivate func halved(_ join: (SIMD4<Float>) -> Float) -> Raster {
    let (width, height, whole) = ((columns + 1) / 2, (rows + 1) / 2, columns / 2)
    var half = [Float](repeating: 0, count: width * height)
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

extension Raster<UInt8> {
  /// The same with codes below 8, of which the most frequent one stands for the four.
  fileprivate var halvedByMode: Raster {
    let (width, height, whole) = ((columns + 1) / 2, (rows + 1) / 2, columns / 2)
    let source = unsafe cells.span.bytes
    // Bounds are checked; only the type is taken on trust, and any two bytes are a number.
    @inline(__always) func pair(_ first: Int) -> UInt16 {
      let word = unsafe source.unsafeLoadUnaligned(fromByteOffset: first, as: UInt16.self)
      return UInt16(littleEndian: word)
    }
    let half = unsafe ModeTable.shared.modes.withUnsafeBufferPointer { modes in
      unsafe [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
        for row in 0..<height {
          let north = 2 * row * columns
          let south = min(2 * row + 1, rows - 1) * columns
          for column in 0..<whole {
            let index = ModeTable.index(pair(north + 2 * column), pair(south + 2 * column))
            unsafe target[row * width + column] = modes[index]
          }
          guard whole < width else { continue }
          let last = (UInt16(cells[north + columns - 1]), UInt16(cells[south + columns - 1]))
          unsafe target[row * width + whole] = modes[ModeTable.index(last.0 * 257, last.1 * 257)]
        }
        count = width * height
      }
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

  /// - Parameters: two codes each, the western one in the low byte.
  @inline(__always) static func index(_ north: UInt16, _ south: UInt16) -> Int {
    @inline(__always) func bits(_ pair: UInt16) -> UInt16 { pair & 7 | pair &>> 5 & 0o70 }
    return Int(bits(north) | bits(south) &<< 6)
  }
}
