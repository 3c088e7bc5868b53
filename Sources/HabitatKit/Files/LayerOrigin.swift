import GeoIO
import RasterCore
import RasterLoader

/// What the files of a layer give away of where its data come from.
struct LayerOrigin: Hashable, Sendable {
  /// What they say of themselves, each wording once.
  let stated: [StatedOrigin]
  /// Their paths, by whose names a product is recognised.
  let paths: [String]
  let isOpenStreetMap: Bool

  init(stated: [StatedOrigin], paths: [String], isOpenStreetMap: Bool = false) {
    var seen: Set<StatedOrigin> = []
    self.stated = stated.filter { !$0.isEmpty && seen.insert($0).inserted }
    (self.paths, self.isOpenStreetMap) = (paths, isOpenStreetMap)
  }

  init(_ layer: PolygonLayer) {
    self.init(
      stated: [layer.origin], paths: [layer.path], isOpenStreetMap: layer.isOpenStreetMap)
  }

  init(_ reader: borrowing FeatureReader) {
    self.init(
      stated: [reader.origin], paths: [reader.path], isOpenStreetMap: reader.isOpenStreetMap)
  }

  /// - Parameter tiles: those of one layer. What joins rasters seldom says what they are: they are asked.
  init(_ tiles: [RasterTile]) {
    // In whatever order they are named they are the same tiles.
    let tiles = tiles.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    var stated = tiles.map(\.origin)
    let joined = tiles.filter { $0.origin.isEmpty && $0.driver == "VRT" }
      .flatMap { tile in tile.files.filter { $0 != tile.path } }
    for path in joined.prefix(Self.joinedAsked) {
      guard case .bytes = FileSystem.size(of: path) else { continue }
      if let dataset = try? RasterDataset(reading: path) { stated.append(dataset.origin) }
    }
    self.init(stated: stated, paths: tiles.map(\.path) + joined)
  }

  /// The rasters of a product say the same.
  private static let joinedAsked = 8

  // MARK: In one wording

  /// A text of all files: those that differ one after another, the first few of them.
  func text(_ key: KeyPath<StatedOrigin, String>) -> String {
    var texts: [String] = []
    for origin in stated where !origin[keyPath: key].isEmpty {
      if !texts.contains(origin[keyPath: key]) { texts.append(origin[keyPath: key]) }
    }
    return texts.prefix(Self.textsTold).joined(separator: "; ")
      + (texts.count > Self.textsTold ? "; …" : "")
  }

  private static let textsTold = 3

  /// The year that all names have in common, as products are named; empty where there is none, or several.
  var yearOfNames: String {
    let years = Set(paths.flatMap { EditionName($0.rasterName).dates.map { $0.prefix(4) } })
    return years.count == 1 ? String(years.first ?? "") : ""
  }
}
