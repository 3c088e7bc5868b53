import Foundation
import GeoIO
import Machine
public import RasterCore

/// Turns what a user names (files, globs, folders, `/vsi…` paths) into the tiles of a layer.
public enum TilePaths {
  /// What the paths of a layer name.
  public struct Selection: Sendable {
    /// In the order in which later ones lie on top: by the bytes of the base name, then of the whole path. So
    /// the order in which they are named never matters.
    public let tiles: [String]
    /// Files named by their own paths, which are taken as given.
    public let named: Set<String>
    /// What folders and patterns hold besides.
    public let companions: [Companion]
  }

  /// A raster that belongs to another one and is no tile.
  public struct Companion: Hashable, Sendable {
    public let path: String
    /// What it belongs to, for people.
    public let title: String
  }

  /// The tiles of a layer, companions of products left out of folders and patterns.
  ///
  /// - Throws: `.input`: `input-missing`, `no-tiles`, `not-a-file`, `not-a-raster`, `paths-alike`,
  ///   `name-unreadable`.
  public static func select(_ paths: [String], layer: String) throws(HabitatError) -> Selection {
    var (tiles, named): ([String], Set<String>) = ([], [])
    for path in paths {
      let found = try expand(path, layer: layer)
      tiles += found
      if found == [path] { named.insert(path) }
    }
    try refuseAlike(tiles, at: layer)
    let all = Set(tiles).sorted { $0.liesUnder($1) }
    let companions = companions(among: all, layer: layer).filter { !named.contains($0.path) }
    let left = Set(companions.map(\.path))
    let selection = Selection(
      tiles: all.filter { !left.contains($0) }, named: named, companions: companions)
    guard !selection.tiles.isEmpty || all.isEmpty else {
      throw HabitatError(
        .input, "no-tiles",
        "the rasters there belong to others and are no tiles themselves: "
          + companions.map(\.path.baseName).joined(separator: ", "),
        at: "\(layer): \(paths.joined(separator: ", "))",
        fix:
          "fetch what they belong to (\(companions[0].title)); a file named by its own path is taken "
          + "as given")
    }
    return selection
  }

  /// Those of some files that belong to others of them, or to a known product, and are no tiles.
  public static func companions(among paths: [String], layer: String) -> [Companion] {
    let titles = CompanionRasters.titles(of: paths.map(\.baseName), layer: layer)
    return paths.compactMap { path in
      titles[path.baseName].map { Companion(path: path, title: $0) }
    }
  }

  /// Two paths of the same letters in other bytes, such as é in one character and in two, are two files to the
  /// system and one text to this program.
  ///
  /// - Throws: `.input`, slug `paths-alike`.
  public static func refuseAlike(
    _ paths: [String], at location: String
  ) throws(HabitatError) {
    var known: [String: [UInt8]] = [:]
    for path in paths {
      let bytes = Array(path.utf8)
      guard let other = known.updateValue(bytes, forKey: path), other != bytes else { continue }
      throw HabitatError(
        .input, "paths-alike", "two files differ only in how their accented letters are stored",
        at: "\(location): \(path)", fix: "rename one of them")
    }
  }

  private static func expand(_ path: String, layer: String) throws(HabitatError) -> [String] {
    switch FileSystem.size(of: path) {
    case .folder:
      let tiles = try FolderTiles(in: path, layer: layer).tiles()
      guard !tiles.isEmpty else {
        throw HabitatError(
          .input, "no-tiles", "the folder holds no raster", at: "\(layer): \(path)",
          fix: "name the folder that the tiles lie in, or a glob such as '\(path)/*/*.tif'")
      }
      return tiles
    case .bytes, .special:
      try FileSystem.refuseSpecialFile(path, at: "\(layer): \(path)")
      return [path]
    case .missing:
      if path.contains(where: { "*?[".contains($0) }) {
        let tiles = try matches(of: path, layer)
        for tile in tiles {
          try FileSystem.refuseSpecialFile(tile, at: "\(layer): \(tile)")
          try refuseLost(tile, layer)
        }
        guard !tiles.isEmpty else {
          throw HabitatError(
            .input, "no-tiles", "no file matches the pattern", at: "\(layer): \(path)",
            fix: "check the pattern; quotes keep the shell from touching it")
        }
        return tiles
      }
      // Subdatasets and some /vsi paths are no files of their own, yet open.
      if let file = SubdatasetPath(path)?.file { try refuseLost(file, layer) }
      if RasterFormat.recognises(path) { return [path] }
      throw HabitatError(
        .input, "input-missing", "there is no such file or folder", at: "\(layer): \(path)",
        fix: "check the path; relative paths start in the current folder")
    }
  }

  /// - Throws: `.input`, slug `input-missing`, for a link to nowhere and what may not be read.
  static func refuseLost(_ file: String, _ layer: String) throws(HabitatError) {
    guard FileSystem.size(of: file) == .missing else { return }
    throw HabitatError(
      .input, "input-missing", "the file cannot be opened, or is a link to none",
      at: "\(layer): \(file)", fix: "check permissions and links, or take it away")
  }

  /// The files that match a pattern, folder by folder.
  ///
  /// - Throws: `.input`, slug `name-unreadable`.
  private static func matches(
    of pattern: String, _ layer: String
  ) throws(HabitatError) -> [String] {
    // Empty components stay: `/vsizip//a.zip` and `/vsizip/a.zip` are two places.
    let components = pattern.split(separator: "/", omittingEmptySubsequences: false)
    var found = [""]
    for (index, component) in components.map(String.init).enumerated() {
      let isPattern = component.contains { "*?[".contains($0) }
      var matching: [String] = []
      for folder in found {
        let prefix = index == 0 ? "" : folder + "/"
        guard isPattern else {
          matching.append(prefix + component)
          continue
        }
        let place = index == 0 ? "." : folder.isEmpty ? "/" : folder
        try FileSystem.refuseUnreadableNames(in: place, matching: component, at: layer)
        let pattern = FileNamePattern(component, sparesHidden: true)
        matching += FileSystem.names(in: place).filter(pattern.matches).map { prefix + $0 }
      }
      found = matching
    }
    return found.filter { FileSystem.size(of: $0) != .folder && FileSystem.hasEntry($0) }
  }
}

extension String {
  /// The part after the last slash.
  public var baseName: String { String(split(separator: "/").last ?? "") }

  /// Whether a tile of this path lies under one of that path where the two overlap.
  fileprivate func liesUnder(_ other: String) -> Bool {
    let (mine, theirs) = (baseName.utf8, other.baseName.utf8)
    if mine.lexicographicallyPrecedes(theirs) { return true }
    if theirs.lexicographicallyPrecedes(mine) { return false }
    return utf8.lexicographicallyPrecedes(other.utf8)
  }
}
