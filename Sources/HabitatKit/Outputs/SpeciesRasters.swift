import GeoIO
import RasterCore
import Reclassification
import Styles

/// The rasters of one species while they are written, strip by strip.
///
/// Sendable although GDAL handles are not: strips come in turns (`OrderedTurns`), each handed on under a
/// lock, so no two threads ever use a handle at once; GDAL allows that.
final class SpeciesRasters: @unchecked Sendable {
  private let classes: Output?
  private let score: Output?
  private let resistance: Output?
  private let limiting: Output?

  /// A class, so that it can be kept or not; the writer in it is closed once.
  private final class Output {
    private var writer: RasterWriter?
    let resampling: String

    init(_ writer: consuming RasterWriter, resampling: String) {
      self.writer = consume writer
      self.resampling = resampling
    }

    func write<Cell: RasterCell>(_ cells: [Cell], to window: Window) throws(HabitatError) {
      try writer?.write(cells, to: window)
    }

    func finish() throws(HabitatError) {
      try writer?.buildOverviews(resampling: resampling)
      if let writer = writer.take() { try writer.close() }
    }
  }

  /// - Parameter path: of a layer's file.
  init(
    of scorer: SuitabilityScorer, grid: Grid, layers: Set<OutputLayer>, options: [String],
    metadata: [String: String], path: (OutputLayer) -> String
  ) throws(HabitatError) {
    var outputs: [OutputLayer: Output] = [:]
    for layer in OutputLayer.allCases where layers.contains(layer) {
      let form = Form(layer)
      let writer = try RasterWriter(
        creating: path(layer), grid: grid, typeName: form.typeName, nodata: form.nodata,
        options: Self.options(form, options))
      if let legend = form.legend {
        writer.setColours(legend.colours)
        writer.setCategoryNames(legend.categoryNames)
      }
      writer.setDescription("\(scorer.model.title): \(layer.rawValue)")
      for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
        writer.setMetadata(key, value)
      }
      outputs[layer] = Output(writer, resampling: form.resampling)
    }
    classes = outputs[.suitabilityClass]
    score = outputs[.score]
    resistance = outputs[.resistance]
    limiting = outputs[.limiting]
  }

  func write(_ strip: StripOutput) throws(HabitatError) {
    try classes?.write(strip.classes, to: strip.window)
    try score?.write(strip.scores, to: strip.window)
    try resistance?.write(strip.resistances, to: strip.window)
    try limiting?.write(strip.limiting, to: strip.window)
  }

  /// Adds overviews and closes the files.
  func finish() throws(HabitatError) {
    for output in [classes, score, resistance, limiting] { try output?.finish() }
  }

  /// How a layer is stored.
  private struct Form {
    let typeName: String
    let nodata: Double
    let resampling: String
    let predictor: String?
    let legend: ColourLegend?

    init(_ layer: OutputLayer) {
      switch layer {
      case .suitabilityClass, .limiting:
        (typeName, nodata, resampling, predictor) = ("Byte", 0, "MODE", nil)
        legend = layer == .limiting ? .limitingFactors : .suitabilityClasses
      case .score, .resistance:
        (typeName, nodata, resampling, predictor) = ("Float32", -1, "AVERAGE", "3")
        legend = nil
      }
    }
  }

  /// The options of a file, the user's last so that they win.
  private static func options(_ form: Form, _ own: [String]) -> [String] {
    let tile = String(Strip.tile)
    var options = [
      "TILED=YES", "BLOCKXSIZE=\(tile)", "BLOCKYSIZE=\(tile)", "BIGTIFF=IF_SAFER",
      "COMPRESS=\(form.predictor == nil ? "LZW" : "DEFLATE")",
    ]
    if let predictor = form.predictor { options.append("PREDICTOR=\(predictor)") }
    for option in own {
      let key = option.prefix { $0 != "=" }.uppercased() + "="
      options.removeAll { $0.hasPrefix(key) || key == "COMPRESS=" && $0.hasPrefix("PREDICTOR=") }
      options.append(option)
    }
    return options
  }
}
