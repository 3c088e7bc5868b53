import RasterCore
import Synchronization

/// Land cover and heights at the size of a map for the screen, gathered band by band during the pass.
///
/// Bands decide cells of their own and may come in any order from any thread.
final class Basemap: Sendable {
  let plan: BasemapPlan
  /// Of the maps that show more than the basemap does.
  let water: WaterBlocks
  private let cells: Mutex<Cells>

  private struct Cells {
    var categories: [UInt8]
    /// Empty until a tile brings heights; NaN where there is none.
    var heights: [Float] = []
  }

  init(_ plan: BasemapPlan, water: WaterBlocks = WaterBlocks()) {
    (self.plan, self.water) = (plan, water)
    cells = Mutex(Cells(categories: [UInt8](repeating: 0, count: plan.grid.cellCount)))
  }

  /// The categories of a band's cells (0 where there is none) and their heights, NaN or no array where
  /// there are none.
  func take(_ band: Window, categories: [UInt8], elevation: [Float]) {
    water.take(band, categories: categories)
    let (columns, rows) = (plan.columns(under: band), plan.rows(under: band))
    guard let west = columns.first?.index, !rows.isEmpty else { return }
    let hasHeights = !elevation.isEmpty
    let width = columns.count
    var modes = [UInt8](repeating: 0, count: width * rows.count)
    var means = [Float](repeating: .nan, count: hasHeights ? width * rows.count : 0)
    // Each cell of the basemap looks at as many columns.
    let (offsets, along) = (columns.flatMap(\.offsets), columns[0].offsets.count)
    precondition(categories.count >= band.cellCount)
    precondition(!hasHeights || elevation.count >= band.cellCount)
    for (line, row) in rows.enumerated() {
      let starts = row.offsets.map { $0 * band.columns }
      let places = line * width..<(line + 1) * width
      unsafe modes.withUnsafeMutableBufferPointer { modes in
        unsafe Self.fill(modes.extracting(places), categories, starts, offsets, along, Self.mode)
      }
      guard hasHeights else { continue }
      unsafe means.withUnsafeMutableBufferPointer { means in
        unsafe Self.fill(means.extracting(places), elevation, starts, offsets, along, Self.mean)
      }
    }
    cells.withLock { cells in
      if hasHeights, cells.heights.isEmpty {
        cells.heights = [Float](repeating: .nan, count: plan.grid.cellCount)
      }
      for (line, row) in rows.enumerated() {
        let target = row.index * plan.grid.columns + west
        let source = line * width..<(line + 1) * width
        cells.categories.replace(from: target, by: modes[source])
        if hasHeights { cells.heights.replace(from: target, by: means[source]) }
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

  // MARK: Cells that stand for one

  /// Sums up, for each cell of a row of the basemap, the values that stand for it.
  ///
  /// - Parameters:
  ///   - starts: of the rows that are looked at.
  ///   - offsets: of the columns, `along` for each cell; with the rows at most sixteen values a cell.
  @inline(__always) private static func fill<Value>(
    _ target: UnsafeMutableBufferPointer<Value>, _ values: [Value], _ starts: [Int],
    _ offsets: [Int], _ along: Int, _ summary: (Samples<Value>) -> Value
  ) {
    unsafe values.withUnsafeBufferPointer { values in
      unsafe starts.withUnsafeBufferPointer { starts in
        unsafe offsets.withUnsafeBufferPointer { offsets in
          guard let values = values.baseAddress, let offsets = offsets.baseAddress else { return }
          @inline(__always) func sum(up place: Int, _ rows: Int, _ along: Int) -> Value {
            unsafe summary(
              Samples(
                values: values, starts: starts.baseAddress.unsafelyUnwrapped, rows: rows,
                columns: offsets + place &* along, along: along))
          }
          // Nearly all large grids: loops of known length.
          if starts.count == BasemapPlan.samples, along == BasemapPlan.samples {
            for place in target.indices {
              unsafe target[place] = sum(up: place, BasemapPlan.samples, BasemapPlan.samples)
            }
          } else {
            for place in target.indices {
              unsafe target[place] = sum(up: place, starts.count, along)
            }
          }
        }
      }
    }
  }

  /// The values that stand for a cell, row by row.
  @safe private struct Samples<Value> {
    let values: UnsafePointer<Value>
    let starts: UnsafePointer<Int>
    let rows: Int
    let columns: UnsafePointer<Int>
    let along: Int

    var count: Int { rows &* along }

    @inline(__always) subscript(row: Int, column: Int) -> Value {
      unsafe values[starts[row] &+ columns[column]]
    }
  }

  /// The most frequent category; 0 only where there is nothing else; the first of equals.
  @inline(__always) private static func mode(_ categories: Samples<UInt8>) -> UInt8 {
    // Eleven counts of five bits in one number.
    var counts: UInt64 = 0
    for row in 0..<categories.rows {
      for column in 0..<categories.along {
        counts &+= 1 &<< (5 &* UInt64(categories[row, column]))
      }
    }
    func count(_ category: UInt8) -> UInt64 { counts &>> (5 &* UInt64(category)) & 31 }
    let first = categories[0, 0]
    if first != 0, 2 &* count(first) >= categories.count { return first }
    let most = (1...10).reduce(0) { max($0, count($1)) }
    guard most > 0 else { return 0 }
    for row in 0..<categories.rows {
      for column in 0..<categories.along {
        let category = categories[row, column]
        if category != 0, count(category) == most { return category }
      }
    }
    return 0
  }

  /// Of those that have a value; NaN where none has.
  @inline(__always) private static func mean(_ heights: Samples<Float>) -> Float {
    var (sum, count) = (Float(0), Float(0))
    for row in 0..<heights.rows {
      var line = Float(0)
      for column in 0..<heights.along { line += heights[row, column] }
      sum += line
    }
    // Most have all their heights.
    guard sum.isNaN else { return sum / Float(heights.count) }
    sum = 0
    for row in 0..<heights.rows {
      for column in 0..<heights.along {
        let height = heights[row, column]
        guard !height.isNaN else { continue }
        sum += height
        count += 1
      }
    }
    return count > 0 ? sum / count : .nan
  }
}

extension Array {
  /// Puts elements into the places from `first` on, all at once: one by one, the array would be looked at for each.
  fileprivate mutating func replace(from first: Int, by elements: ArraySlice<Element>) {
    let places = first..<first + elements.count
    unsafe withUnsafeMutableBufferPointer { buffer in
      _ = unsafe buffer.extracting(places).update(fromContentsOf: elements)
    }
  }
}
