import RasterCore

/// The tiles of the outputs in the order in which they stand in the files, row by row, and how many
/// neighbours one thread scores before it hands them on.
///
/// The order is that of the tiles, whatever the batches: so files do not depend on their size, which goes
/// with the memory there is.
struct TileBatches: Sendable {
  let grid: Grid
  /// Tiles of a batch; the last of a row may be shorter.
  let tilesAcross: Int
  /// The numbers of the batches that are meant, where not all are.
  private var chosen: [Int]?

  init(of grid: Grid, tilesAcross: Int) {
    (self.grid, self.tilesAcross) = (grid, max(1, tilesAcross))
  }

  var count: Int { chosen?.count ?? countOfAll }
  private var tileColumns: Int { (grid.columns + Strip.tile - 1) / Strip.tile }
  private var batchesInRow: Int { (tileColumns + tilesAcross - 1) / tilesAcross }
  /// Columns of tiles that a sample is taken from.
  private var sampledColumns: Int { max(grid.columns / Strip.tile, 1) }
  private var countOfAll: Int { batchesInRow * Strip.count(in: grid) }

  /// The windows of a batch's tiles, from west to east; of a sample, only whole ones where there are such.
  func tiles(ofBatch place: Int) -> [Window] {
    guard batchesInRow > 0 else { return [] }
    let number = chosen?[place] ?? place
    let strip = Strip.window(number / batchesInRow, of: grid)
    let first = number % batchesInRow * tilesAcross
    let end = min(first + tilesAcross, chosen == nil ? tileColumns : sampledColumns)
    return (first..<max(first, end)).map { tile in
      let column = tile * Strip.tile
      return Window(
        column: column, row: strip.row, columns: min(Strip.tile, grid.columns - column),
        rows: strip.rows)
    }
  }

  /// Some batches spread over the grid, in an order in which any number of the first ones is spread, too;
  /// only of whole tiles, where there are such.
  ///
  /// Each comes with the one below it, so that blocks of inputs that reach over are shared as in a run.
  /// Where too few are left after those skipped, it begins again with the first.
  ///
  /// Source: the golden ratio's multiples, taken modulo 1, are spread about evenly.
  ///
  /// - Parameter isMeant: which batches, by their tiles.
  func sample(
    of pairs: Int, after skipped: Int = 0, where isMeant: ([Window]) -> Bool = { _ in true }
  ) -> TileBatches {
    let strips = max(grid.rows / Strip.tile, 1)
    let across = (sampledColumns + tilesAcross - 1) / tilesAcross
    let (rows, all) = ((strips + 1) / 2, (strips + 1) / 2 * across)
    let step = Self.stepPrimeTo(all)
    var found: [[Int]] = []
    for place in 0..<all where found.count < skipped + pairs {
      let pair = place * step % all
      let (row, column) = (pair % rows * 2, pair / rows)
      let batches = [row, row + 1].filter { $0 < strips }.map { $0 * batchesInRow + column }
        .filter { isMeant(tiles(ofBatch: $0)) }
      if !batches.isEmpty { found.append(batches) }
    }
    let places = skipped..<skipped + min(pairs, found.count)
    var sample = self
    sample.chosen = places.flatMap { found[$0 % found.count] }
    return sample
  }

  /// Cells of all batches that are meant.
  func cells(where isMeant: ([Window]) -> Bool) -> Int {
    (0..<count).reduce(0) { sum, number in
      let tiles = tiles(ofBatch: number)
      return isMeant(tiles) ? sum + tiles.reduce(0) { $0 + $1.cellCount } : sum
    }
  }

  private static func stepPrimeTo(_ count: Int) -> Int {
    func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
    var step = max(1, Int(Double(count) * 0.618_033_988_75))
    while divisor(step, count) != 1 { step += 1 }
    return step
  }
}
