import GeoIO
import RasterCore
import RasterLoader
import Reporting
import RunFolder
import Styles

extension WaterLevel {
  var name: String { WaterBlocks.name(ofBlock: layout.block) }

  /// Where the file lies, out to whole tiles: around the water that there is.
  ///
  /// - Returns: blocks of the grid; `nil` where no map has any water.
  var window: Window? {
    let windows = tiles.map(layout.blocks)
    return windows.dropFirst().reduce(windows.first) { $0?.union($1) }
  }

  /// Writes the per cent of water of each block; what no map shows has none.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func write(to folder: OutputFolder, software: String) throws(HabitatError) {
    guard let window else { return }
    let block = layout.block
    let grid = layout.grid.inBlocks(
      of: block,
      over: Window(
        column: window.column * block, row: window.row * block, columns: window.columns * block,
        rows: window.rows * block))
    let raster = BasemapRaster(
      name: name, title: "Water, per cent", grid: grid, legend: .waterBlocks,
      options: [
        "BLOCKXSIZE=\(WaterLayout.tile)", "BLOCKYSIZE=\(WaterLayout.tile)", "COMPRESS=LZW",
        "SPARSE_OK=TRUE",
      ])
    try raster.write(to: folder, software: software) { writer, counts throws(HabitatError) in
      for tile in tiles {
        let shares = shares(ofTile: tile)
        for share in shares { counts[Int(share)] += 1 }
        try writer.write(shares, to: layout.blocks(ofTile: tile).counted(from: window))
      }
    }
  }
}

extension WaterBlocks {
  /// The file of the blocks of one size.
  static func name(ofBlock block: Int) -> String { "basemap/water_\(block).tif" }
}
