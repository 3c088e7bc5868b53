import CGDAL
public import RasterCore

/// A GeoPackage that has been written, looked at from outside.
///
/// What SQLite could not write, for want of room or memory, it undoes, and OGR goes on without a word: a file
/// may then be short of its mark, of rows or of a whole layer.
public enum GeoPackageFile {
  /// Bytes of the header of an SQLite database, and where its application has a mark of its own.
  private static let (headerBytes, mark) = (100, 68)

  /// - Parameter rows: how many features each layer must have.
  /// - Throws: `.cannotWrite`, slug `write-failed`, where the file is not a whole one with these rows.
  public static func check(_ path: String, rows: [String: Int]) throws(HabitatError) {
    var header: [UInt8] = []
    _ = FileSystem.read(path) { bytes in
      header = Array(bytes.prefix(headerBytes))
      return false
    }
    guard header.count == headerBytes, header[mark..<mark + 4].elementsEqual("GPKG".utf8) else {
      throw failure("it has no mark of a GeoPackage", path)
    }
    let dataset = try VectorDataset(reading: path)
    let verdict = dataset.firstText(of: "PRAGMA quick_check")
    guard verdict == "ok" else { throw failure("the database is not whole", path) }
    for (name, count) in rows.sorted(by: { $0.key < $1.key }) {
      let found = dataset.rowCount(of: name)
      guard found == count else {
        throw failure("its layer \(name) has \(found) rows of \(count)", path)
      }
    }
  }

  private static func failure(_ what: String, _ path: String) -> HabitatError {
    HabitatError(
      .cannotWrite, "write-failed", "the file is not on the disk as it was written: \(what)",
      at: path, fix: "check free space and permissions")
  }
}

extension VectorDataset {
  fileprivate func rowCount(of layer: String) -> Int {
    firstText(of: "SELECT count(*) FROM \"\(layer)\"").flatMap { Int($0) } ?? 0
  }

  /// The first value of the answer to a statement.
  private func value(of statement: String) -> String? {
    guard let answer = unsafe GDALDatasetExecuteSQL(handle, statement, nil, nil) else { return nil }
    defer { unsafe GDALDatasetReleaseResultSet(handle, answer) }
    guard let row = unsafe OGR_L_GetNextFeature(answer) else { return nil }
    defer { unsafe OGR_F_Destroy(row) }
    return unsafe String(cString: OGR_F_GetFieldAsString(row, 0))
  }

  /// The same without what GDAL says where there is none.
  fileprivate func firstText(of statement: String) -> String? {
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    return value(of: statement)
  }
}
