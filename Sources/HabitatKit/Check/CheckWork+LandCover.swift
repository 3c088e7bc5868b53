import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader
import Reclassification
import ZonalStatistics

extension CheckWork {
  /// Lays the tiles on the grid of the analysis and counts their codes.
  mutating func readLandCover() {
    let models = check.models
    prepare { inputs in
      inputs.layLandCover()
      guard inputs.landscape.landCover != nil else { return }
      if inputs.landscape.legend != nil { inputs.readLegend() }
      inputs.layRefinement(for: models)
    }
    let landscape = check.landscape
    guard landscape.landCover != nil else { return }
    var found = CheckReport.LandCover()
    found.legend = landscape.legend
    report.landCover = found
    if let landCover, let totals = count(landCover) {
      cellAreas = totals.areas
      messages.warn(totals.areas.warnings(about: landCover.grid))
      take(totals.totals, totals.areas)
    }
    propose()
    refuseUnknownCodes()
    warnAboutLegend()
    warnAboutLand()
  }

  private mutating func count(
    _ source: LandCoverSource
  ) -> (totals: CodeTotals, areas: CellAreas)? {
    let ground = parks?.crs.geographicBase ?? source.grid.crs.geographicBase
    let codes = legend?.codeTable(refinedBy: check.landscape.refinement)
    let (threads, progress) = (check.threads, self.progress)
    return attempt { () throws(HabitatError) in
      let areas = try CellAreas(of: source.grid, on: ground, clipsToEarth: true)
      let pass = InventoryPass(
        landCover: source, areas: areas, codes: codes, threads: threads
      ) { progress("land cover", $0) }
      return (try pass.run(), areas)
    }
  }

  private mutating func take(_ totals: CodeTotals, _ areas: CellAreas) {
    guard let landCover else { return }
    func area(_ total: CodeTotals.Total) -> Double { areas.unit.squareMetres(total.units) / 1e6 }
    var found = CheckReport.LandCover()
    found.legend = check.landscape.legend
    found.tiling.tiles = landCover.tiles.count
    found.tiling.sampledTiles = landCover.sampledTiles.count
    found.tiling.gapArea = area(totals.gap)
    found.tiling.overlapArea = area(totals.overlap)
    found.tiling.disagreementArea = area(totals.disagreement)
    found.tiling.sampledArea = area(totals.sampled)
    found.area = area(totals.all)
    (found.nodataCells, found.nodataArea) = (totals.nodata.cells, area(totals.nodata))
    found.nodataValues = Set(landCover.tiles.compactMap(\.nodata)).sorted()
    let names = report.rasters.first { $0.layer == "landcover" && !$0.categoryNames.isEmpty }?
      .categoryNames
    found.codes = totals.codes.sorted { $0.key < $1.key }.map { code, total in
      CheckReport.Code(
        code: code, label: label(of: code, names), category: category(of: code),
        cells: total.cells, area: area(total))
    }
    report.landCover = found
    refuseValues(totals, area(totals.notWhole))
    let location = "landcover: \(landCover.tiles.map(\.path).listed)"
    let isOneTile = landCover.tiles.count == 1
    // The empty corners of a reprojected raster are not gaps.
    if parks == nil, !isOneTile || check.customGrid.extent != nil {
      messages.warn(
        .landCoverGap(
          found.tiling.gapArea, of: "the raster", isOneTile: isOneTile, at: location,
          fix: "give land cover of all of it"))
    }
    if found.codes.allSatisfy({ $0.category == "nodata" }) {
      messages.warn(.emptyLandCover(at: location))
    }
  }

  private func label(of code: Int, _ names: [String]?) -> String {
    if let label = legend?.entry(for: code)?.label, !label.isEmpty { return label }
    if let names, names.indices.contains(code) { return names[code] }
    return ""
  }

  private func category(of code: Int) -> String {
    guard let legend else { return "" }
    switch legend.category(of: code) {
    case .category(let category), .byDefault(.some(let category)): return category.key
    case .nodata, .byDefault(nil): return "nodata"
    case .unknown: return "unknown"
    }
  }

  /// Values that are no class codes, which stop a run.
  private func refuseValues(_ totals: CodeTotals, _ area: Double) {
    guard totals.notWhole.cells > 0, let landCover else { return }
    messages.refuse(
      HabitatError(
        .input, "code-not-whole",
        "the land cover holds \(totals.lowestNotWhole), which is no class code; such values take up "
          + "\(area.grouped(decimals: 3)) km²",
        at: "landcover: \(landCover.tiles.map(\.path).listed)",
        fix: "give a raster of whole class codes, or another band"))
  }

  private func refuseUnknownCodes() {
    guard let legend, let landCover, let found = report.landCover else { return }
    let unknown = found.codes.filter { $0.category == "unknown" }
    guard !unknown.isEmpty else { return }
    messages.refuse(
      .unknownCodes(
        unknown.map { (code: $0.code, area: $0.area) }, legend: legend.name, in: landCover.tiles,
        found.proposals))
  }

  // MARK: Products

  private mutating func propose() {
    let evidence = evidence
    let codes = report.landCover.flatMap { found in
      found.codes.isEmpty ? nil : Set(found.codes.map(\.code))
    }
    let proposals = attempt { () throws(HabitatError) in
      try evidence.proposals(codes: codes)
    }
    report.landCover?.proposals = Array((proposals ?? []).prefix(4))
    lendLabels()
  }

  /// Where no legend is given, the one proposed for more than the codes alone names them.
  private mutating func lendLabels() {
    guard let found = report.landCover, found.legend == nil, let proposal = found.proposals.first,
      proposal.isStrong, let legend = try? Legend.builtIn(named: proposal.legend)
    else { return }
    for index in found.codes.indices where found.codes[index].label.isEmpty {
      report.landCover?.codes[index].label =
        legend.entry(for: found.codes[index].code)?.label ?? ""
    }
    report.landCover?.labelsOfProposal = proposal.legend
  }

  private func warnAboutLegend() {
    guard let found = report.landCover else { return }
    let location = check.landscape.landCoverLocation
    let likeliest = found.proposals.first
    guard let given = found.legend else {
      let isClear = likeliest?.isStrong == true || found.proposals.count == 1
      let proposal = (isClear ? likeliest : nil).map {
        "--legend \($0.legend), if this is \($0.title)"
      }
      return messages.warn(
        HabitatWarning(
          "legend-missing", "nothing says what the codes of the land cover mean", at: location,
          fix:
            "add \(proposal ?? "--legend NAME of the product, or FILE with a line for each code")"))
    }
    messages.warn(.doubtfulLegend(given, found.proposals, at: location))
  }
}

extension CodeTotals {
  /// All cells of the grid.
  var all: Total {
    var all = nodata
    all += gap
    all += notWhole
    for total in codes.values { all += total }
    return all
  }
}
