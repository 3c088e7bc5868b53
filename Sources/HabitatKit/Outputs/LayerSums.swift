import GeoIO
import RasterCore
import ZonalStatistics

/// What describes the rasters of one species.
struct LayerSums: Sendable {
  var classes = CodeSums()
  var limiting = CodeSums()
  var scores = AmountSums()
  var resistances = AmountSums()

  mutating func add(_ other: LayerSums) {
    classes.add(other.classes)
    limiting.add(other.limiting)
    scores.add(other.scores)
    resistances.add(other.resistances)
  }
}

/// Cells and area by code of a whole raster, added up tile by tile.
struct CodeSums: Sendable {
  /// Codes run from 0 to 7.
  static let codes = 8
  private(set) var counts = [Int](repeating: 0, count: codes)
  /// In units of `CellAreas`.
  private(set) var areas = [Int64](repeating: 0, count: codes)

  /// Cells of a row that count with the area of their middle: the scale of a projection changes from one
  /// cell to the next by parts in a million, and to both sides of the middle alike.
  private static let run = 16

  init() {}

  /// Along a row of a tile areas are taken as a parabola through its ends and its middle.
  ///
  /// - Parameter cells: codes below `codes`.
  init(_ cells: [UInt8], _ tile: Window, _ cellAreas: CellAreas) {
    for row in 0..<tile.rows {
      func area(_ column: Int) -> Double {
        Double(cellAreas.area(column: tile.column + column, row: tile.row + row))
      }
      let half = (tile.columns - 1) / 2
      let (west, centre, east) = (area(0), area(half), area(2 * half))
      let growth = (east - west) / Double(max(2 * half, 1))
      let bend = (west + east - 2 * centre) / Double(max(2 * half * half, 1))
      for column in stride(from: 0, to: tile.columns, by: Self.run) {
        let first = row * tile.columns + column
        let length = min(Self.run, tile.columns - column)
        let place = Double(column - half) + Double(length - 1) / 2
        let middle = centre + place * (growth + place * bend)
        let part = cells.span.extracting(first..<first + length)
        // Codes that a legend may have; nodata is what is left.
        for code in 1..<Self.codes {
          let count = Self.count(UInt8(code), in: part)
          counts[code] += count
          areas[code] += Int64(Double(count) * middle)
        }
      }
    }
  }

  /// A byte counts the cells of a run, and sixteen of them at once.
  @inline(__always) private static func count(_ code: UInt8, in cells: Span<UInt8>) -> Int {
    var count: UInt8 = 0
    for index in 0..<cells.count { count &+= cells[index] == code ? 1 : 0 }
    return Int(count)
  }

  mutating func add(_ other: CodeSums) {
    for code in 0..<Self.codes {
      counts[code] += other.counts[code]
      areas[code] += other.areas[code]
    }
  }

  /// Of the cells that have a value; 0 is nodata.
  var statistics: RasterStatistics? {
    var sums = AmountSums()
    for code in 1..<Self.codes { sums.add(Double(code), times: counts[code]) }
    return sums.statistics
  }
}

/// What describes the values of a whole raster, added up in the order of its tiles, so that the last digit
/// is the same for any number of threads.
struct AmountSums: Sendable {
  private var count = 0
  private var least = Double.infinity
  private var most = -Double.infinity
  private var sum = 0.0
  private var squares = 0.0

  init() {}

  init(_ cells: [Float], nodata: Float) {
    for cell in cells where cell != nodata { add(Double(cell), times: 1) }
  }

  mutating func add(_ value: Double, times: Int) {
    guard times > 0 else { return }
    count += times
    least = min(least, value)
    most = max(most, value)
    sum += value * Double(times)
    squares += value * value * Double(times)
  }

  mutating func add(_ other: AmountSums) {
    count += other.count
    least = min(least, other.least)
    most = max(most, other.most)
    sum += other.sum
    squares += other.squares
  }

  /// `nil` where no cell has a value.
  var statistics: RasterStatistics? {
    guard count > 0 else { return nil }
    let mean = sum / Double(count)
    return RasterStatistics(
      least: least, most: most, mean: mean,
      deviation: max(0, squares / Double(count) - mean * mean).squareRoot())
  }
}
