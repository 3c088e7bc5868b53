public import RasterCore
import RasterLoader

extension CheckReport {
  /// The report for people, in lines as long as they are.
  public var text: String { text(on: .file) }

  /// The report for people: about a page.
  public func text(on page: TextPage) -> String {
    let saysSo = !isSynthetic || name.lowercased().contains("synthetic")
    // Inputs given one by one have no name; with parks they are no whole raster either.
    let isUnnamed = name == AreaTable.unnamed
    let heading = isUnnamed ? parksPath.map { "parks of \($0.baseName)" } ?? name : name
    var text = heading.shown + (saysSo ? "" : " (synthetic demonstration)") + "\n"
    text += inputsText(on: page)
    if let landCover { text += landCoverText(landCover, on: page) }
    if let elevation { text += elevationText(elevation) }
    text += parksText(on: page)
    text += modelsText(on: page)
    text += gridText
    // Before colours, which take no room.
    text = page.folded(text)
    if !errors.isEmpty || !warnings.isEmpty { text += "\n" }
    text += errors.gathered.map { $0.text(on: page) + "\n" }.joined()
    text += warnings.gathered.map { $0.text(on: page) + "\n" }.joined()
    return text + "\n" + page.folded(verdict) + "\n"
  }

  /// Lines of one kind that the page has room for.
  private static let room = 12

  private static func more(_ count: Int, _ what: String) -> String {
    count > room ? "  … and \(count - room) more \(what); --format json lists all\n" : ""
  }

  private func inputsText(on page: TextPage) -> String {
    guard
      !rasters.isEmpty || !vectors.isEmpty || derivesSettlements || !documents.isEmpty
    else { return "" }
    var table = TextColumns(numeric: [2])
    for raster in shownRasters {
      let nodata = raster.nodata.map { "nodata \(short($0))" } ?? "no nodata"
      table.add(
        raster.layer, raster.path.rasterName, "\(raster.columns) × \(raster.rows)",
        "\(raster.typeName ?? "no band") \(raster.driver)",
        raster.crs?.name ?? "no CRS", raster.cellText,
        raster.hasMask ? nodata + ", mask" : nodata)
    }
    for vector in vectors {
      let shapes =
        vector.count.map { Double($0).grouped(decimals: 0) + ($0 == 1 ? " shape" : " shapes") }
        ?? "not read"
      table.add(
        vector.layer, vector.path.baseName, shapes, vector.driver, vector.crs?.name ?? "no CRS",
        vector.isOpenStreetMap
          ? "by tag" : "layer \(vector.fileLayers.joined(separator: ", "))")
    }
    if derivesSettlements { table.add("settlements", "patches of built-up land") }
    for document in documents { table.add(document.layer, document.path.baseName) }
    return "\nInputs\n" + table.text(on: page) + moreRasters
  }

  /// Of each layer as many as there is room for: no layer hides another.
  private var shownRasters: [RasterDescription] {
    var count: [String: Int] = [:]
    return rasters.filter {
      count[$0.layer, default: 0] += 1
      return count[$0.layer, default: 0] <= Self.room
    }
  }

  private var moreRasters: String {
    let left = Dictionary(grouping: rasters, by: \.layer)
      .filter { $0.value.count > Self.room }.sorted { $0.key < $1.key }
      .map { "\($0.value.count - Self.room) more of \($0.key)" }
    return left.isEmpty
      ? "" : "  … and \(left.joined(separator: ", ")); --format json lists all\n"
  }

  private func modelsText(on page: TextPage) -> String {
    guard !models.isEmpty else { return "" }
    var table = TextColumns()
    for model in models { table.add(model.species, model.text(isSynthetic: isSynthetic)) }
    let hint = "  Name --species for warnings about what its model lacks, as a run gives them.\n"
    let isSilent = !namesSpecies && models.contains { !$0.isComplete }
    return "\nModels\n" + table.text(on: page) + (isSilent ? hint : "")
  }

  private func short(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  private func landCoverText(_ found: LandCover, on page: TextPage) -> String {
    var text = "\nLand cover: legend \((found.legend ?? "none given").shown)"
    text += tilingText(found.tiling)
    for proposal in found.proposals.prefix(3) where !fits(found) {
      let unknown =
        proposal.unknownCodes.isEmpty ? "" : "; lacks \(proposal.unknownCodes.count) of the codes"
      text +=
        "  may be \(proposal.title): --legend \(proposal.legend) ("
        + proposal.evidence.joined(separator: ", ").shown + unknown + ")\n"
    }
    guard !found.codes.isEmpty || found.nodataCells > 0 else { return text }
    var table = TextColumns(numeric: [0, 3, 4], hasHeader: true)
    table.add(
      "code", found.labelsOfProposal.map { "label in \($0)" } ?? "label", "category", "km²", "cells"
    )
    let room = 3 * Self.room
    let shown = found.codes.sorted { ($1.area, $0.code) < ($0.area, $1.code) }.prefix(room)
    let decimals = (shown.last?.area ?? 1) < 1 ? 3 : 1
    for code in found.codes where shown.contains(code) {
      table.add(
        String(code.code), code.label.shortened(to: 44), code.category,
        code.area.grouped(decimals: decimals), Double(code.cells).grouped(decimals: 0))
    }
    if found.nodataCells > 0 {
      table.add(
        "–", "no value", "nodata", found.nodataArea.grouped(decimals: decimals),
        Double(found.nodataCells).grouped(decimals: 0))
    }
    text += table.text(on: page)
    return found.codes.count > room
      ? text + "  … and \(found.codes.count - room) codes of less area\n" : text
  }

  /// Whether the legend given is one that the files speak for, so that no other needs naming.
  private func fits(_ found: LandCover) -> Bool {
    found.proposals.contains { $0.legend == found.legend && $0.unknownCodes.isEmpty }
  }

  private func tilingText(_ tiling: Tiling) -> String {
    var text = ", \(tiling.tiles) tile\(tiling.tiles == 1 ? "" : "s")"
    if tiling.sampledTiles > 0 { text += ", \(tiling.sampledTiles) of them resampled" }
    for (area, name) in [
      (tiling.gapArea, "gaps"), (tiling.overlapArea, "overlaps"),
      (tiling.disagreementArea, "of these disagreeing"),
    ] where area > 0 { text += ", \(area.grouped(decimals: 3)) km² \(name)" }
    return text + "\n"
  }

  private func elevationText(_ found: Elevation) -> String {
    var text = "\nElevation" + tilingText(found.tiling)
    if let coverage = found.coverage {
      text +=
        "  tiles under \(coverage.area.grouped(decimals: 3)) of \(coverage.whole.grouped(decimals: 3)) km² of the "
        + "land cover's grid (\((100 * coverage.share).formatted(decimals: 1)) %), "
        + (coverage.way == .outlines ? "by their outlines\n" : "by 40,000 places\n")
    }
    if let survey = found.survey {
      let range = survey.range.map {
        "\(Double($0.lowerBound).grouped(decimals: 1))…\(Double($0.upperBound).grouped(decimals: 1)) m"
      }
      text += "  \(range ?? "no heights"), \(Double(survey.voids).grouped(decimals: 0)) voids"
      if survey.voids > 0 { text += " (\(survey.voidArea.grouped(decimals: 3)) km²)" }
      let cells = Double(survey.cells).grouped(decimals: 0)
      text += ", by each of \(cells) cells of the tiles, in use or not\n"
    }
    if !found.samplesPerAxis.isEmpty, found.coverage != nil {
      let samples = found.samplesPerAxis.map { "\($0) × \($0)" }.joined(separator: ", ")
      text += "  samples to a cell of the land cover: \(samples)\n"
    }
    for product in found.products {
      text += "  may be \(product.title) (file name): \(product.note)\n"
    }
    return text
  }

  private func parksText(on page: TextPage) -> String {
    guard parksPath != nil else { return "\nParks: none; the whole raster is one area\n" }
    guard !parks.isEmpty else { return "" }
    let layers = Set(parks.flatMap(\.refinementAreas.keys)).sorted()
    var table = TextColumns(
      numeric: Set(2..<5 + layers.count).union([0]), hasHeader: true)
    table.add(
      ["id", "park", "km²", "on land cover", "on DEM tiles"] + layers.map { "on \($0)" } + [""])
    for park in parks.prefix(Self.room) {
      func share(_ area: Double?) -> String {
        guard let area, park.area > 0 else { return "–" }
        return (100 * min(1, area / park.area)).formatted(decimals: 1) + " %"
      }
      table.add(
        [
          park.id, park.name.shortened(to: 44),
          park.area.grouped(decimals: park.area < 100 ? 3 : 1), share(park.landCoverArea),
          share(park.elevationArea),
        ] + layers.map { share(park.refinementAreas[$0]) }
          + [park.isEmpty ? "no geometry" : park.wasRepaired ? "repaired" : ""])
    }
    var text =
      "\nParks (\((parksCRS?.name ?? "").shown)); shares by the outlines of the tiles, whatever their cells hold\n"
      + table.text(on: page)
    text += Self.more(parks.count, "parks")
    for overlap in overlaps.prefix(Self.room) {
      text +=
        "  \(overlap.first.shown) and \(overlap.second.shown) share \(overlap.area.grouped(decimals: 3)) km²; "
        + "the total counts it once\n"
    }
    return text + Self.more(overlaps.count, "overlaps")
  }

  private var gridText: String {
    guard let grid else { return "" }
    let text =
      "\nGrid of the analysis: \(grid.columns) × \(grid.rows) cells, \(grid.crs.name.shown), "
      + "\(grid.extentText)\n"
    guard let cost else {
      return text + "Cost of a run: not estimated, because the run would be refused\n"
    }
    let names = models.filter(\.canRun).map(\.species).joined(separator: ", ")
    let threads = "\(cost.threads) thread\(cost.threads == 1 ? "" : "s")"
    return text + "\nCost of a run: \(names) on \(threads)\n" + cost.figures
  }
}
