import GeoIO
import Machine
import RasterCore

/// The datasets one task has open; the least recently used is closed when there are too many.
///
/// GDAL handles must not be shared between tasks, and a mosaic may have more tiles than a process
/// may have open files. What they decode is shared.
struct OpenTiles: ~Copyable {
  private var slots: [Slot] = []
  private var clock = 0
  private let limit: Int
  private let blocks: DecodedBlocks

  private final class Slot {
    let path: String
    let dataset: RasterDataset
    var lastUse = 0
    init(_ path: String, _ checks: BlockChecks) throws(HabitatError) {
      self.path = path
      dataset = try RasterDataset(reading: path, sharing: checks)
    }
  }

  init(sharing blocks: DecodedBlocks, limit: Int = 32) {
    (self.blocks, self.limit) = (blocks, limit)
  }

  /// Reads cells of a tile, opening it where it is not open yet.
  ///
  /// - Parameters:
  ///   - first: where in `cells` the first cell goes.
  ///   - stride: from one row to the next in `cells`; the window's columns unless given.
  mutating func read<Cell: RasterCell>(
    _ window: Window, of tile: RasterTile, into cells: inout [Cell], at first: Int = 0,
    stride: Int? = nil
  ) throws(HabitatError) {
    let (width, height) = (tile.band.blockColumns, tile.band.blockRows)
    let stride = stride ?? window.columns
    if tile.isRemote {
      try withRoom { (tiles) throws(HabitatError) in
        try tiles.slot(for: tile.path).dataset.fetchAhead(window, band: tile.bandNumber)
      }
    }
    for row in window.rowRange.lowerBound / height...(window.rowRange.upperBound - 1) / height {
      let columns = window.columnRange
      for column in columns.lowerBound / width...(columns.upperBound - 1) / width {
        let key = DecodedBlocks.Key(
          path: tile.path, band: tile.bandNumber, column: column, row: row)
        let block = try blocks.block(key) { () throws(HabitatError) in
          try withRoom { (tiles) throws(HabitatError) in
            try tiles.slot(for: tile.path).dataset.readBlock(
              column: column, row: row, band: tile.bandNumber)
          }
        }
        let held = Window(column: column * width, row: row * height, columns: width, rows: height)
        guard let part = held.intersection(window) else { continue }
        block.copy(
          part.counted(from: held), into: &cells,
          at: first + (part.row - window.row) * stride + part.column - window.column,
          stride: stride)
      }
    }
  }

  mutating func readMask(
    _ window: Window, of tile: RasterTile, into cells: inout [UInt8]
  ) throws(HabitatError) {
    try withRoom { (tiles) throws(HabitatError) in
      try tiles.slot(for: tile.path).dataset.readMask(window, band: tile.bandNumber, into: &cells)
    }
  }

  /// Where the process may open no more files, those of other tiles make room.
  private mutating func withRoom<Value>(
    _ read: (inout OpenTiles) throws(HabitatError) -> Value
  ) throws(HabitatError) -> Value {
    do throws(HabitatError) {
      return try read(&self)
    } catch {
      guard !slots.isEmpty, OpenFileLimit.isReached else { throw error }
      slots.removeAll()
      return try read(&self)
    }
  }

  private mutating func slot(for path: String) throws(HabitatError) -> Slot {
    clock += 1
    if let slot = slots.first(where: { $0.path == path }) {
      slot.lastUse = clock
      return slot
    }
    if slots.count == limit,
      let oldest = slots.indices.min(by: { slots[$0].lastUse < slots[$1].lastUse })
    {
      slots.remove(at: oldest)
    }
    let slot = try Slot(path, blocks.checks)
    slot.lastUse = clock
    slots.append(slot)
    return slot
  }
}
