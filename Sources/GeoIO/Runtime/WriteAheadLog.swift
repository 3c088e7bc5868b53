import RasterCore

/// The file in which SQLite, and so a GeoPackage, keeps changes that are not in the database yet.
enum WriteAheadLog {
  /// Refuses a database with changes beside it: GDAL would move them into the file when it closes it, which
  /// must stay as it is, and the file's digest would not be that of what was read.
  ///
  /// An empty one, which a program leaves that only looks at the file, does no harm.
  ///
  /// - Throws: `.input`, slug `changes-beside-file`.
  static func refuseChanges(beside path: String) throws(HabitatError) {
    // Elsewhere nothing is written, and nothing asked for that was not named.
    guard !path.hasPrefix("/vsi") else { return }
    guard case .bytes(let count) = FileSystem.size(of: path + "-wal"), count > 0 else { return }
    throw HabitatError(
      .input, "changes-beside-file",
      "changes to the file are still beside it: a program has it open, or ended without closing it",
      at: path + "-wal",
      fix: "close the layer in that program (in QGIS, the project), or give a copy made by ogr2ogr"
    )
  }
}
