package import RasterCore

extension ZoneMap {
  /// The nearest core of each cell of a grid as the crow flies, from centre to centre; the first one of several
  /// that are equally near. Cells need not be passable.
  ///
  /// Squares of distances are separable: first the nearest core cell of each row is found, then each column looks for
  /// the lowest of the parabolas that stand on its rows (Felzenszwalb and Huttenlocher 2012, *Theory of Computing* 8,
  /// 415–428). Where rows are not alike, an eastward distance is measured along the core cell's row. Ties are exact
  /// where cells are square.
  ///
  /// - Parameter cores: in rising order of their numbers.
  /// - Complexity: O(cells).
  package static func nearest(of cores: [Core], columns: Int, steps: StepLengths) -> ZoneMap {
    let grid = PaddedGrid(columns: columns, rows: steps.rows)
    var zones = ZoneMap(grid, ids: cores.map(\.id))
    for (offset, core) in cores.enumerated().reversed() {
      for cell in core.cells { zones.ranks[grid.index(cell)] = UInt32(offset + 1) }
    }
    let nearest = nearestInRow(zones.ranks, grid)
    // In units of a cell's width: where cells are square, squares of distances are whole numbers and ties are exact.
    let unit = steps.east[0]
    let east = steps.east.map { $0 / unit }
    let southings = steps.southings.map { $0 / unit }
    let (width, height) = (Double(columns) * (east.max() ?? 1), southings[southings.count - 1])
    var envelope = ParabolaEnvelope(greatest: width * width + height * height)
    for column in 0..<columns {
      envelope.clear()
      for row in 0..<grid.rows {
        let core = Int(nearest[row * columns + column])
        guard core >= 0 else { continue }
        let away = Double(core - column) * east[row]
        envelope.add(
          at: southings[row], squared: away * away,
          rank: zones.ranks[grid.index(row: row, column: core)])
      }
      envelope.apply(at: southings) { row, rank in
        // Cells of cores are read for the columns to come; they are their own nearest and do not change.
        zones.ranks[grid.index(row: row, column: column)] = rank
      }
    }
    return zones
  }

  /// By cell, the column of the nearest core cell of its row, the one of the first core of two; −1 = none.
  private static func nearestInRow(_ ranks: [UInt32], _ grid: PaddedGrid) -> [Int32] {
    var nearest = Array(repeating: Int32(-1), count: grid.columns * grid.rows)
    for row in 0..<grid.rows {
      let first = grid.index(row: row, column: 0)
      var last = -1
      for column in 0..<grid.columns {
        if ranks[first + column] != 0 { last = column }
        nearest[row * grid.columns + column] = Int32(last)
      }
      last = -1
      for column in (0..<grid.columns).reversed() {
        if ranks[first + column] != 0 { last = column }
        let west = Int(nearest[row * grid.columns + column])
        guard last >= 0 else { continue }
        let isNearer =
          west < 0
          || (last - column, ranks[first + last]) < (column - west, ranks[first + west])
        if isNearer { nearest[row * grid.columns + column] = Int32(last) }
      }
    }
    return nearest
  }
}

/// The lowest of parabolas of one shape, along a line.
///
/// To a parabola's height the core's rank is added as a minute fraction, so that of equally near cores the first
/// one's is the lowest: squared distances are scaled so far that they still fit whole into a Double.
private struct ParabolaEnvelope {
  private struct Parabola {
    let position: Double
    let height: Double
    let rank: UInt32
    /// From where on it is the lowest.
    var start: Double
  }

  /// How much a unit of squared distance counts beside a rank.
  private let scale: Double
  private var parabolas: [Parabola] = []

  /// - Parameter greatest: no squared distance is greater.
  init(greatest: Double) { scale = (0x1p52 / max(1, greatest)).binade }

  mutating func clear() { parabolas.removeAll(keepingCapacity: true) }

  /// - Precondition: positions rise.
  mutating func add(at position: Double, squared: Double, rank: UInt32) {
    let height = scale * squared + Double(rank)
    var start = -Double.infinity
    while let last = parabolas.last {
      let rise = height - last.height
      let apart = position - last.position
      // Where both are equally high: h₁ + s (x − p₁)² = h₂ + s (x − p₂)².
      start = rise / (2 * scale * apart) + (position + last.position) / 2
      guard start <= last.start else { break }
      parabolas.removeLast()
    }
    if parabolas.isEmpty { start = -.infinity }
    parabolas.append(Parabola(position: position, height: height, rank: rank, start: start))
  }

  /// - Parameter positions: rising.
  func apply(at positions: [Double], _ use: (Int, UInt32) -> Void) {
    guard !parabolas.isEmpty else { return }
    var lowest = 0
    for (index, position) in positions.enumerated() {
      func height(_ parabola: Parabola) -> Double {
        let apart = position - parabola.position
        return scale * (apart * apart) + parabola.height
      }
      // Heights are compared and not starts, which are rounded.
      while lowest + 1 < parabolas.count,
        height(parabolas[lowest + 1]) <= height(parabolas[lowest])
      {
        lowest += 1
      }
      use(index, parabolas[lowest].rank)
    }
  }
}
