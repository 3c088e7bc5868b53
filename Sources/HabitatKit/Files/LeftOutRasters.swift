import GeoIO
import RasterCore
import RasterLoader

/// What folders and patterns hold besides the tiles of a layer.
struct LeftOutRasters {
  private let selection: TilePaths.Selection
  private let layer: String

  init(_ selection: TilePaths.Selection, layer: String) {
    (self.selection, self.layer) = (selection, layer)
  }

  /// Takes away the tiles of a DEM whose bands say that they are no heights, unless all do or the user names
  /// them; one warning for each product whose companions are left out.
  func warnings(leavingOutOf tiles: inout [RasterTile]) -> [HabitatWarning] {
    var found = selection.companions.map { (path: $0.path, title: $0.title) }
    let derived = tiles.filter { tile in
      layer == "dem" && !selection.named.contains(tile.path)
        && DerivedTerrain.isDescribed(by: tile.band.description, unit: tile.band.unit)
    }
    if derived.count < tiles.count {
      found += derived.map { ($0.path, DerivedTerrain.title) }
      tiles.removeAll(where: derived.contains)
    }
    return mosaicWarnings(tiles) + leftOutWarnings(found)
  }

  private func leftOutWarnings(_ found: [(path: String, title: String)]) -> [HabitatWarning] {
    Dictionary(grouping: found, by: \.title).sorted { $0.key < $1.key }.map { title, files in
      HabitatWarning(
        "companion-left-out",
        "left out, for they hold no \(layer == "dem" ? "heights" : "classes") (\(title)): "
          + files.map(\.path.baseName).sorted().listed,
        at: "\(layer): \(files.map(\.path).sorted()[0])",
        fix: "nothing, if this is right; a file named by its own path is taken as given")
    }
  }

  /// What a VRT has put together cannot be left out of it.
  private func mosaicWarnings(_ tiles: [RasterTile]) -> [HabitatWarning] {
    tiles.filter { $0.driver == "VRT" }.compactMap { mosaic in
      let held = TilePaths.companions(among: mosaic.files, layer: layer)
      guard let first = held.first else { return nil }
      return HabitatWarning(
        "companion-in-vrt",
        "the VRT is made of rasters that hold no \(layer == "dem" ? "heights" : "classes") "
          + "(\(first.title)): \(held.map(\.path.baseName).sorted().listed)",
        at: "\(layer): \(mosaic.path)",
        fix: "build it again without them, or name the folder instead")
    }
  }
}
