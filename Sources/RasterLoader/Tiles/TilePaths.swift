import Foundation
import GeoIO
public import RasterCore

/// Turns what a user names (files, globs, folders, `/vsi…` paths) into the tiles of a layer.
public enum TilePaths {
  /// The tiles, in the order in which later ones lie on top: by the bytes of the base name, then of
  /// the whole path. So the order in which they are named never matters.
  ///
  /// - Throws: `.input`: `input-missing`, `no-tiles`, `not-a-file`.
  public static func expand(_ paths: [String], layer: String) throws(HabitatError) -> [String] {
    var tiles: [String] = []
    for path in paths { tiles += try expand(path, layer: layer) }
    try refuseAlike(tiles, at: layer)
    return Set(tiles).sorted { $0.liesUnder($1) }
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
      let files = FileSystem.names(in: path).map { path.joined(with: $0) }
        .filter { FileSystem.size(of: $0) != .folder }
      let tiles = files.filter {
        FileSystem.size(of: $0) != .special && RasterFormat.recognises($0)
      }
      try refuseLostTiles(among: files, beside: tiles, layer)
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
        let tiles = matches(of: path)
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
      if RasterFormat.recognises(path) { return [path] }
      throw HabitatError(
        .input, "input-missing", "there is no such file or folder", at: "\(layer): \(path)",
        fix: "check the path; relative paths start in the current folder")
    }
  }

  /// A link to nowhere, a pipe, or a file that may not be read, called like the tiles beside it, is one that
  /// fails.
  private static func refuseLostTiles(
    among files: [String], beside tiles: [String], _ layer: String
  ) throws(HabitatError) {
    let endings = Set(tiles.map(\.ending))
    for file in files where endings.contains(file.ending) {
      try FileSystem.refuseSpecialFile(file, at: "\(layer): \(file)")
      try refuseLost(file, layer)
    }
  }

  private static func refuseLost(_ file: String, _ layer: String) throws(HabitatError) {
    guard FileSystem.size(of: file) == .missing else { return }
    throw HabitatError(
      .input, "input-missing", "the file cannot be opened, or is a link to none",
      at: "\(layer): \(file)", fix: "check permissions and links, or take it away")
  }

  /// The files that match a pattern, folder by folder.
  private static func matches(of pattern: String) -> [String] {
    // Empty components stay: `/vsizip//a.zip` and `/vsizip/a.zip` are two places.
    let components = pattern.split(separator: "/", omittingEmptySubsequences: false)
    var found = [""]
    for (index, component) in components.map(String.init).enumerated() {
      let isPattern = component.contains { "*?[".contains($0) }
      found = found.flatMap { folder in
        let prefix = index == 0 ? "" : folder + "/"
        guard isPattern else { return [prefix + component] }
        return FileSystem.names(in: index == 0 ? "." : folder.isEmpty ? "/" : folder)
          .filter { unsafe fnmatch(component, $0, FNM_PERIOD) == 0 }
          .map { prefix + $0 }
      }
    }
    return found.filter { FileSystem.size(of: $0) != .folder && FileSystem.hasEntry($0) }
  }
}

extension String {
  /// The part after the last slash.
  public var baseName: String { String(split(separator: "/").last ?? "") }

  /// What follows the last dot of the base name, in lower case.
  fileprivate var ending: String { String(baseName.lowercased().split(separator: ".").last ?? "") }

  fileprivate func joined(with name: String) -> String {
    isEmpty || hasSuffix("/") ? self + name : self + "/" + name
  }

  /// Whether a tile of this path lies under one of that path where the two overlap.
  fileprivate func liesUnder(_ other: String) -> Bool {
    let (mine, theirs) = (baseName.utf8, other.baseName.utf8)
    if mine.lexicographicallyPrecedes(theirs) { return true }
    if theirs.lexicographicallyPrecedes(mine) { return false }
    return utf8.lexicographicallyPrecedes(other.utf8)
  }
}
