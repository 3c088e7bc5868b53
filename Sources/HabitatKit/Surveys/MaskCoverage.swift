import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader

/// How far the rasters of refinement layers reach, whatever their cells hold: where there is none, the land cover
/// stands as it is, as if nothing had been given.
struct MaskCoverage {
  let refinement: LandCoverRefinement
  let landCover: LandCoverSource
  /// `nil` where the whole raster is the one area to report on.
  let parks: ParkCollection?
  /// Layers for whose open codes the landscape has a word of its own.
  let settled: Set<RefinementLayer>

  init(
    _ refinement: LandCoverRefinement, _ landscape: Landscape, _ landCover: LandCoverSource,
    _ parks: ParkCollection?
  ) {
    (self.refinement, self.landCover, self.parks) = (refinement, landCover, parks)
    var settled: Set<RefinementLayer> = []
    if landscape.refinement.defaultForest != nil { settled.insert(.forestType) }
    if landscape.refinement.ricePossible != nil { settled.insert(.rice) }
    self.settled = settled
  }

  /// - Throws: `.input`, slug `no-transform`.
  func warnings() throws(HabitatError) -> [HabitatWarning] {
    var warnings: [HabitatWarning] = []
    for part in refinement.parts {
      if let warning = try self.warning(of: part) { warnings.append(warning) }
    }
    return warnings
  }

  private func warning(
    of part: LandCoverRefinement.Part
  ) throws(HabitatError) -> HabitatWarning? {
    let (grid, tiles, name) = (landCover.grid, part.source.tiles, part.layer.rawValue)
    let lattices = TileLattice.lattices(of: tiles)
    let regions = TileRegion.regions(of: part.source.windows, in: grid.window)
    guard regions.contains(where: { !$0.tiles.isEmpty }) else {
      return HabitatWarning(
        part.layer.slugElsewhere, "the layer lies beside the land cover and changes no cell",
        at: "\(name): \(tiles.map(\.path).listed), \(lattices[0].grid.extentText); land cover: "
          + "\(grid.crs.name), \(grid.extentText)",
        fix: "check that it is of this region, and --assume-crs \(name)=EPSG:…")
    }
    // Windows of other lattices are boxes around what lies there.
    let isWhole =
      part.source.sampledTiles.isEmpty
      ? regions.allSatisfy { !$0.tiles.isEmpty } : try lattices.shareOfCells(of: grid) == 1
    guard !isWhole, !settled.contains(part.layer),
      let (missing, whole) = try area(beside: lattices),
      missing > 1e-4 * whole + grid.middleCellArea / 1e6
    else { return nil }
    return HabitatWarning(
      part.layer.slugPartial,
      "\(missing.grouped(decimals: 3)) km² of \(whole.grouped(decimals: 3)) km² of "
        + "\(parks == nil ? "the raster" : "the parks") lie beside the layer, where the land cover stands as it is",
      at: "\(name): \(tiles.map(\.path).listed)",
      fix: "give rasters that cover \(parks == nil ? "the land cover" : "the parks")")
  }

  /// km² of the parks on the land cover, or of its grid, beside the tiles, and of all of it; `nil` where these
  /// cannot be compared.
  private func area(
    beside lattices: [TileLattice]
  ) throws(HabitatError) -> (missing: Double, whole: Double)? {
    let grid = landCover.grid
    do throws(HabitatError) {
      let masks = try lattices.footprints
      guard let parks else {
        let area = try TileCover(masks, ground: grid.crs.geographicBase).area(of: grid)
        return ((area.whole - area.onTiles) / 1e6, area.whole / 1e6)
      }
      let land = [try TileFootprint(on: grid, windows: landCover.windows)]
      let surveyor = ParkSurveyor(parks)
      func sum(_ footprints: [TileFootprint]) throws(HabitatError) -> Double {
        try surveyor.areas(on: footprints).reduce(0, +)
      }
      return (try sum(masks + land) - sum(masks), try sum(land))
    } catch {
      // A park on the other side of the Earth may have no image in the CRS of a mask. A run does not hang on it.
      guard ["no-transform", "polygon-overlay"].contains(error.slug) else { throw error }
      return nil
    }
  }
}

extension RefinementLayer {
  fileprivate var slugElsewhere: String {
    switch self {
    case .forestType: "forest-type-elsewhere"
    case .rice: "rice-elsewhere"
    case .water: "water-elsewhere"
    }
  }

  fileprivate var slugPartial: String {
    switch self {
    case .forestType: "forest-type-partial"
    case .rice: "rice-partial"
    case .water: "water-partial"
    }
  }
}
