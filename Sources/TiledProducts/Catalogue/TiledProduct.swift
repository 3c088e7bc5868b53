package import RasterCore

/// A product of land cover or heights whose tiles lie on a public server under names that follow from their places.
package struct TiledProduct: Sendable {
  /// For the command line, such as `esa-worldcover-2021`.
  package let name: String
  package let title: String
  package let version: String
  /// What it is read as: `landcover`, `dem`.
  package let layer: String
  /// The address of a tile, with `{ns}`, `{lat}`, `{ew}`, `{lon}` for its corner.
  let url: String
  /// The part of it that a mirror has another of.
  package let root: String
  /// Anything GDAL understands.
  package let crs: String
  package let scheme: TileScheme
  package let nodata: Double?
  /// The name of the built-in legend; `nil` of heights.
  package let legend: String?
  /// When it was seen: a year, or two with a slash.
  package let epoch: String
  package let licence: String
  /// Word for word, as the licence wants it.
  package let attribution: String
  package let citation: String
  /// Bytes of a whole tile on the average, in 10⁶; `nil` where nobody has measured it.
  package let megabytesOfTile: Double?
  /// The product that fills what this one has not released; `nil` where there is none.
  package let fill: String?
  package let absent: Absent

  /// What it means that a tile is not there.
  package struct Absent: Sendable {
    package enum Meaning: String, Sendable { case sea, hole }
    package let meaning: Meaning
    /// The list of the tiles of one degree that exist, of this product or of one with the same land.
    let index: TileIndex
    /// Whether a tile exists if and only if it is in the index.
    package let isExact: Bool
  }

  /// - Parameter mirror: another root with the same layout; a missing slash at its end is added.
  package func address(of tile: TileCorner, mirror: String? = nil) -> String {
    let address =
      url.replacing("{ns}", with: tile.northOrSouth).replacing("{lat}", with: tile.latitudeDigits)
      .replacing("{ew}", with: tile.eastOrWest).replacing("{lon}", with: tile.longitudeDigits)
    guard let mirror else { return address }
    return mirror + (mirror.hasSuffix("/") ? "" : "/") + address.dropFirst(root.count)
  }

  /// Whether a tile is said to exist.
  package func isListed(_ tile: TileCorner) -> Bool {
    scheme.degrees == 1
      ? absent.index.holds(tile) : absent.index.holdsPart(of: tile, degrees: scheme.degrees)
  }

  /// The tiles that a box needs: those that exist, and those that do not.
  ///
  /// - Parameter box: degrees, as for `TileScheme.tiles(of:)`.
  package func tiles(of box: Extent) -> (listed: [TileCorner], absent: [TileCorner]) {
    let tiles = scheme.tiles(of: box)
    return (tiles.filter(isListed), tiles.filter { !isListed($0) })
  }
}
