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
    let title = "Water, per cent"
    let memory = MemoryFolder()
    let path = memory.path(name.baseName)
    let writer = try RasterWriter(
      creating: path, grid: grid, typeName: UInt8.typeName, nodata: 0,
      options: [
        "TILED=YES", "BLOCKXSIZE=\(WaterLayout.tile)", "BLOCKYSIZE=\(WaterLayout.tile)",
        "COMPRESS=LZW", "SPARSE_OK=TRUE",
      ])
    writer.setColours(ColourLegend.waterBlocks.colours)
    writer.setDescription(WaterBlocks.stem(ofBlock: layout.block))
    writer.setMetadata("TIFFTAG_IMAGEDESCRIPTION", title)
    writer.setMetadata("TIFFTAG_SOFTWARE", software)
    var counts = [Int](repeating: 0, count: 101)
    for tile in tiles {
      let shares = shares(ofTile: tile)
      for share in shares { counts[Int(share)] += 1 }
      try writer.write(shares, to: layout.blocks(ofTile: tile).counted(from: window))
    }
    try writer.close()
    try folder.write(fileAt: path, to: name)
    var sums = AmountSums()
    for share in 1...100 { sums.add(Double(share), times: counts[share]) }
    try SideFiles(
      stem: String(name.dropLast(4)), title: title, style: .codes(.waterBlocks), grid: grid
    ).write(to: folder, statistics: sums.statistics)
  }
}

extension WaterBlocks {
  /// The file of the blocks of one size.
  static func name(ofBlock block: Int) -> String { "basemap/\(stem(ofBlock: block)).tif" }

  fileprivate static func stem(ofBlock block: Int) -> String { "water_\(block)" }
}
