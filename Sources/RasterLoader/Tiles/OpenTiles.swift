import GeoIO
import RasterCore

/// The datasets one task has open; the least recently used is closed when there are too many.
///
/// GDAL handles must not be shared between tasks, and a mosaic may have more tiles than a process
/// may have open files.
struct OpenTiles: ~Copyable {
  private var slots: [Slot] = []
  private var clock = 0
  private let limit: Int

  private final class Slot {
    let path: String
    let dataset: RasterDataset
    var lastUse = 0
    init(_ path: String) throws(HabitatError) {
      self.path = path
      dataset = try RasterDataset(reading: path)
    }
  }

  init(limit: Int = 32) { self.limit = limit }

  /// Reads cells of a tile, opening it where it is not open yet.
  mutating func read<Cell: RasterCell>(
    _ window: Window, of tile: RasterTile, into cells: inout [Cell], at first: Int = 0,
    stride: Int? = nil
  ) throws(HabitatError) {
    try slot(for: tile.path).dataset.read(
      window, band: tile.bandNumber, into: &cells, at: first, stride: stride)
  }

  mutating func readMask(
    _ window: Window, of tile: RasterTile, into cells: inout [UInt8]
  ) throws(HabitatError) {
    try slot(for: tile.path).dataset.readMask(window, band: tile.bandNumber, into: &cells)
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
    let slot = try Slot(path)
    slot.lastUse = clock
    slots.append(slot)
    return slot
  }
}
