package import RasterCore

/// Which tiles there are of a product by degrees, and which cells each has.
package struct TileScheme: Hashable, Sendable {
  /// Columns and rows of the tiles below a latitude, north and south alike.
  package struct Cells: Hashable, Sendable {
    /// Degrees, counted from the equator to the tile's edge away from it.
    package let below: Int
    package let columns: Int
    package let rows: Int

    package init(below: Int, columns: Int, rows: Int) {
      (self.below, self.columns, self.rows) = (below, columns, rows)
    }
  }

  /// Along a tile's side.
  package let degrees: Int
  /// Tiles lie between these latitudes.
  package let latitudes: Range<Int>
  /// Cells by which each tile begins west and north of its degrees.
  package let shift: Double
  /// Ascending, up to the pole.
  package let cells: [Cells]

  package init(degrees: Int, latitudes: Range<Int>, shift: Double, cells: [Cells]) {
    (self.degrees, self.latitudes, self.shift, self.cells) = (degrees, latitudes, shift, cells)
  }

  package func cells(of tile: TileCorner) -> Cells {
    let edge = max(abs(tile.latitude), abs(tile.latitude + degrees))
    return cells.first { edge <= $0.below } ?? cells[cells.count - 1]
  }

  /// The ground that a tile's cells cover, in degrees; at the antimeridian it may begin west of −180.
  package func extent(of tile: TileCorner) -> Extent {
    let (east, north) = shifts(of: tile)
    let (west, south) = (Double(tile.longitude) - east, Double(tile.latitude) + north)
    return Extent(
      minX: west, minY: south, maxX: west + Double(degrees), maxY: south + Double(degrees))
  }

  /// The tiles that a box needs, whether they exist or not, from south to north and west to east of the box.
  ///
  /// A cell's west and north edge are its own. So a place lies in one tile, and a box that only touches a tile with its
  /// east or north edge does not need it.
  ///
  /// - Parameter box: degrees; longitudes may go on beyond ±180, and the western may be the larger where the box lies
  ///   across the antimeridian. A box without a width or height is a line or place.
  package func tiles(of box: Extent) -> [TileCorner] {
    let step = Double(degrees)
    let width = box.maxX < box.minX ? box.maxX + 360 - box.minX : box.maxX - box.minX
    var tiles: [TileCorner] = []
    let rows = Self.numbers(
      from: (box.minY - northShift) / step, to: (box.maxY - northShift) / step, isOpenBelow: true)
    for row in rows {
      let latitude = row * degrees
      guard latitude >= latitudes.lowerBound, latitude < latitudes.upperBound else { continue }
      let east = shifts(of: TileCorner(longitude: 0, latitude: latitude)).east
      let start = (box.minX + east) / step
      let columns = Self.numbers(from: start, to: start + width / step, isOpenBelow: false)
      let around = 360 / degrees
      for column in columns.prefix(around) {
        let turned = ((column + around / 2) % around + around) % around - around / 2
        tiles.append(TileCorner(longitude: turned * degrees, latitude: latitude))
      }
    }
    return tiles
  }

  /// The numbers of the steps that lie between two positions.
  ///
  /// - Parameter isOpenBelow: a step's upper end is its own, and not its lower one.
  private static func numbers(from start: Double, to end: Double, isOpenBelow: Bool) -> Range<Int> {
    guard end > start else {
      let number = isOpenBelow ? Int(start.rounded(.up)) - 1 : Int(start.rounded(.down))
      return number..<number + 1
    }
    return Int(start.rounded(.down))..<Int(end.rounded(.up))
  }

  /// Degrees to the west, and to the north.
  private func shifts(of tile: TileCorner) -> (east: Double, north: Double) {
    (shift * Double(degrees) / Double(cells(of: tile).columns), northShift)
  }

  /// Rows are of one height everywhere.
  private var northShift: Double { shift * Double(degrees) / Double(cells[0].rows) }
}
