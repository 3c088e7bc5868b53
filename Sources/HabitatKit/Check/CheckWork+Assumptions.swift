import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader
import Reclassification
import ZonalStatistics

extension CheckWork {
  /// Warns of what a run would take for granted about the land, and of tiles that disagree: of the parks where
  /// there are some, for the tables hold nothing else.
  mutating func warnAboutAssumptions() {
    guard let landCover, let legend, let found = report.landCover, !found.codes.isEmpty else {
      warnOfDisagreement(inParks: nil)
      return
    }
    let refinement = check.landscape.refinement
    let codes = legend.codeTable(refinedBy: refinement)
    var states = [Double](repeating: 0, count: 1 << 7)
    for code in found.codes { states[Int(codes.state(code.code).rawValue)] += code.area }
    let isOpen =
      found.tiling.disagreementArea > 0 || states.indices.contains { $0 > 15 && states[$0] > 0 }
    guard isOpen else { return }
    guard let parks else {
      // What a layer leaves open only its cells show.
      if refinement.forestType != nil { states.settle(LandState.leafTypeByDefault) }
      if refinement.rice != nil { states.settle(LandState.riceByDefault) }
      warnOfDisagreement(inParks: nil)
      return warn(ofLandIn: states, of: "the raster")
    }
    let (layers, threads) = (self.refinement, check.threads)
    prepare { $0.layParks(threads: threads) }
    guard let zones else { return }
    let land = attempt { () throws(HabitatError) in
      try ParkLand(
        of: zones, on: landCover, codes, refinedBy: layers,
        cellAreas: CellAreas(of: landCover.grid, on: parks.crs.geographicBase), threads: threads)
    }
    guard let land else { return }
    warnOfDisagreement(inParks: land.disagreement)
    warn(ofLandIn: land.areas, of: "the parks")
  }

  private func warn(ofLandIn states: [Double], of place: String) {
    messages.warn(HabitatWarning.assumptions(states, of: place, check.landscape.refinement))
  }

  /// - Parameter area: km² of the parks, where that is known.
  private func warnOfDisagreement(inParks area: Double?) {
    guard let landCover, let tiling = report.landCover?.tiling else { return }
    let share = area.map { ", \($0.formatted(decimals: 3)) km² of it in the parks" } ?? ""
    messages.warn(
      .landCoverOverlap(
        tiling.disagreementArea, share, at: "landcover: \(landCover.tiles.map(\.path).listed)"))
  }
}

extension [Double] {
  /// Takes land for which a flag is set out of areas by land state.
  fileprivate mutating func settle(_ flag: UInt8) {
    for state in indices where UInt8(state) & flag != 0 { self[state] = 0 }
  }
}
