import Foundation
import GeoIO
import RasterCore
import Reclassification
import Reporting
import RunFolder
import Styles
import ZonalStatistics

/// The rasters of one species while they are written, tile by tile.
///
/// Sendable although GDAL handles are not: tiles come in turns (`OrderedTurns`), each handed on under a
/// lock, and after the last of them one thread closes and finishes the rasters, for which the run waits
/// before it looks at them again. So no two threads ever use a handle at once; GDAL allows that.
final class SpeciesRasters: @unchecked Sendable {
  private var classes: LayerFile<UInt8>?
  private var score: LayerFile<Float>?
  private var resistance: LayerFile<Float>?
  private var limiting: LayerFile<UInt8>?
  private var sums = LayerSums()

  private let model: SpeciesModel
  private let grid: Grid
  private let request: ScoreRequest
  private let threads: Int

  /// - Parameters:
  ///   - threads: of GDAL's that encode tiles, beside those that score; they keep the order of the tiles.
  ///   - path: where a file of that name is made.
  /// - Throws: `.cannotWrite`, slug `write-failed`; `.usage`, slug `bad-option`.
  init(
    of model: SpeciesModel, grid: Grid, request: ScoreRequest, threads: Int,
    metadata: [String: String], path: (String) -> String
  ) throws(HabitatError) {
    (self.model, self.grid, self.request) = (model, grid, request)
    self.threads = threads
    classes = try file(.suitabilityClass, of: UInt8.self, grid, metadata, path)
    score = try file(.score, of: Float.self, grid, metadata, path)
    resistance = try file(.resistance, of: Float.self, grid, metadata, path)
    limiting = try file(.limiting, of: UInt8.self, grid, metadata, path)
  }

  private func file<Cell: RasterCell>(
    _ layer: OutputLayer, of _: Cell.Type, _ grid: Grid, _ metadata: [String: String],
    _ path: (String) -> String
  ) throws(HabitatError) -> LayerFile<Cell>? {
    guard request.layers.contains(layer) else { return nil }
    let form = LayerForm(layer, of: model)
    // What is copied afterwards needs no options of the user's.
    let own = request.format == .geoTIFF ? request.creationOptions : []
    let options = OutputFormat.geoTIFF.creationOptions(
      for: form, threads: threads, own: own)
    let writer = try RasterWriter(
      creating: path(madeAs(layer)), grid: grid, typeName: Cell.typeName,
      nodata: form.nodata, options: options)
    if let legend = form.legend { writer.setColours(legend.colours) }
    // R and Python name columns after it.
    writer.setDescription(stem(of: layer))
    writer.setMetadata("TIFFTAG_IMAGEDESCRIPTION", title(of: layer))
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { writer.setMetadata(key, value) }
    return try LayerFile(writer, grid: grid)
  }

  static func stem(of layer: OutputLayer, _ species: String) -> String {
    "\(species)_\(layer.rawValue)"
  }

  private func stem(of layer: OutputLayer) -> String { Self.stem(of: layer, model.species) }

  private func title(of layer: OutputLayer) -> String { "\(model.title): \(layer.rawValue)" }

  /// The name under which a raster is made; a Cloud Optimized GeoTIFF can only be copied from another.
  private func madeAs(_ layer: OutputLayer) -> String {
    stem(of: layer) + (request.format == .geoTIFF ? ".tif" : ".made.tif")
  }

  func write(_ tile: FinishedTile) throws(HabitatError) {
    if let cells = tile.classes { try classes?.write(cells, to: tile.window) }
    if let cells = tile.scores { try score?.write(cells, to: tile.window) }
    if let cells = tile.resistances { try resistance?.write(cells, to: tile.window) }
    if let cells = tile.limiting { try limiting?.write(cells, to: tile.window) }
    sums.add(tile.sums)
  }

  /// Completes the overviews and closes the files.
  func close() throws(HabitatError) {
    try classes.take()?.close()
    try score.take()?.close()
    try resistance.take()?.close()
    try limiting.take()?.close()
  }

  /// Closes files that are no longer wanted; nothing happens after `close()`.
  ///
  /// At once and here: a thread that lets go of its closure last would otherwise close them while their
  /// folder is being removed.
  func abandon() {
    classes = nil
    score = nil
    resistance = nil
    limiting = nil
  }

  /// Of the rasters as written; none where no cell has a value.
  var statistics: [OutputLayer: RasterStatistics] {
    [
      .suitabilityClass: sums.classes.statistics, .limiting: sums.limiting.statistics,
      .score: sums.scores.statistics, .resistance: sums.resistances.statistics,
    ].compactMapValues(\.self)
  }

  /// Puts the closed files into their format and writes what lies beside them.
  ///
  /// - Parameter unit: of the areas.
  func finish(in folder: OutputFolder, areasIn unit: AreaUnit) throws(HabitatError) {
    for layer in OutputLayer.allCases where request.layers.contains(layer) {
      let form = LayerForm(layer, of: model)
      try copy(layer, form, in: folder)
      promise(layer, form, in: folder)
      let codes = layer == .limiting ? sums.limiting : sums.classes
      let table = form.legend.map {
        ClassTable(
          $0, counts: codes.counts, areas: codes.areas.map { unit.squareMetres($0) / 1e6 })
      }
      try SideFiles(
        stem: stem(of: layer), title: title(of: layer), style: form.style, grid: grid
      )
      .write(to: folder, statistics: statistics[layer], classes: table)
    }
  }

  private func promise(_ layer: OutputLayer, _ form: LayerForm, in folder: OutputFolder) {
    let proof = RasterProof(
      grid: grid, typeName: form.isAmount ? Float.typeName : UInt8.typeName, nodata: form.nodata,
      overviews: Strip.halvings(of: grid))
    folder.promise(stem(of: layer) + ".tif") { path throws(HabitatError) in try proof.check(path) }
    guard request.format.hasWorldFile(with: request.creationOptions) else { return }
    folder.promise(stem(of: layer) + ".tfw") { path throws(HabitatError) in
      try proof.check(worldFile: path)
    }
  }

  private func copy(
    _ layer: OutputLayer, _ form: LayerForm, in folder: OutputFolder
  ) throws(HabitatError) {
    guard request.format != .geoTIFF else { return }
    let made = folder.staged(madeAs(layer))
    try RasterCopy.cloudOptimized(
      made, to: folder.staged(stem(of: layer) + ".tif"),
      options: request.format.creationOptions(
        for: form, threads: threads, own: request.creationOptions))
    for path in [made, made + ".aux.xml"] { unsafe _ = unlink(path) }
  }
}
