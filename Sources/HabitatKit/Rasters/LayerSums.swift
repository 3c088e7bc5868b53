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

  /// Rows and columns of cells that count with the area of their middle where the scale changes little
  /// from one to the next, and to both sides of the middle alike.
  private static let block = 16
  /// By how much, as a share, areas may differ over the rows that count alike.
  private static let tolerance = 1e-5

  init() {}

  /// - Parameter cells: codes below `codes`.
  init(_ cells: [UInt8], _ tile: Window, _ areas: CellAreas) {
    let count = CodeCounter(cells, columns: tile.columns)
    if areas.hasEqualRows {
      for row in 0..<tile.rows {
        add(count.codes(row..<row + 1, 0..<tile.columns), Double(areas.area(tile, 0, row)))
      }
    } else if areas.reachesBeyondEarth {
      // No smooth scale at the rim of the Earth: cell by cell.
      var prefix: [Int64] = []
      for row in 0..<tile.rows {
        areas.prefixSums(row: tile.row + row, columns: tile.columnRange, into: &prefix)
        for column in 0..<tile.columns {
          let code = Int(cells[row * tile.columns + column])
          guard code > 0 else { continue }
          counts[code] += 1
          self.areas[code] += prefix[column + 1] - prefix[column]
        }
      }
    } else {
      let height = Self.rowsAlike(in: tile, areas)
      for row in stride(from: 0, to: tile.rows, by: height) {
        let rows = row..<min(row + height, tile.rows)
        let scale = Parabola(of: areas, along: rows, of: tile)
        let width = height == 1 && scale.isLevel ? tile.columns : Self.block
        for column in stride(from: 0, to: tile.columns, by: width) {
          let columns = column..<min(column + width, tile.columns)
          add(
            count.codes(rows, columns),
            scale.value(at: Double(columns.lowerBound + columns.upperBound - 1) / 2))
        }
      }
    }
  }

  /// How many rows of a tile count together, by its west and east edges.
  private static func rowsAlike(in tile: Window, _ areas: CellAreas) -> Int {
    let changes = [0, tile.columns - 1].map { column in
      let north = Double(areas.area(tile, column, 0))
      let south = Double(areas.area(tile, column, tile.rows - 1))
      return abs(south - north) / max(north, south, 1)
    }
    let ofBlock = (changes.max() ?? 0) * Double(block) / Double(max(tile.rows, block))
    return ofBlock <= tolerance ? block : 1
  }

  /// Areas of the cells of some rows, at their middle: along a tile's row they follow a parabola through
  /// its ends and its middle.
  private struct Parabola {
    private let half: Int
    private let centre: Double
    private let growth: Double
    private let bend: Double

    init(of areas: CellAreas, along rows: Range<Int>, of tile: Window) {
      // Of an even number of rows the middle lies between two.
      let (north, south) = (
        (rows.lowerBound + rows.upperBound - 1) / 2, (rows.lowerBound + rows.upperBound) / 2
      )
      func area(_ column: Int) -> Double {
        Double(areas.area(tile, column, north) + areas.area(tile, column, south)) / 2
      }
      half = (tile.columns - 1) / 2
      centre = area(half)
      let (west, east) = (area(0), area(2 * half))
      growth = (east - west) / Double(max(2 * half, 1))
      bend = (west + east - 2 * centre) / Double(max(2 * half * half, 1))
    }

    /// Areas do not change along the rows.
    var isLevel: Bool { growth == 0 && bend == 0 }

    func value(at column: Double) -> Double {
      let place = column - Double(half)
      return centre + place * (growth + place * bend)
    }
  }

  private mutating func add(_ found: SIMD8<UInt16>, _ area: Double) {
    // Codes that a legend may have; nodata is what is left.
    for code in 1..<Self.codes where found[code] > 0 {
      counts[code] += Int(found[code])
      areas[code] += Int64(Double(found[code]) * area)
    }
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

extension CellAreas {
  fileprivate var hasEqualRows: Bool { uniformArea(row: 0) != nil }

  fileprivate func area(_ tile: Window, _ column: Int, _ row: Int) -> Int64 {
    area(column: tile.column + column, row: tile.row + row)
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
