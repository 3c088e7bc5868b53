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
    let half = unsafe ModeTable.shared.modes.withUnsafeBufferPointer { modes in
      unsafe [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
        for row in 0..<height {
          let north = 2 * row * columns
          let south = min(2 * row + 1, rows - 1) * columns
          var column = 0
          while column + 4 <= whole {
            // Bounds are checked; only the type is taken on trust, and any eight bytes are a number.
            let (above, below) = unsafe (
              source.unsafeLoadUnaligned(fromByteOffset: north + 2 * column, as: UInt64.self),
              source.unsafeLoadUnaligned(fromByteOffset: south + 2 * column, as: UInt64.self)
            )
            let four = ModeTable.indices(UInt64(littleEndian: above), UInt64(littleEndian: below))
            let place = row * width + column
            unsafe target[place] = modes[Int(four & 0xFFF)]
            unsafe target[place + 1] = modes[Int(four &>> 16 & 0xFFF)]
            unsafe target[place + 2] = modes[Int(four &>> 32 & 0xFFF)]
            unsafe target[place + 3] = modes[Int(four &>> 48)]
            column += 4
          }
          while column < width {
            let (west, east) = (2 * column, min(2 * column + 1, columns - 1))
            func pair(_ line: Int) -> UInt64 {
              UInt64(cells[line + west]) | UInt64(cells[line + east]) << 8
            }
            let index = ModeTable.indices(pair(north), pair(south))
            unsafe target[row * width + column] = modes[Int(index)]
            column += 1
          }
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
    // North-west, north-east, south-west, south-east: where `indices` puts them.
    let shifts = [0, 6, 3, 9]
    modes = (0..<4096).map { index in
      let codes = shifts.map { UInt8(index >> $0 & 7) }
      func weight(_ code: UInt8) -> Int { code == 0 ? 0 : codes.count { $0 == code } }
      // `max(by:)` keeps the first of equals.
      return codes.max { weight($0) < weight($1) } ?? 0
    }
  }

  /// Four places in the table, sixteen bits each, the western one lowest.
  ///
  /// - Parameters: eight codes each, from west to east and from the lowest byte up.
  @inline(__always) static func indices(_ north: UInt64, _ south: UInt64) -> UInt64 {
    let columns = north | south &<< 3
    return columns & 0x003F_003F_003F_003F | columns &>> 2 & 0x0FC0_0FC0_0FC0_0FC0
  }
}
