import RasterCore
import RasterLoader

/// Land cover of several years over one another: the last by name would hide the others.
struct LandCoverEditions {
  private let tiles: [RasterTile]

  init(_ tiles: [RasterTile]) { self.tiles = tiles }

  /// - Throws: `.input`, slug `landcover-editions`.
  func refuse() throws(HabitatError) {
    guard let (one, other) = pair else { return }
    let newer = other.path.baseName
    let folder = other.path.dropLast(newer.count)
    let dates = zip(EditionName(one.path).dates, EditionName(other.path).dates)
    let date = dates.first { $0 != $1 }?.1 ?? newer
    let choice =
      newer.contains(date) ? "'\(folder)*\(date)*'" : other.path
    throw HabitatError(
      .input, "landcover-editions",
      "two editions of one land cover lie over one another: \(one.path.baseName) and \(newer)",
      at: "landcover: \(one.path), \(other.path)",
      fix:
        "give one of them, for example --landcover \(choice); if one is to fill the other, make a VRT of "
        + "both with gdalbuildvrt")
  }

  /// Names that differ only in a date may be those of neighbours, so the tiles must lie over one another.
  private var pair: (RasterTile, RasterTile)? {
    let named = tiles.map { (tile: $0, name: EditionName($0.path)) }
      .filter { !$0.name.dates.isEmpty }
    let groups = Dictionary(grouping: named, by: \.name.template).filter { $1.count > 1 }
    for (_, group) in groups.sorted(by: { $0.key < $1.key }) {
      for (index, one) in group.enumerated() {
        for other in group[(index + 1)...] where one.name.dates != other.name.dates {
          if one.tile.liesOver(other.tile) { return (one.tile, other.tile) }
        }
      }
    }
    return nil
  }
}

extension RasterTile {
  /// Whether half of the smaller box lies on the other.
  fileprivate func liesOver(_ other: RasterTile) -> Bool {
    if grid.crs == other.grid.crs {
      let (a, b) = (grid.extent, other.grid.extent)
      let width = min(a.maxX, b.maxX) - max(a.minX, b.minX)
      let height = min(a.maxY, b.maxY) - max(a.minY, b.minY)
      return width > 0.5 * min(a.width, b.width) && height > 0.5 * min(a.height, b.height)
    }
    guard let own = try? window(on: other.grid),
      let shared = own.intersection(other.grid.window)
    else { return false }
    return 2 * shared.cellCount > min(own.cellCount, other.grid.cellCount)
  }
}
