import RasterCore
import Synchronization

/// How much of each block of cells is water, counted cell by cell during the pass, for the blocks that the
/// maps of a report draw: the basemap is of the whole raster, and too coarse to say it of single parks.
final class WaterBlocks: Sendable {
  /// By the cells along a side of a block, finest first.
  let levels: [any WaterLevel]

  init() { levels = [] }

  /// - Parameters:
  ///   - plans: what maps draw; blocks around them are counted too, out to whole tiles.
  ///   - grid: the analysis grid.
  init(of plans: [BlockPlan], on grid: Grid) {
    levels = Self.layouts(of: plans, on: grid).map { layout -> any WaterLevel in
      switch layout.counterBytes {
      case 1: WaterCounts<UInt8>(layout)
      case 2: WaterCounts<UInt16>(layout)
      default: WaterCounts<UInt32>(layout)
      }
    }
  }

  private static func layouts(of plans: [BlockPlan], on grid: Grid) -> [WaterLayout] {
    Dictionary(grouping: plans, by: \.block).sorted { $0.key < $1.key }.map { block, plans in
      WaterLayout(plans, block: block, of: grid)
    }
  }

  /// - Parameter categories: of the band's cells, row by row.
  func take(_ band: Window, categories: [UInt8]) {
    for level in levels { level.take(band, categories: categories) }
  }

  /// What counting takes at most, where each tile has water: a byte or two for each block.
  static func mostBytes(for plans: [BlockPlan], on grid: Grid) -> Int {
    layouts(of: plans, on: grid).reduce(0) { $0 + $1.mostBytes }
  }
}

/// The blocks of one size.
protocol WaterLevel: Sendable {
  var layout: WaterLayout { get }
  func take(_ band: Window, categories: [UInt8])
  /// The tiles that hold water, in order.
  var tiles: [Int] { get }
  /// Per cent of each block of a tile that are water, 100 only where all of it is and 0 where none is.
  func shares(ofTile tile: Int) -> [UInt8]
}

/// Where the blocks of one size lie: in tiles, of which only those count that a map touches.
struct WaterLayout: Sendable {
  /// Blocks along a side of a tile.
  static let tile = 256
  /// Cells along a side of a block.
  let block: Int
  /// The analysis grid.
  let grid: Grid
  /// Tiles in a row of them.
  let across: Int
  /// Whether a map touches it, by tile.
  private let isSeen: [Bool]

  init(_ plans: [BlockPlan], block: Int, of grid: Grid) {
    let side = Self.tile * block
    let (across, down) = ((grid.columns + side - 1) / side, (grid.rows + side - 1) / side)
    var isSeen = [Bool](repeating: false, count: across * down)
    for plan in plans {
      for row in Self.tiles(over: plan.window.rowRange, side) {
        for column in Self.tiles(over: plan.window.columnRange, side) {
          isSeen[row * across + column] = true
        }
      }
    }
    (self.block, self.grid, self.across, self.isSeen) = (block, grid, across, isSeen)
  }

  private static func tiles(over cells: Range<Int>, _ side: Int) -> Range<Int> {
    cells.lowerBound / side..<(cells.upperBound + side - 1) / side
  }

  /// Of a number that counts the cells of a block.
  var counterBytes: Int { block < 16 ? 1 : block < 256 ? 2 : 4 }

  var mostBytes: Int {
    isSeen.count { $0 } * Self.tile * Self.tile * counterBytes
  }

  /// The tiles that lie over a part of the grid and that a map touches, each with its cells there.
  func tiles(over part: Window) -> [(tile: Int, cells: Window)] {
    let side = Self.tile * block
    var found: [(tile: Int, cells: Window)] = []
    for row in Self.tiles(over: part.rowRange, side) {
      for column in Self.tiles(over: part.columnRange, side) where isSeen[row * across + column] {
        let cells = Window(column: column * side, row: row * side, columns: side, rows: side)
        if let cells = cells.intersection(part) { found.append((row * across + column, cells)) }
      }
    }
    return found
  }

  /// The blocks of a tile that lie on the grid, counted from its first block.
  func blocks(ofTile tile: Int) -> Window {
    let (column, row) = (tile % across * Self.tile, tile / across * Self.tile)
    return Window(
      column: column, row: row,
      columns: min(Self.tile, (grid.columns + block - 1) / block - column),
      rows: min(Self.tile, (grid.rows + block - 1) / block - row))
  }

  /// Cells of a block: fewer at the rim.
  func cells(column: Int, row: Int) -> Int {
    min(block, grid.columns - column * block) * min(block, grid.rows - row * block)
  }
}

/// - Parameter Count: holds the cells of a block.
private final class WaterCounts<Count: FixedWidthInteger & Sendable>: WaterLevel {
  let layout: WaterLayout
  /// By tile, those of its blocks, row by row; none of a tile without water.
  private let counts = Mutex<[Int: [Count]]>([:])

  init(_ layout: WaterLayout) { self.layout = layout }

  func take(_ band: Window, categories: [UInt8]) {
    for (tile, cells) in layout.tiles(over: band) {
      let blocks = layout.blocks(ofTile: tile)
      for strip in strips(of: cells) {
        let found = water(in: strip, of: band, categories)
        guard !found.isEmpty else { continue }
        let first =
          (strip.row / layout.block - blocks.row) * blocks.columns
          + strip.column / layout.block - blocks.column
        counts.withLock { counts in
          counts[tile, default: [Count](repeating: 0, count: blocks.cellCount)].add(
            found, from: first)
        }
      }
    }
  }

  /// The rows of a window that belong to the same blocks.
  private func strips(of cells: Window) -> [Window] {
    let block = layout.block
    return (cells.row / block...(cells.rowRange.upperBound - 1) / block).map { row in
      let rows = (row * block..<(row + 1) * block).clamped(to: cells.rowRange)
      return Window(
        column: cells.column, row: rows.lowerBound, columns: cells.columns, rows: rows.count)
    }
  }

  /// The cells of a row of blocks that are water; empty where none is.
  private func water(in strip: Window, of band: Window, _ categories: [UInt8]) -> [Count] {
    // Down the columns first, many at a time; a band has few rows.
    precondition(strip.rows <= 255 && categories.count >= band.cellCount)
    var sums = [UInt8](repeating: 0, count: strip.columns)
    var any: UInt8 = 0
    let first = (strip.row - band.row) * band.columns + strip.column - band.column
    unsafe categories.withUnsafeBufferPointer { categories in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        for row in 0..<strip.rows {
          let start = first + row * band.columns
          for column in 0..<strip.columns {
            let isWater: UInt8 =
              unsafe categories[start &+ column] == LandCategory.water.rawValue ? 1 : 0
            unsafe sums[column] &+= isWater
            any |= isWater
          }
        }
      }
    }
    guard any != 0 else { return [] }
    let block = layout.block
    let (start, end) = (strip.column, strip.columnRange.upperBound)
    return (start / block...(end - 1) / block).map { index in
      let columns = (index * block..<(index + 1) * block).clamped(to: start..<end)
      var sum: Count = 0
      for column in columns { sum &+= Count(truncatingIfNeeded: sums[column - start]) }
      return sum
    }
  }

  var tiles: [Int] { counts.withLock { $0.keys.sorted() } }

  func shares(ofTile tile: Int) -> [UInt8] {
    let blocks = layout.blocks(ofTile: tile)
    guard let counts = counts.withLock({ $0[tile] }) else {
      return [UInt8](repeating: 0, count: blocks.cellCount)
    }
    return counts.indices.map { index in
      let water = Int(counts[index])
      let all = layout.cells(
        column: blocks.column + index % blocks.columns, row: blocks.row + index / blocks.columns)
      guard water > 0, water < all else { return water == 0 ? 0 : 100 }
      return UInt8(min(99, max(1, (200 * water + all) / (2 * all))))
    }
  }
}

extension Array where Element: FixedWidthInteger {
  fileprivate mutating func add(_ others: [Element], from first: Int) {
    for index in others.indices { self[first + index] &+= others[index] }
  }
}
