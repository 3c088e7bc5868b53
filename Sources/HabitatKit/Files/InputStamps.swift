import GeoIO
import Machine
import RasterCore
import RasterLoader
import Reclassification
import RunFolder

/// The inputs as they stood before any of them was opened, so that a change in the meantime is seen.
///
/// What a run has read and what its record has the digest of are then the same bytes.
struct InputStamps: Sendable {
  private var stamps: [InputFile: FileStamp] = [:]
  /// Of files that may turn out to be inputs, too: those that named ones name, and those beside them.
  private var early: [String: FileStamp] = [:]
  private let models: [SpeciesModel]
  /// What the paths of the rasters named then.
  let selections: RasterSelections

  /// The files that a request names; to be asked before they are opened.
  ///
  /// - Throws: `.unavailable`, slug `source-unreachable`; others of reading a remote file.
  init(of landscape: Landscape, _ models: [SpeciesModel]) throws(HabitatError) {
    self.models = models
    // First, for to look for tiles a silent server is asked many times.
    let named = landscape.rasterLayers.flatMap { layer, raster in
      raster.paths.filter { NetworkAccess.isRemote($0) && !$0.contains(where: "*?[".contains) }
        .map { InputFile(layer: layer, path: $0) }
    }
    let known = try Self.stamps(of: named)
    selections = RasterSelections(of: landscape)
    let files = Self.files(of: landscape, selections)
    stamps = try Self.stamps(of: files.filter { known[$0] == nil })
    for file in files { if let stamp = known[file] { stamps[file] = stamp } }
    var beside = SideFileNames()
    for path in Set(files.map(\.path)) where !NetworkAccess.isRemote(path) {
      for named in FileSystem.filesNamed(by: path) {
        for file in [named] + beside.paths(beside: named) { early[file] = FileStamp(file) }
      }
    }
  }

  private static func files(
    of landscape: Landscape, _ selections: RasterSelections
  ) -> [InputFile] {
    var files: [InputFile] = []
    for (layer, _) in landscape.rasterLayers {
      files += selections.tiles(of: layer).map { InputFile(layer: layer, path: $0) }
    }
    let vectors = [
      ("parks", landscape.parks), ("roads", landscape.roads),
      ("settlements", landscape.settlements),
    ]
    for (layer, vector) in vectors {
      if let path = vector?.path { files.append(InputFile(layer: layer, path: path)) }
    }
    if let path = landscape.legend { files.append(InputFile(layer: "legend", path: path)) }
    if let path = landscape.file { files.append(InputFile(layer: "landscape", path: path)) }
    return files
  }

  /// Asks servers side by side: each may take a while.
  private static func stamps(
    of files: [InputFile]
  ) throws(HabitatError) -> [InputFile: FileStamp] {
    var stamps: [InputFile: FileStamp] = [:]
    for file in files where !NetworkAccess.isRemote(file.path) {
      stamps[file] = FileStamp(file.path)
    }
    let remote = files.filter { NetworkAccess.isRemote($0.path) }
    let found = try WorkerThreads.map(remote, threads: 8) { () throws(HabitatError) in
      { (file: InputFile) throws(HabitatError) in
        let stamp = FileStamp(file.path)
        switch stamp.remote {
        case .silent(let why): throw .unreachable(file, why)
        case .failed(let error):
          throw RemoteSources.error(in: file.path, at: "\(file.layer): \(file.path)") ?? error
        case .found, .refused, nil: return stamp
        }
      }
    }
    for (file, stamp) in zip(remote, found) { stamps[file] = stamp }
    return stamps
  }

  /// Adds the files that only opening shows, such as side files; those known already keep their stamps.
  ///
  /// - Throws: `.unavailable`, slug `source-unreachable`.
  mutating func add(_ files: [InputFile]) throws(HabitatError) {
    let new = files.filter { stamps[$0] == nil }
    for (file, stamp) in try Self.stamps(of: new) { stamps[file] = early[file.path] ?? stamp }
    early = [:]
  }

  /// - Parameter records: the digests of the inputs, read in the meantime.
  /// - Throws: `.input`, slug `input-changed`, for the first file that is no longer what it was; `.unavailable`, slug
  ///   `source-unreachable`.
  func refuseChanges(_ records: [InputFile.Record] = []) throws(HabitatError) {
    let files = stamps.keys.sorted { ($0.layer, $0.path) < ($1.layer, $1.path) }
    let current = try Self.stamps(of: files)
    for file in files {
      guard let now = current[file], now != stamps[file] else { continue }
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
