import GeoIO
import RasterCore
import RasterLoader
import Reclassification

/// The inputs as they stood before any of them was opened, so that a change in the meantime is seen.
///
/// What a run has read and what its record has the digest of are then the same bytes.
struct InputStamps: Sendable {
  private var stamps: [InputFile: FileStamp] = [:]
  private let models: [SpeciesModel]

  /// The files that a request names; to be asked before they are opened.
  init(of landscape: Landscape, _ models: [SpeciesModel]) {
    self.models = models
    var rasters: [(layer: String, raster: Landscape.RasterLayer?)] = [
      ("landcover", landscape.landCover), ("dem", landscape.elevation),
    ]
    rasters += landscape.refinement.layers.map { ($0.layer.rawValue, $0.raster) }
    for (layer, raster) in rasters {
      // What cannot be found is told by those who open it.
      let paths = try? raster.map { try TilePaths.expand($0.paths, layer: layer) }
      add((paths ?? nil ?? []).map { InputFile(layer: layer, path: $0) })
    }
    let vectors = [
      ("parks", landscape.parks), ("roads", landscape.roads),
      ("settlements", landscape.settlements),
    ]
    for (layer, vector) in vectors {
      if let path = vector?.path { add([InputFile(layer: layer, path: path)]) }
    }
    if let path = landscape.legend { add([InputFile(layer: "legend", path: path)]) }
    if let path = landscape.file { add([InputFile(layer: "landscape", path: path)]) }
  }

  /// Adds the files that only opening shows, such as side files; those known already keep their stamps.
  mutating func add(_ files: [InputFile]) {
    for file in files where stamps[file] == nil { stamps[file] = FileStamp(file.path) }
  }

  /// - Parameter records: the digests of the inputs, read in the meantime.
  /// - Throws: `.input`, slug `input-changed`, for the first file that is no longer what it was.
  func refuseChanges(_ records: [InputFile.Record] = []) throws(HabitatError) {
    for file in stamps.keys.sorted(by: { ($0.layer, $0.path) < ($1.layer, $1.path) }) {
      let now = FileStamp(file.path)
      guard now != stamps[file] else { continue }
      throw Self.changed(file, isGone: !now.isOfFile)
    }
    for record in records where record.file.layer == "model" {
      guard models.contains(where: { $0.sha256 == record.sha256 }) else {
        throw Self.changed(record.file, isGone: false)
      }
    }
  }

  private static func changed(_ file: InputFile, isGone: Bool) -> HabitatError {
    HabitatError(
      .input, "input-changed",
      isGone
        ? "the file has gone while the run read it" : "the file was changed while the run read it",
      at: "\(file.layer): \(file.path)", fix: "run again when nothing else writes to it")
  }
}
