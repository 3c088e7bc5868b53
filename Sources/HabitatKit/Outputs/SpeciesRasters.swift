import GeoIO
import RasterCore
import Reclassification
import Styles

/// The rasters of one species while they are written, tile by tile.
///
/// Sendable although GDAL handles are not: tiles come in turns (`OrderedTurns`), each handed on under a
/// lock, so no two threads ever use a handle at once; GDAL allows that.
final class SpeciesRasters: @unchecked Sendable {
  private var classes: LayerFile<UInt8>?
  private var score: LayerFile<Float>?
  private var resistance: LayerFile<Float>?
  private var limiting: LayerFile<UInt8>?

  /// - Parameters:
  ///   - threads: of GDAL's that encode tiles, beside those that score; they keep the order of the tiles.
  ///   - path: of a layer's file.
  init(
    of scorer: SuitabilityScorer, grid: Grid, layers: Set<OutputLayer>, options: [String],
    threads: Int, metadata: [String: String], path: (OutputLayer) -> String
  ) throws(HabitatError) {
    func file<Cell: RasterCell>(
      _ layer: OutputLayer, of _: Cell.Type
    ) throws(HabitatError) -> LayerFile<Cell>? {
      guard layers.contains(layer) else { return nil }
      let form = Form(layer)
      let writer = try RasterWriter(
        creating: path(layer), grid: grid, typeName: Cell.typeName, nodata: form.nodata,
        options: Self.options(form, options, threads))
      if let legend = form.legend {
        writer.setColours(legend.colours)
        writer.setCategoryNames(legend.categoryNames)
      }
      writer.setDescription("\(scorer.model.title): \(layer.rawValue)")
      for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
        writer.setMetadata(key, value)
      }
      return try LayerFile(writer, grid: grid)
    }
    classes = try file(.suitabilityClass, of: UInt8.self)
    score = try file(.score, of: Float.self)
    resistance = try file(.resistance, of: Float.self)
    limiting = try file(.limiting, of: UInt8.self)
  }

  func write(_ tile: FinishedTile) throws(HabitatError) {
    if let cells = tile.classes { try classes?.write(cells, to: tile.window) }
    if let cells = tile.scores { try score?.write(cells, to: tile.window) }
    if let cells = tile.resistances { try resistance?.write(cells, to: tile.window) }
    if let cells = tile.limiting { try limiting?.write(cells, to: tile.window) }
  }

  /// Completes the overviews and closes the files.
  func finish() throws(HabitatError) {
    try classes.take()?.close()
    try score.take()?.close()
    try resistance.take()?.close()
    try limiting.take()?.close()
  }

  /// How a layer is stored.
  private struct Form {
    let nodata: Double
    let predictor: String?
    let legend: ColourLegend?

    init(_ layer: OutputLayer) {
      switch layer {
      case .suitabilityClass, .limiting:
        (nodata, predictor) = (0, nil)
        legend = layer == .limiting ? .limitingFactors : .suitabilityClasses
      case .score, .resistance:
        (nodata, predictor) = (-1, "3")
        legend = nil
      }
    }
  }

  /// The options of a file, the user's last so that they win.
  private static func options(_ form: Form, _ own: [String], _ threads: Int) -> [String] {
    let tile = String(Strip.tile)
    var options = [
      "TILED=YES", "BLOCKXSIZE=\(tile)", "BLOCKYSIZE=\(tile)", "BIGTIFF=IF_SAFER",
      "COMPRESS=\(form.predictor == nil ? "LZW" : "DEFLATE")",
    ]
    if threads > 1 { options.append("NUM_THREADS=\(threads)") }
    if let predictor = form.predictor { options.append("PREDICTOR=\(predictor)") }
    for option in own {
      let key = option.prefix { $0 != "=" }.uppercased() + "="
      options.removeAll { $0.hasPrefix(key) || key == "COMPRESS=" && $0.hasPrefix("PREDICTOR=") }
      options.append(option)
    }
    return options
  }
}
