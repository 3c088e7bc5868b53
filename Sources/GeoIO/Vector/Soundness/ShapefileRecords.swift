import CGDAL
import RasterCore

/// The records of a shapefile as its three files have them.
///
/// The index (`.shx`) says where each record of the `.shp` lies, and the table (`.dbf`) has a row for each. Where
/// they disagree, GDAL hands out as many features as the shortest counts, and no geometry where the index leads
/// nowhere, without a word.
///
/// Source: ESRI Shapefile Technical Description, an ESRI White Paper, July 1998.
struct ShapefileRecords: ~Copyable {
  private let file: InputBytes
  /// Of all shapes but null ones.
  private let kind: Int
  /// Bytes from the beginning of the file, by record.
  private let offsets: [Int]

  private static let headerLength = 100
  /// Before what a record holds: its number and its length.
  private static let recordHeaderLength = 8

  private init(_ file: consuming InputBytes, kind: Int, offsets: [Int]) {
    self.file = file
    (self.kind, self.offsets) = (kind, offsets)
  }

  /// - Returns: `nil` where there are no such files, such as in a folder of tables.
  /// - Throws: `.input`, slug `unreadable-features`, where the files do not count the same records.
  static func of(_ path: String?) throws(HabitatError) -> ShapefileRecords? {
    guard let path else { return nil }
    let stem = String(path.dropLast(4))
    guard let file = InputBytes(of: path), let header = file.read(headerLength, at: 0),
      let indexPath = side(of: stem, "shx")
    else { return nil }
    let offsets = try offsets(in: indexPath)
    if let tablePath = side(of: stem, "dbf"),
      let rows = InputBytes(of: tablePath)?.read(8, at: 0)?.littleEndian(at: 4),
      rows != offsets.count
    {
      throw refusal(
        "the table counts \(rows) rows, the index \(offsets.count) shapes", at: tablePath)
    }
    try check(offsets, of: file, at: path)
    return ShapefileRecords(file, kind: header.littleEndian(at: 32), offsets: offsets)
  }

  private static func offsets(in path: String) throws(HabitatError) -> [Int] {
    guard let index = InputBytes(of: path), let header = index.read(headerLength, at: 0) else {
      throw refusal("the index cannot be read", at: path)
    }
    let counted = (2 * header.bigEndian(at: 24) - headerLength) / 8
    let held = (index.count - headerLength) / 8
    guard counted == held, let entries = index.read(8 * held, at: headerLength) else {
      throw refusal("the index counts \(counted) records and holds \(held)", at: path)
    }
    return (0..<held).map { 2 * entries.bigEndian(at: 8 * $0) }
  }

  /// A file of the same name with another ending, in the letters that GDAL looks for.
  private static func side(of stem: String, _ ending: String) -> String? {
    [stem + "." + ending, stem + "." + ending.uppercased()].first {
      if case .bytes = FileSystem.size(of: $0) { true } else { false }
    }
  }

  private static func refusal(_ what: String, at path: String) -> HabitatError {
    HabitatError(
      .input, "unreadable-features", what, at: path,
      fix:
        "fetch all files of the shapefile again; a new index is made by taking the .shx away and "
        + "running ogrinfo --config SHAPE_RESTORE_SHX YES")
  }

  /// No two records at one place, and none behind the last that the index does not know.
  private static func check(
    _ offsets: [Int], of file: borrowing InputBytes, at path: String
  ) throws(HabitatError) {
    let sorted = offsets.sorted()
    if let pair = zip(sorted, sorted.dropFirst()).first(where: { $0 == $1 }) {
      throw refusal("the index has two records begin at byte \(pair.0)", at: path)
    }
    guard let last = sorted.last, let header = file.read(recordHeaderLength, at: last) else {
      return
    }
    let end = last + recordHeaderLength + 2 * header.bigEndian(at: 4)
    if let next = file.read(recordHeaderLength, at: end),
      next.bigEndian(at: 0) == offsets.count + 1
    {
      throw refusal(
        "the index counts \(offsets.count) shapes, but another follows at byte \(end)", at: path)
    }
  }

  // MARK: Records

  /// What keeps a record from being the shape that GDAL made of it; `nil` where it is.
  ///
  /// - Parameter geometry: `nil` for a feature without one.
  func fault(ofRecord number: Int64, _ geometry: OGRGeometryH?) -> String? {
    guard let offset = offsets.indices.contains(Int(number)) ? offsets[Int(number)] : nil,
      offset >= Self.headerLength,
      let kind = file.read(4, at: offset + Self.recordHeaderLength)?.littleEndian(at: 0)
    else { return "the index leads to no record" }
    if kind == 0 { return nil }
    guard kind == self.kind else { return "its record is damaged, or the index leads elsewhere" }
    guard let expected = counts(at: offset + Self.recordHeaderLength) else {
      return "its record ends too early"
    }
    var found = Counts()
    if let geometry = unsafe geometry { unsafe found.add(geometry) }
    // The patches of a surface are taken apart in ways of their own.
    let isWhole = kind == Self.multiPatch ? found.points > 0 : found == expected
    return isWhole
      ? nil
      : "its record has \(expected.parts) parts of \(expected.points) points, of which "
        + "\(found.parts) and \(found.points) can be read"
  }

  private static let multiPatch = 31

  /// Rings or lines, and points.
  private struct Counts: Equatable {
    var parts = 0
    var points = 0

    mutating func add(_ geometry: OGRGeometryH) {
      let count = unsafe OGR_G_GetGeometryCount(geometry)
      for index in 0..<max(count, 0) {
        if let part = unsafe OGR_G_GetGeometryRef(geometry, index) { unsafe add(part) }
      }
      guard count == 0, unsafe OGR_G_IsEmpty(geometry) == 0 else { return }
      points += unsafe Int(OGR_G_GetPointCount(geometry))
      if unsafe OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) != wkbPoint { parts += 1 }
    }
  }

  /// - Parameter place: of what the record holds, after its header.
  private func counts(at place: Int) -> Counts? {
    switch kind % 10 {
    // A kind, and x and y.
    case 1: return Counts(parts: 0, points: 1)
    // A kind and a box of four numbers, then how many points.
    case 8:
      return file.read(40, at: place).map { Counts(parts: 0, points: $0.littleEndian(at: 36)) }
    // The same with the number of parts before.
    default:
      return file.read(44, at: place).map {
        Counts(parts: $0.littleEndian(at: 36), points: $0.littleEndian(at: 40))
      }
    }
  }
}
