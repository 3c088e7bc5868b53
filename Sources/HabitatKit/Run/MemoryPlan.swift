import GeoIO
import Machine
import RasterCore
import RasterLoader
import ZonalStatistics

/// How a run keeps within the memory it may use: threads, tiles that a thread hands on at a time, and
/// decoded blocks of inputs that are kept.
///
/// Nothing of it changes a result. Where memory is short pages and freed arrays go back to the system first,
/// then the blocks are fewer (those that straddle two strips are then decoded twice), then batches smaller,
/// then threads fewer.
struct MemoryPlan: Hashable, Sendable {
  let threads: Int
  let tilesAcross: Int
  /// Of decoded blocks that all threads share.
  let blockBytes: Int
  /// What the whole process takes at most.
  let totalBytes: Int
  /// What it is expected to take: few threads wait for one another with all they may have done.
  let expectedBytes: Int
  /// What a run needs no more is given back before its cells are read, and arrays whenever they are freed.
  let isShort: Bool

  /// What is left of `MemoryLimits.openBytes` where pages of libraries are given back, with those that the cells' pass and the writing need.
  private static let keptBytes = 46 << 20
  private static let tileCells = Strip.tile * Strip.tile

  /// - Parameter maps: what is counted for the maps of a report.
  /// - Throws: `.cannotWrite`, slug `memory-too-small`.
  init(
    for inputs: PreparedInputs, _ maps: [BlockPlan] = [], layers: Set<OutputLayer>, threads: Int,
    limits: MemoryLimits
  ) throws(HabitatError) {
    let demand = Demand(inputs, maps, layers)
    let outlines = inputs.outlines?.bytes(threads: 1) ?? 0
    let least = MemoryLimits.openBytes + outlines
    let asked = max(1, min(threads, Strip.count(in: inputs.grid) * demand.tileColumns))
    // Between arrays that are freed at other times than they were made the heap has gaps: a quarter.
    let ample = demand.bytes(threads: asked, tilesAcross: 4) + demand.allBlocks(threads: asked)
    if max(least, MemoryLimits.openBytes + ample * 5 / 4) <= limits.resident,
      ample * 5 / 4 <= limits.room(threads: asked)
    {
      (self.threads, tilesAcross, isShort) = (asked, 4, false)
      blockBytes = demand.allBlocks(threads: asked)
      totalBytes = max(least, MemoryLimits.openBytes + ample * 5 / 4)
      expectedBytes = max(
        least, MemoryLimits.openBytes + ample - demand.rarelyFilled(threads: asked, tilesAcross: 4))
      return
    }
    isShort = true
    for threads in stride(from: asked, through: 1, by: -1) {
      let room = min(limits.resident - Self.keptBytes, limits.room(threads: threads))
      guard limits.resident >= least else { break }
      for tiles in [4, 2, 1] {
        let rest = demand.bytes(threads: threads, tilesAcross: tiles)
        guard rest + demand.leastBlocks * threads <= room else { continue }
        blockBytes = min(demand.allBlocks(threads: threads), room - rest)
        (self.threads, tilesAcross) = (threads, tiles)
        totalBytes = max(least, Self.keptBytes + rest + blockBytes)
        expectedBytes = max(
          least, totalBytes - demand.rarelyFilled(threads: threads, tilesAcross: tiles))
        return
      }
    }
    let growth = demand.bytes(threads: 1, tilesAcross: 1) + demand.leastBlocks
    throw limits.refusal(
      least: max(least, Self.keptBytes + growth), growth: max(outlines, growth))
  }

  /// Makes the process keep to the plan, where memory is short.
  func prepareProcess() {
    guard isShort else { return }
    LibraryPages.giveBack()
    ProcessHeap.returnFreedArrays()
  }

  /// What the parts of a run take, in bytes.
  private struct Demand {
    let tileColumns: Int
    /// Blocks of inputs under a tile: without them a block is decoded again for each row of cells.
    let leastBlocks: Int
    /// Blocks that let each be decoded once: those of a strip, and those that reach into the next.
    private let strips: Int
    private let fixed: Int
    private let perThread: Int
    /// Of one tile with its overviews, of all rasters.
    private let tileOutput: Int
    /// Of all rasters, where GDAL encodes tiles on threads of its own.
    private let encoding: Int
    /// Of one species as a document, which is made when the cells are done.
    private let table: Int
    private let species: Int

    init(_ inputs: PreparedInputs, _ maps: [BlockPlan], _ layers: Set<OutputLayer>) {
      let grid = inputs.grid
      tileColumns = (grid.columns + Strip.tile - 1) / Strip.tile
      let demands = inputs.blockDemands
      leastBlocks = demands.reduce(0) { $0 + $1.underTile }
      strips = demands.reduce(0) { $0 + $1.underStrip }
      let cellBytes =
        layers.reduce(0) { $0 + $1.cellBytes } * inputs.scorers.count
      let zones = inputs.zones
      // Overviews from the second on wait for the rows that fill their tiles.
      let waiting = grid.columns * LayerFile<UInt8>.overviewTile / 2 * cellBytes
      fixed =
        inputs.basemap.grid.cellCount * 5 + WaterBlocks.mostBytes(for: maps, on: grid)
        + waiting + (inputs.outlines?.keptBytes ?? 0)
        + zones.reduce(0) { $0 + 2 * $1.byteCount }
        + MemoryPlan.tallyBytes(zones.count, inputs.scorers.count)
      perThread =
        MemoryPlan.tallyBytes(zones.count, inputs.scorers.count) + tileCells * 16
        + inputs.distances.planeCount * tileCells * 4 + inputs.terrainBytesUnderTile
        + inputs.sampledCodeBytes
      tileOutput = tileCells * cellBytes * 4 / 3
      encoding = tileCells * cellBytes * 2
      table = (inputs.parks?.parks.count ?? 0) * 14_000
      species = inputs.scorers.count
    }

    func allBlocks(threads: Int) -> Int { max(strips, leastBlocks * threads) }

    func bytes(threads: Int, tilesAcross: Int) -> Int {
      // Batches being scored, waiting for their turn and being written; one thread does all by itself.
      let batches = threads > 1 ? 2 * threads + 1 : 1
      let pass =
        threads * perThread + batches * tilesAcross * tileOutput
        + (threads > 1 ? (threads + 1) * encoding : encoding)
      return fixed + max(pass, min(threads, species) * table)
    }

    /// Room for batches that wait for their turn, which few do at a time.
    func rarelyFilled(threads: Int, tilesAcross: Int) -> Int {
      threads > 1 ? threads * tilesAcross * tileOutput : 0
    }
  }

  private static func tallyBytes(_ zones: Int, _ species: Int) -> Int {
    zones * (species + 1) * (CellCode.count + 1) * 8
  }
}

extension OutputLayer {
  fileprivate var cellBytes: Int {
    switch self {
    case .suitabilityClass, .limiting: 1
    case .score, .resistance: 4
    }
  }
}

/// Bytes of decoded blocks of one input.
private struct BlockDemand {
  let underTile: Int
  let underStrip: Int

  /// - Parameters:
  ///   - ratio: cells of the input along a side of a cell of the grid.
  ///   - cellsAtOnce: of the input, where it is read in smaller parts than a tile of the grid.
  init(_ tiles: [RasterTile], ratio: Double, on grid: Grid, cellsAtOnce: Int = .max) {
    func most(_ value: (RasterTile) -> Int) -> Int { tiles.map(value).max() ?? 0 }
    let cellBytes = most { $0.band.cellBytes }
    let (width, height) = (most { $0.band.blockColumns }, most { $0.band.blockRows })
    let side = Int((Double(Strip.tile) * ratio).rounded(.up)) + 4
    // No input has more columns.
    let across = min(Int(bounded: (Double(grid.columns) * ratio).rounded(.up)), 50_000_000) + width
    // A row of cells of the grid may run across rows of the input: a tenth more.
    let down = side + side / 10
    // Parts are halved along their longer side: at most twice as long as wide, down to one cell.
    let oneCell = Int(ratio.rounded(.up)) + 4
    let part = min(down, max(2 * Int(Double(cellsAtOnce).squareRoot()), oneCell))
    func blocks(_ cells: Int, _ block: Int) -> Int { (cells + block - 2) / max(block, 1) + 1 }
    // There are no more than all.
    let all = tiles.reduce(0) { $0 + $1.bytesOfBlocks }
    underTile = min(
      blocks(part, width) * width * blocks(part, height) * height * cellBytes, all)
    let held = across * (down + 2 * height) * cellBytes
    underStrip = min(held, all)
  }
}

extension RasterTile {
  /// Of all its blocks, those at its rims whole.
  fileprivate var bytesOfBlocks: Int {
    func padded(_ cells: Int, _ block: Int) -> Int {
      let block = max(block, 1)
      return (cells + block - 1) / block * block
    }
    return padded(grid.columns, band.blockColumns) * padded(grid.rows, band.blockRows)
      * band.cellBytes
  }
}

extension PreparedInputs {
  fileprivate var blockDemands: [BlockDemand] {
    var demands = [demand(of: landCover)]
    for lattice in elevation?.lattices ?? [] {
      demands.append(
        BlockDemand(
          lattice.placements.map(\.tile), ratio: ratio(of: lattice.grid), on: grid,
          cellsAtOnce: TerrainSampler.cellsAtOnce))
    }
    return demands + (refinement?.parts ?? []).map { demand(of: $0.source) }
  }

  private func demand(of source: LandCoverSource) -> BlockDemand {
    let ratios = source.sampledTiles.map { ratio(of: $0.grid) }
    return BlockDemand(
      source.tiles, ratio: max(1, ratios.max() ?? 1), on: grid,
      cellsAtOnce: ratios.isEmpty ? .max : LandCoverReader.cellsAtOnce)
  }

  /// Codes, and what becomes of them, of tiles that a reader samples.
  fileprivate var sampledCodeBytes: Int {
    ([landCover] + (refinement?.parts ?? []).map(\.source)).reduce(0) { sum, source in
      let widest = source.sampledTiles.map(\.band.cellBytes).max()
      return sum + (widest.map { LandCoverReader.cellsAtOnce * ($0 + 1) } ?? 0)
    }
  }

  /// Cells of another grid along a side of a cell of the analysis grid; of more than these no memory holds all.
  private func ratio(of other: Grid) -> Double {
    let ratio = (grid.middleCellArea / other.middleCellArea).squareRoot()
    return ratio.isNaN ? 1 : min(ratio, 1e5)
  }

  /// Heights and slopes of the DEM cells that a sampler holds, 12 bytes each.
  fileprivate var terrainBytesUnderTile: Int {
    (elevation?.lattices ?? []).reduce(0) { sum, lattice in
      let side = 1.2 * Double(Strip.tile) * ratio(of: lattice.grid)
      let oneCell = 1.2 * ratio(of: lattice.grid) + 4
      return sum
        + 12 * Int(min(side * side, max(Double(TerrainSampler.cellsAtOnce), oneCell * oneCell)))
    }
  }
}
