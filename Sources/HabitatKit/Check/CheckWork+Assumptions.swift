import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader
import Reclassification
import ZonalStatistics

extension CheckWork {
  /// Warns of what a run would take for granted about the land, and of tiles that disagree or are resampled: of the
  /// parks where there are some, for the tables hold nothing else.
  mutating func warnAboutLand() {
    guard let landCover, let found = report.landCover, !found.codes.isEmpty else { return }
    let refinement = check.landscape.refinement
    var states = [Double](repeating: 0, count: 1 << 7)
    if let codes = legend?.codeTable(refinedBy: refinement) {
      for code in found.codes { states[Int(codes.state(code.code).rawValue)] += code.area }
    }
    guard parks == nil else {
      let isOpen =
        found.tiling.disagreementArea > 0 || !landCover.sampledTiles.isEmpty
        || states.indices.contains { $0 > 15 && states[$0] > 0 }
      guard isOpen, let land = countParkLand() else { return }
      return warn(ofLandIn: land.areas, land.notes, of: "the parks")
    }
    // What a layer leaves open only its cells show.
    if refinement.forestType != nil { states.settle(LandState.leafTypeByDefault) }
    if refinement.rice != nil { states.settle(LandState.riceByDefault) }
    warn(
      ofLandIn: states,
      LandNotes(disagreement: found.tiling.disagreementArea, sampled: found.tiling.sampledArea),
      of: "the raster")
  }

  private func warn(ofLandIn states: [Double], _ notes: LandNotes, of place: String) {
    guard let landCover else { return }
    messages.replace(
      HabitatWarning.resampledSlug,
      with: .resampledTiles(of: landCover, check.customGrid, (notes.sampled, place)))
    messages.warn(
      .landCoverOverlap(
        notes.disagreement, of: place, at: "landcover: \(landCover.tiles.map(\.path).listed)"))
    messages.warn(HabitatWarning.assumptions(states, of: place, check.landscape.refinement))
  }

  /// The land of the parks as a run counts it, once for all who ask.
  mutating func countParkLand() -> ParkLand? {
    if let parkLand { return parkLand }
    let (layers, threads) = (refinement, check.threads)
    prepare { $0.layParks(threads: threads) }
    guard let landCover, let parks, let zones else { return nil }
    let codes =
      legend?.codeTable(refinedBy: check.landscape.refinement) ?? CodeTable { _ in .unknown }
    parkLand = attempt { () throws(HabitatError) in
      try ParkLand(
        of: zones, on: LayerStack(landCover: landCover, codes: codes, refinement: layers),
        cellAreas: CellAreas(of: landCover.grid, on: parks.crs.geographicBase), threads: threads)
    }
    return parkLand
  }
}

extension [Double] {
  /// Takes land for which a flag is set out of areas by land state.
  fileprivate mutating func settle(_ flag: UInt8) {
    for state in indices where UInt8(state) & flag != 0 { self[state] = 0 }
  }
}
