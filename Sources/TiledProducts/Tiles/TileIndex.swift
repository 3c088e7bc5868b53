/// Which tiles of a product exist.
package struct TileIndex: Hashable, Sendable {
  /// Longitudes of the tiles of one degree, by latitude.
  private let rows: [Int: [ClosedRange<Int>]]

  /// - Parameter text: a line for each latitude with tiles, `43: -3 129..131`: longitudes of south-west corners, ascending.
  package init?(_ text: String) {
    var rows: [Int: [ClosedRange<Int>]] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":")
      guard parts.count == 2, let latitude = Int(parts[0]), rows[latitude] == nil else {
        return nil
      }
      var runs: [ClosedRange<Int>] = []
      for word in parts[1].split(separator: " ") {
        let ends = word.split(separator: ".").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, ends.count <= 2, first <= last,
          runs.last.map({ $0.upperBound < first }) ?? true
        else { return nil }
        runs.append(first...last)
      }
      rows[latitude] = runs
    }
    self.rows = rows
  }

  /// Whether a tile of one degree exists.
  package func holds(_ tile: TileCorner) -> Bool {
    rows[tile.latitude]?.contains { $0.contains(tile.longitude) } ?? false
  }

  /// Whether any tile of one degree exists in a larger one.
  package func holdsPart(of tile: TileCorner, degrees: Int) -> Bool {
    let longitudes = tile.longitude...tile.longitude + degrees - 1
    return (tile.latitude..<tile.latitude + degrees).contains { latitude in
      rows[latitude]?.contains { $0.overlaps(longitudes) } ?? false
    }
  }

  /// All, from south to north and west to east.
  package var tiles: [TileCorner] {
    rows.keys.sorted().flatMap { latitude in
      (rows[latitude] ?? []).flatMap { run in
        run.map { TileCorner(longitude: $0, latitude: latitude) }
      }
    }
  }
}
