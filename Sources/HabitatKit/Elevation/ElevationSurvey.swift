import GeoIO
import GroundGeometry
import Machine
import RasterCore
import RasterLoader
import Synchronization
import ZonalStatistics

/// What the cells of a DEM hold.
public struct ElevationSurvey: Sendable {
  /// Metres; `nil` where no cell has a height.
  public private(set) var range: ClosedRange<Float>?
  public private(set) var cells = 0
  /// Cells without a height, and their km²; overlapping tiles count each.
  public private(set) var voids = 0
  public private(set) var voidArea = 0.0
  /// Of these, undeclared numbers that are no height, by tile the lowest as stored, and their km²; around the parks
  /// where there are parks.
  public private(set) var impossible: [String: Float] = [:]
  public private(set) var impossibleArea = 0.0

  /// Reads every cell once, on all threads.
  ///
  /// - Parameters:
  ///   - parks: `nil` where the whole raster is the one area to report on.
  ///   - onlyThere: what lies apart from the parks is not read.
  /// - Throws: `.input`, slug `unreadable-block`.
  init(
    _ source: ElevationSource, around parks: ParkBoxes?, onlyThere: Bool = false, threads: Int,
    _ progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(HabitatError) {
    var work: [(tile: RasterTile, window: Window, parts: [Window])] = []
    for tile in source.tiles {
      let parts = try parks?.windows(on: tile.grid) ?? [tile.grid.window]
      work += tile.grid.window.pieces(tile.pieceSize, origin: tile.grid.window)
        .map { window in (tile, window, parts.filter { $0.intersection(window) != nil }) }
        .filter { !onlyThere || !$0.2.isEmpty }
    }
    let pieces = work
    let parts = Mutex<[Int: ElevationSurvey]>([:])
    try WorkerThreads.run(pieces.count, threads: threads) { numbers throws(HabitatError) in
      while let number = numbers.next() {
        let piece = pieces[number]
        let part = try ElevationSurvey(of: piece.tile, piece.window, impossibleIn: piece.parts)
        parts.withLock { $0[number] = part }
        progress(Double(number + 1) / Double(pieces.count))
      }
    }
    let found = parts.withLock { $0 }
    // By number, so that sums do not depend on the threads.
    for number in pieces.indices { if let part = found[number] { merge(part) } }
  }

  /// - Parameter parts: of the tile, where numbers that are no height matter.
  private init(
    of tile: RasterTile, _ window: Window, impossibleIn parts: [Window]
  ) throws(HabitatError) {
    let dataset = try RasterDataset(reading: tile.path)
    // Few pieces have voids, whose areas alone are asked for.
    lazy var areas = try? CellAreas(of: tile.grid, on: tile.grid.crs.geographicBase)
    var heights = [Float](repeating: 0, count: window.cellCount)
    try dataset.read(window, band: tile.bandNumber, into: &heights)
    var mask: [UInt8] = []
    if tile.band.hasMask {
      mask = [UInt8](repeating: 0, count: window.cellCount)
      try dataset.readMask(window, band: tile.bandNumber, into: &mask)
    }
    let (scale, offset) = (Float(tile.heightScale), Float(tile.heightOffset))
    let (nodata, marks) = (tile.nodata.map { Float($0) }, tile.voidMarks)
    var (lowest, highest) = (Float.infinity, -Float.infinity)
    for row in window.rowRange {
      var (rowVoids, rowImpossible) = (0, 0)
      let near = parts.filter { $0.rowRange.contains(row) }.map(\.columnRange)
      let first = (row - window.row) * window.columns
      for index in first..<first + window.columns {
        let raw = heights[index]
        let height = raw * scale + offset
        if height.isNaN || raw == nodata || !mask.isEmpty && mask[index] == 0 {
          rowVoids += 1
        } else if ImpossibleHeight.isImpossible(height) || marks.contains(raw) {
          rowVoids += 1
          let column = window.column + index - first
          guard near.contains(where: { $0.contains(column) }) else { continue }
          rowImpossible += 1
          impossible[tile.path] = min(raw, impossible[tile.path] ?? .infinity)
        } else {
          lowest = min(lowest, height)
          highest = max(highest, height)
        }
      }
      voids += rowVoids
      guard rowVoids > 0, let areas else { continue }
      let line = Window(column: window.column, row: row, columns: window.columns, rows: 1)
      // Rows of a projected grid hardly vary: their voids take the mean area of the piece's row.
      let mean = areas.unit.squareMetres(areas.units(of: line)) / 1e6 / Double(window.columns)
      voidArea += Double(rowVoids) * mean
      impossibleArea += Double(rowImpossible) * mean
    }
    cells = window.cellCount
    if lowest <= highest { range = lowest...highest }
  }

  /// Of numbers that are no height; `nil` where there are none.
  ///
  /// - Parameter parks: as the survey was made.
  func voidWarning(around parks: ParkBoxes?) -> HabitatWarning? {
    guard let lowest = impossible.values.min() else { return nil }
    return .impossibleHeights(
      lowest, impossibleArea, parks == nil ? "" : " around the parks", in: Array(impossible.keys))
  }

  private mutating func merge(_ other: ElevationSurvey) {
    cells += other.cells
    voids += other.voids
    voidArea += other.voidArea
    impossibleArea += other.impossibleArea
    impossible.merge(other.impossible, uniquingKeysWith: min)
    if let theirs = other.range {
      range =
        range.map {
          min($0.lowerBound, theirs.lowerBound)...max($0.upperBound, theirs.upperBound)
        } ?? theirs
    }
  }
}
