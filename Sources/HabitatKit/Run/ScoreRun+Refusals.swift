import Documents
import Foundation
import GeoIO
import RasterCore
import RasterLoader
import Reclassification
import RunFolder
import ZonalStatistics

/// What ends a run once its inputs are open.
extension ScoreRun {
  /// Results of other inputs or parameters are not overwritten unasked.
  func refuseOtherResults(_ digests: () -> InputDigests) throws(HabitatError) {
    guard !request.overwrite else { return }
    let path = request.output + "/" + RunRecord.fileName
    guard case .bytes = FileSystem.size(of: path) else {
      // Files in the way are looked for when the folder is open.
      return
    }
    let manifest = RunManifest(inputs: inputs, request: request, records: try digests().records())
    let data = Data(try FileSystem.contents(of: path, atMost: RunRecord.mostBytes))
    guard let old = JSONValue(json5: data), case .object(let members) = old else {
      throw outputExists("the folder holds a record that cannot be read")
    }
    let differing = JSONValue.object(manifest.identity).differences(from: .object(members))
    guard differing.isEmpty else {
      let names = differing.map(RunParameters.name(ofPart:)).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
      }
      throw outputExists("the folder holds results of another run: other \(names.listed)")
    }
  }

  private func outputExists(_ what: String) -> HabitatError {
    HabitatError(
      .usage, "output-exists", what, at: "--out \(request.output)",
      fix: "choose another --out, or replace them with --overwrite")
  }

  func refuseUnknownCodes(_ sums: PassSums) throws(HabitatError) {
    guard !sums.unknownCodes.isEmpty else { return }
    let unit = inputs.cellAreas.unit
    let codes = sums.unknownCodes.sorted { $0.key < $1.key }.map { code, area in
      (code: code, area: unit.squareMetres(area) / 1e6)
    }
    throw HabitatError.unknownCodes(
      codes, legend: inputs.legend.name, in: inputs.landCover.tiles,
      try inputs.evidence.proposals(codes: Set(codes.map(\.code))))
  }

  func refuseGaps(_ tables: ScoreTables, _ sums: PassSums) throws(HabitatError) {
    guard !request.allowGaps else { return }
    let concerns = tables.concerns
    if concerns.land > 0, concerns.withoutTerrain > concerns.land / 2 {
      let voids = sums.impossibleHeights.values.min()
        .map { "; undeclared voids such as \($0) count" }
      throw HabitatError.elevationTooSmall(
        concerns.withoutTerrain, of: concerns.land, "of land have no height" + (voids ?? ""),
        inputs.elevation?.tiles ?? [])
    }
    if let refusal = lack(tables)?.refusal { throw refusal }
  }

  /// What of the parks has no tile under it; `nil` where the whole raster is the one area to report on.
  func lack(_ tables: ScoreTables) -> ParkLack? {
    inputs.parks.map { ParkLack(gap: tables.concerns.gap, $0, on: inputs.landCover) }
  }

  /// The same before the pass: where outlines of parks and tiles leave anything, the cells of the parks are counted.
  ///
  /// - Throws: `.input`: what reading the land cover throws, and `landcover-gap` as a run does.
  func lackForetold() throws(HabitatError) -> [HabitatWarning] {
    guard let parks = inputs.parks else { return [] }
    let landCover = inputs.landCover
    let inside = try ParkSurveyor(parks.parks, crs: parks.crs).areas(on: landCover).reduce(0, +)
    let whole = parks.areas.prefix(parks.parks.count).reduce(0, +) / 1e6
    guard ParkLack.isPossible(inside: inside, of: whole, on: landCover) else { return [] }
    let land = try ParkLand(
      of: parks, on: LayerStack(landCover: landCover, codes: inputs.codes),
      cellAreas: inputs.cellAreas, threads: plan.threads)
    let lack = ParkLack(gap: land.gap, parks, on: landCover)
    if !request.allowGaps, let refusal = lack.refusal { throw refusal }
    return lack.warnings
  }
}
