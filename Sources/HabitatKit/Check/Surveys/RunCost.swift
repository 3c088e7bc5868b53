import Foundation
import RasterCore
import RasterLoader

/// What a scoring run of one species would cost, roughly: within a factor of two on a machine of 2020.
///
/// A thread reads and scores 25 million cells a second without terrain and 8 million with it, DEM cells
/// included at 20 million a second. A thread holds a strip of 512 rows (a byte a cell), a chunk of it in
/// working form (24 bytes a cell of 2,048 × 512), and DEM blocks (64 MB); blocks of files may take a
/// quarter of `--memory`. The class raster with overviews takes at most 1.33 bytes a cell, of real
/// landscapes about a tenth.
public struct RunCost: Hashable, Sendable {
  public let seconds: Double
  public let megabytes: Double
  /// Of the class raster, as a rule and at most.
  public let diskMegabytes: Double
  public let diskMegabytesAtMost: Double

  init(grid: Grid, demCells: Int, hasTerrain: Bool, threads: Int, memory: Int) {
    let cells = Double(grid.cellCount)
    let threadCount = Double(max(threads, 1))
    let work = cells / (hasTerrain ? 8e6 : 25e6) + Double(demCells) / 20e6
    seconds = 0.1 + work / threadCount
    let strip = Double(grid.columns) * Double(min(Strip.tile, grid.rows))
    let chunk = Double(min(Strip.chunkColumns, grid.columns) * min(Strip.tile, grid.rows))
    let perThread = 2 * strip + 24 * chunk + (hasTerrain ? 64e6 : 0)
    megabytes = (40e6 + threadCount * perThread + Double(memory) * 1_048_576 / 4) / 1e6
    diskMegabytes = 0.13 * cells / 1e6
    diskMegabytesAtMost = 1.33 * cells / 1e6
  }
}
