import Documents
import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader
import Reclassification
import Reporting
import RunFolder

/// Items of a SpatioTemporal Asset Catalog beside the rasters: `leopard_class.json` for
/// `leopard_class.tif`.
struct STACFiles {
  private let inputs: PreparedInputs
  private let request: ScoreRequest
  private let period: CalendarPeriod
  private let footprint: STACFootprint

  /// `nil` where none are asked for, or none can be valid.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  init?(_ inputs: PreparedInputs, _ request: ScoreRequest) throws(HabitatError) {
    guard request.stac, let period = Self.period(of: request) else { return nil }
    (self.inputs, self.request, self.period) = (inputs, request, period)
    footprint = try inputs.grid.footprint()
  }

  private static func period(of request: ScoreRequest) -> CalendarPeriod? {
    request.landscape.epoch.flatMap { CalendarPeriod(epoch: $0) }
  }

  /// Told where items are asked for and cannot be: one without any time is not valid.
  static func warning(about request: ScoreRequest) -> HabitatWarning? {
    guard request.stac, period(of: request) == nil else { return nil }
    let epoch = request.landscape.epoch
    return HabitatWarning(
      "stac-without-date",
      (epoch.map { "the epoch \"\($0)\" is no date" } ?? "the land cover has no epoch")
        + ": without one a STAC item is not valid, so none is written",
      at: request.landscape.location,
      fix: "add --epoch 2021, 2021-06 or 2021-06-30, or epoch: of landCover in the landscape file")
  }

  /// - Parameters:
  ///   - outputs: the finished files.
  ///   - statistics: of each species' rasters.
  /// - Returns: `outputs` with the items.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func write(
    to folder: OutputFolder, beside outputs: [InputFile.Record], _ species: [ScoreResult.Species],
    statistics: [[OutputLayer: RasterStatistics]]
  ) throws(HabitatError) -> [InputFile.Record] {
    var all = outputs
    for (index, scorer) in inputs.scorers.enumerated() {
      for layer in OutputLayer.allCases where request.layers.contains(layer) {
        let stem = SpeciesRasters.stem(of: layer, scorer.model.species)
        guard let raster = outputs.first(where: { $0.file.path == stem + ".tif" }) else { continue }
        let item = STACItem(
          id: stem, title: "\(scorer.model.title): \(layer.title)",
          description: description(of: species[index], layer), period: period,
          footprint: footprint, grid: inputs.grid, crsCode: inputs.grid.crs.equivalentCode,
          properties: [
            .init("habitat:landscape", .string(place)),
            .init("habitat:synthetic", .boolean(request.landscape.isSynthetic)),
            .init("habitat:model", .string("\(scorer.model.species) \(scorer.model.version)")),
            .init(
              "habitat:layers_missing",
              .array(scorer.missingLayers.map { .string($0.key) })),
          ],
          sources: inputs.sources,
          band: Self.band(layer, LayerForm(layer, of: scorer.model), statistics[index][layer]),
          file: .init(
            name: raster.file.path, byteCount: raster.bytes, sha256: raster.sha256,
            isCloudOptimized: request.format == .cloudOptimized))
        let name = stem + ".json"
        try folder.write(item.json.text + "\n", to: name)
        all.append(try folder.record(of: name))
      }
    }
    return all.sorted { $0.file.path.utf8.lexicographicallyPrecedes($1.file.path.utf8) }
  }

  private var place: String {
    RunFacts.title(
      landscape: request.landscape.ownName, parks: inputs.parks?.parks.map(\.name) ?? [],
      in: Wording(.english))
  }

  private func description(of species: ScoreResult.Species, _ layer: OutputLayer) -> String {
    let what = "Habitat of \(species.title) in \(place): \(layer.title)."
    return ([what] + species.notes).joined(separator: " ")
  }

  private static func band(
    _ layer: OutputLayer, _ form: LayerForm, _ statistics: RasterStatistics?
  ) -> STACItem.Band {
    let members = statistics.map {
      [
        JSONValue.Member("minimum", .number($0.least)), .init("maximum", .number($0.most)),
        .init("mean", .number($0.mean)), .init("stddev", .number($0.deviation)),
      ]
    }
    return STACItem.Band(
      name: layer.rawValue, dataType: form.isAmount ? "float32" : "uint8", nodata: form.nodata,
      statistics: members ?? [], legend: form.legend)
  }
}

extension Grid {
  /// Where the grid lies on the Earth.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  func footprint() throws(HabitatError) -> STACFootprint {
    STACFootprint(ring: try ringInDegrees())
  }
}
