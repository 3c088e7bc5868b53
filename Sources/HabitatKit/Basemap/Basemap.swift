import RasterCore
import Synchronization

/// Land cover and heights at the size of a map for the screen, gathered band by band during the pass.
///
/// Bands decide cells of their own and may come in any order from any thread.
final class Basemap: Sendable {
  let plan: BasemapPlan
  private let cells: Mutex<Cells>

  private struct Cells {
    var categories: [UInt8]
    /// Empty until a tile brings heights; NaN where there is none.
    var heights: [Float] = []
  }

  init(of grid: Grid) {
    plan = BasemapPlan(of: grid)
    cells = Mutex(Cells(categories: [UInt8](repeating: 0, count: plan.grid.cellCount)))
  }

  /// The categories of a band's cells (0 where there is none) and their heights, NaN or no array where
  /// there are none.
  func take(_ band: Window, categories: [UInt8], elevation: [Float]) {
    let (columns, rows) = (plan.columns(under: band), plan.rows(under: band))
    guard let west = columns.first?.index else { return }
    let hasHeights = !elevation.isEmpty
    let width = columns.count
    var modes = [UInt8](repeating: 0, count: width * rows.count)
    var means = [Float](repeating: .nan, count: hasHeights ? width * rows.count : 0)
    // Each cell of the basemap looks at as many columns.
    let (offsets, along) = (columns.flatMap(\.offsets), columns[0].offsets.count)
    precondition(categories.count >= band.cellCount)
    precondition(!hasHeights || elevation.count >= band.cellCount)
    unsafe categories.withUnsafeBufferPointer { categories in
      unsafe elevation.withUnsafeBufferPointer { elevation in
        for (line, row) in rows.enumerated() {
          let starts = row.offsets.map { $0 * band.columns }
          for place in 0..<width {
            let index = line * width + place
            let columns = offsets.span.extracting(place * along..<(place + 1) * along)
            modes[index] = unsafe Self.mode(categories, starts.span, columns)
            guard hasHeights else { continue }
            means[index] = unsafe Self.mean(elevation, starts.span, columns)
          }
        }
      }
    }
    cells.withLock { cells in
      if hasHeights, cells.heights.isEmpty {
        cells.heights = [Float](repeating: .nan, count: plan.grid.cellCount)
      }
      for (line, row) in rows.enumerated() {
        let target = row.index * plan.grid.columns + west
        for place in 0..<width {
          cells.categories[target + place] = modes[line * width + place]
          if hasHeights { cells.heights[target + place] = means[line * width + place] }
        }
      }
    }
  }

  /// Row by row; 0 where there is no land cover.
  var categories: [UInt8] { cells.withLock { $0.categories } }

  var hasRelief: Bool { !heights.isEmpty }

  /// Metres, row by row; empty where no cell has any.
  var heights: [Float] {
    cells.withLock { cells in cells.heights.contains { !$0.isNaN } ? cells.heights : [] }
  }

  /// The most frequent category; 0 only where there is nothing else; the first of equals.
  ///
  /// - Parameters:
  ///   - starts: of the rows that are looked at.
  ///   - columns: that are looked at; with the rows at most sixteen cells.
  @inline(__always) private static func mode(
    _ categories: UnsafeBufferPointer<UInt8>, _ starts: Span<Int>, _ columns: Span<Int>
  ) -> UInt8 {
    // Eleven counts of five bits in one number.
    var counts: UInt64 = 0
    for row in starts.indices {
      for column in columns.indices {
        let category = unsafe categories[starts[row] &+ columns[column]]
        counts &+= 1 &<< (5 &* UInt64(category))
      }
    }
    func count(_ category: UInt8) -> UInt64 { counts &>> (5 &* UInt64(category)) & 31 }
    let first = unsafe categories[starts[0] &+ columns[0]]
    if first != 0, 2 &* count(first) >= starts.count &* columns.count { return first }
    let most = (1...10).reduce(0) { max($0, count($1)) }
    guard most > 0 else { return 0 }
    for row in starts.indices {
      for column in columns.indices {
        let category = unsafe categories[starts[row] &+ columns[column]]
        if category != 0, count(category) == most { return category }
      }
    }
    return 0
  }

  /// Of those that have a value; NaN where none has.
  @inline(__always) private static func mean(
    _ heights: UnsafeBufferPointer<Float>, _ starts: Span<Int>, _ columns: Span<Int>
  ) -> Float {
    var (sum, count) = (Float(0), Float(0))
    for row in starts.indices {
      var line = Float(0)
      for column in columns.indices { line += unsafe heights[starts[row] &+ columns[column]] }
      sum += line
    }
    // Most have all their heights.
    guard sum.isNaN else { return sum / Float(starts.count * columns.count) }
    sum = 0
    for row in starts.indices {
      for column in columns.indices {
        let height = unsafe heights[starts[row] &+ columns[column]]
        guard !height.isNaN else { continue }
        sum += height
        count += 1
      }
    }
    return count > 0 ? sum / count : .nan
  }
}
