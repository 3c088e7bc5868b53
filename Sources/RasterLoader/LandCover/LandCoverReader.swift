import GeoIO
public import RasterCore

/// Reads the land cover of windows of the analysis grid; owned by one task.
public struct LandCoverReader: ~Copyable {
  private let source: LandCoverSource
  private let table: CodeTable
  private var tiles: OpenTiles
  private var codes = CodeBuffer()
  /// Where the grid lies on tiles with a lattice of their own, by path, for the tiles read last.
  private var fields: [String: TileField] = [:]

  /// Cells of a tile on another lattice that are read at a time, but for a cell of the grid that holds more.
  public static let cellsAtOnce = 1 << 18
  private static let mostFields = 16

  /// A class, so that a dictionary can hold it: a field owns PROJ's operations, which are not copied.
  private final class TileField {
    let field: PositionField
    init(_ source: Grid, _ tile: Grid) throws(HabitatError) {
      field = try PositionField(from: source, to: tile)
    }
  }

  /// - Parameter blocks: what threads of a run share.
  public init(
    _ source: LandCoverSource, _ table: CodeTable, sharing blocks: DecodedBlocks = DecodedBlocks()
  ) {
    (self.source, self.table) = (source, table)
    tiles = OpenTiles(sharing: blocks)
  }

  /// Lays the tiles over one another; a cell without a value hides nothing.
  ///
  /// - Throws: `.input`: `unreadable-block`, `code-not-whole` and those of opening a file.
  public mutating func read(_ window: Window, into block: inout LandCoverBlock) throws(HabitatError)
  {
    block.notes = []
    let layers = source.layers.filter { $0.window.intersection(window) != nil }
    if layers.count == 1, layers[0].window.intersection(window) == window,
      case .aligned(let place) = layers[0].placement
    {
      // Most windows: nothing to lay over anything.
      try codes.read(window.counted(from: place), of: layers[0].tile, from: &tiles, table)
      swap(&block.states, &codes.states)
      return
    }
    block.states = [UInt8](repeating: LandState.gap.rawValue, count: window.cellCount)
    for layer in layers {
      guard let part = layer.window.intersection(window) else { continue }
      switch layer.placement {
      case .aligned(let place):
        try codes.read(part.counted(from: place), of: layer.tile, from: &tiles, table)
        lay(part, over: window, &block, note: 0)
      case .sampled:
        try sample(layer.tile, part)
        lay(part, over: window, &block, note: LandCoverBlock.Note.sampled)
      }
    }
  }

  /// Raw codes of the cells of `window`, for naming codes that the legend lacks: calls `body` with the
  /// index of each cell whose state is `state` and the code that stands there on top.
  public mutating func forEachCode(
    of state: LandState, in window: Window, _ body: (_ cell: Int, _ code: Int) -> Void
  ) throws(HabitatError) {
    let marked = CodeBuffer.CodesOfState(state)
    var top = [Int?](repeating: nil, count: window.cellCount)
    for layer in source.layers {
      guard let part = layer.window.intersection(window) else { continue }
      switch layer.placement {
      case .aligned(let place):
        try codes.read(
          part.counted(from: place), of: layer.tile, from: &tiles, table, keeping: marked)
      case .sampled:
        try sample(layer.tile, part, keeping: marked)
      }
      for row in 0..<part.rows {
        for column in 0..<part.columns {
          let index = row * part.columns + column
          guard codes.states[index] != 0, codes.states[index] != LandState.gap.rawValue else {
            continue
          }
          let cell =
            (part.row - window.row + row) * window.columns + part.column - window.column + column
          top[cell] = codes.states[index] == state.rawValue ? marked.codes[index] : nil
        }
      }
    }
    for (cell, code) in top.enumerated() {
      if let code { body(cell, code) }
    }
  }

  private func lay(_ part: Window, over window: Window, _ block: inout LandCoverBlock, note: UInt8)
  {
    for row in 0..<part.rows {
      let target = (part.row - window.row + row) * window.columns + part.column - window.column
      for column in 0..<part.columns {
        let above = codes.states[row * part.columns + column]
        let below = block.states[target + column]
        if above == LandState.gap.rawValue { continue }
        if above == 0 {
          if below == LandState.gap.rawValue { block.states[target + column] = 0 }
          continue
        }
        let disagrees = below != 0 && below != LandState.gap.rawValue && below != above
        block.states[target + column] = above
        let bits = note | (disagrees ? LandCoverBlock.Note.disagreement : 0)
        guard bits != 0 else { continue }
        if block.notes.isEmpty { block.notes = [UInt8](repeating: 0, count: window.cellCount) }
        block.notes[target + column] |= bits
      }
    }
  }

  /// The states of `part` of the grid, each from the tile's cell that holds its centre.
  private mutating func sample(
    _ tile: RasterTile, _ part: Window, keeping marked: CodeBuffer.CodesOfState? = nil
  ) throws(HabitatError) {
    var result = [UInt8](repeating: LandState.gap.rawValue, count: part.cellCount)
    var kept = [Int](repeating: 0, count: marked == nil ? 0 : part.cellCount)
    let field = try field(on: tile)
    for patch in field.field.patches(holding: part) {
      var open = patch.window.intersection(part).map { [$0] } ?? []
      while let cells = open.popLast() {
        guard let under = field.field.window(under: cells, in: patch, of: tile.grid) else {
          continue
        }
        if under.cellCount > Self.cellsAtOnce, cells.cellCount > 1 {
          open += cells.halves
          continue
        }
        try codes.read(under, of: tile, from: &tiles, table, keeping: marked)
        for row in cells.rowRange {
          let start = (row - part.row) * part.columns + cells.column - part.column
          field.field.forEachPosition(
            of: cells.columnRange, row: row, offset: 0.5, samples: 1, in: patch
          ) { index, position in
            guard position.x >= 0, position.y >= 0, position.x < Double(tile.grid.columns),
              position.y < Double(tile.grid.rows)
            else { return }
            let (column, row) = (Int(position.x) - under.column, Int(position.y) - under.row)
            guard (0..<under.columns).contains(column), (0..<under.rows).contains(row) else {
              return
            }
            result[start + index] = codes.states[row * under.columns + column]
            if let marked { kept[start + index] = marked.codes[row * under.columns + column] }
          }
        }
      }
    }
    codes.states = result
    marked?.codes = kept
  }

  private mutating func field(on tile: RasterTile) throws(HabitatError) -> TileField {
    if let field = fields[tile.path] { return field }
    if fields.count >= Self.mostFields { fields = [:] }
    let field = try TileField(source.grid, tile.grid)
    fields[tile.path] = field
    return field
  }
}

extension PositionField {
  /// The cells of the target that hold the centres of `cells`, `nil` where there are none.
  fileprivate func window(under cells: Window, in patch: Patch, of target: Grid) -> Window? {
    guard cells.cellCount == 1 else {
      return bounds(of: cells, in: patch, samples: 1).flatMap(target.cells(in:))
    }
    // However many cells lie under one cell of the grid, its centre lies in one.
    var centre: Point?
    forEachPosition(of: cells.columnRange, row: cells.row, offset: 0.5, samples: 1, in: patch) {
      centre = Point(x: $1.x, y: $1.y)
    }
    guard let centre, centre.x.isFinite, centre.y.isFinite else { return nil }
    return target.cells(in: Extent(minX: centre.x, minY: centre.y, maxX: centre.x, maxY: centre.y))
  }
}

extension Grid {
  /// The cells that a box in columns and rows touches, `nil` when there are none.
  fileprivate func cells(in box: Extent) -> Window? {
    func range(_ low: Double, _ high: Double, _ count: Int) -> Range<Int> {
      let first = Int(max(-1, min(Double(count), low.rounded(.down) - 1)))
      let last = Int(max(-1, min(Double(count), high.rounded(.up) + 1)))
      return (first..<max(first, last)).clamped(to: 0..<count)
    }
    let across = range(box.minX, box.maxX, columns)
    let down = range(box.minY, box.maxY, rows)
    guard !across.isEmpty, !down.isEmpty else { return nil }
    return Window(
      column: across.lowerBound, row: down.lowerBound, columns: across.count, rows: down.count)
  }
}
