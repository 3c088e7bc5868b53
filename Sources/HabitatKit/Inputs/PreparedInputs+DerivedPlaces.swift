import Machine
import RasterCore
import RasterLoader
import Synchronization
import ZonalStatistics

extension PreparedInputs {
  /// Looks for what the distances of a layer are measured to among the cells of the land cover, where the landscape
  /// says so: one more pass over the land cover, of a part as far as the last knot beyond it.
  ///
  /// - Parameters:
  ///   - layer: one of `distances.derived`.
  ///   - progress: the share done, 0…1.
  /// - Throws: what reading the land cover throws, and `.interrupted`.
  mutating func derivePlaces(
    of layer: Layer, threads: Int, sharing blocks: DecodedBlocks = DecodedBlocks(),
    progress: @escaping @Sendable (Double) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(HabitatError) {
    guard let limit = distances.derived[layer], let land = wholeLand,
      var patches = layer.patches(on: land.stack.landCover.grid)
    else { return }
    let whole = land.stack.landCover.grid
    let unit = land.cellAreas.unit.squareMetres
    func look(in windows: [Window]) throws(HabitatError) {
      try land.addPatches(
        of: windows, to: &patches, threads: threads, sharing: blocks, progress: progress,
        isCancelled: isCancelled)
    }
    if grid == whole {
      try look(in: (0..<Strip.count(in: whole)).map { Strip.window($0, of: whole) })
    } else {
      let near = try NearbySquares(around: grid, limit: limit, ground: ground).squares
      var known: Set<NearbySquares.Square> = []
      var wanted = near
      while !wanted.isEmpty {
        try look(in: wanted.windows(in: whole))
        known.formUnion(wanted)
        wanted = patches.squaresToCome(unit: unit, near: near, known: known, in: whole)
      }
    }
    distances.take(
      derived: try patches.source(for: grid, unit: unit, ground: ground, limit: limit), of: layer)
  }
}

extension WholeLand {
  /// Reads windows of the whole, apart from one another.
  fileprivate func addPatches(
    of windows: [Window], to patches: inout CategoryPatches, threads: Int,
    sharing blocks: DecodedBlocks, progress: @escaping @Sendable (Double) -> Void,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(HabitatError) {
    let empty = patches.emptied
    let all = Mutex(patches)
    try WorkerThreads.run(windows.count, threads: threads) { numbers throws(HabitatError) in
      var reader = try StackReader(stack, layers: [], sharing: blocks)
      var block = StackBlock()
      while let number = numbers.next() {
        if isCancelled() { throw .interrupted }
        var found = empty
        for part in windows[number].slices {
          try reader.readLandCover(part, into: &block)
          for row in part.rowRange {
            let start = (row - part.row) * part.columns
            found.add(
              row: row, from: part.column, states: block.land.states[start..<start + part.columns]
            ) { cellAreas.area(column: $0, row: row) }
          }
        }
        all.withLock { $0.merge(found) }
        progress(Double(number + 1) / Double(windows.count))
      }
    }
    patches = all.withLock { $0 }
  }
}

extension CategoryPatches {
  /// Squares into which patches go on that reach land near the grid and are too small as far as they are known.
  fileprivate func squaresToCome(
    unit: Double, near: Set<NearbySquares.Square>, known: Set<NearbySquares.Square>, in whole: Grid
  ) -> Set<NearbySquares.Square> {
    var nearPatches: Set<Int> = []
    var goingOn: [(patch: Int, square: NearbySquares.Square)] = []
    forEachSmallPatchRun(unit: unit) { row, columns, patch in
      let inside =
        stride(from: columns.lowerBound, to: columns.upperBound, by: NearbySquares.side)
        + [columns.upperBound - 1]
      for column in inside where near.contains(.init(holdingColumn: column, row: row)) {
        nearPatches.insert(patch)
      }
      for column in inside + [columns.lowerBound - 1, columns.upperBound] {
        for next in row - 1...row + 1 {
          let square = NearbySquares.Square(holdingColumn: column, row: next)
          if !known.contains(square), square.cells.intersection(whole.window) != nil {
            goingOn.append((patch, square))
          }
        }
      }
    }
    return Set(goingOn.filter { nearPatches.contains($0.patch) }.map(\.square))
  }
}

extension Set<NearbySquares.Square> {
  /// Squares that lie side by side as one window.
  fileprivate func windows(in whole: Grid) -> [Window] {
    var windows: [Window] = []
    for square in sorted(by: { ($0.row, $0.column) < ($1.row, $1.column) }) {
      guard let cells = square.cells.intersection(whole.window) else { continue }
      if let last = windows.last, last.row == cells.row,
        last.columnRange.upperBound == cells.column
      {
        windows[windows.count - 1].columns += cells.columns
      } else {
        windows.append(cells)
      }
    }
    return windows
  }
}

extension Window {
  /// Whole rows, but few at a time, so that wide windows stay within a few megabytes.
  fileprivate var slices: [Window] {
    let height = Swift.max(1, Swift.min(rows, (4 << 20) / Swift.max(1, columns)))
    return stride(from: 0, to: rows, by: height).map { row in
      Window(
        column: column, row: self.row + row, columns: columns,
        rows: Swift.min(height, rows - row))
    }
  }
}
