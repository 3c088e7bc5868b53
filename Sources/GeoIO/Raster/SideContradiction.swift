import CGDAL
import RasterCore

/// A file beside a raster that says something else than the raster itself.
public struct SideContradiction: Hashable, Sendable {
  /// The side file.
  public let path: String
  /// What is at odds: "the geotransform", "the CRS", "the nodata value".
  public let subject: String
  /// What the side file says, and what the raster itself says, for people.
  public let sideText: String
  public let ownText: String
  /// Whether the side file is what is read.
  public let sideWins: Bool
}

extension RasterDataset {
  /// What files beside the raster say against it; what only adds to it, or agrees, is left out.
  ///
  /// Of GDAL 3.6 an `.aux.xml` wins over the file itself, a world file, a `.tab`, a `.prj` and a `.hdr` lose
  /// against it.
  ///
  /// - Parameter files: those the raster is made of, as GDAL knows them.
  public func contradictions(files: [String], band: Int) -> [SideContradiction] {
    let sides = SideFile.all(of: path, among: files)
    guard !sides.isEmpty, let own = Self.ownStatement(at: path, band: band) else { return [] }
    // GDAL has taken an `.aux.xml` in.
    let seen = statement(band: band)
    return sides.flatMap { side in
      guard let said = side.kind == .auxiliary ? seen : side.statement else {
        return [SideContradiction]()
      }
      return contradictions(of: said, side, own)
    }
  }

  private func contradictions(
    of said: Statement, _ side: SideFile, _ own: Statement
  ) -> [SideContradiction] {
    var found: [SideContradiction] = []
    func add(_ subject: String, _ sideText: String, _ ownText: String) {
      found.append(
        SideContradiction(
          path: side.path, subject: subject, sideText: sideText, ownText: ownText,
          sideWins: side.kind == .auxiliary))
    }
    if let its = said.geotransform, let mine = own.geotransform, !isAlike(its, mine) {
      add("the geotransform", its.text, mine.text)
    }
    if let its = said.crs, let mine = own.crs, !isAlike(its, mine, own.geotransform) {
      add("the CRS", its.name, mine.name)
    }
    if let its = said.nodata, let mine = own.nodata, its != mine, !(its.isNaN && mine.isNaN) {
      add("the nodata value", its.shown, mine.shown)
    }
    return found
  }

  /// To a tenth of a cell at all corners: text files round.
  private func isAlike(_ one: Geotransform, _ two: Geotransform) -> Bool {
    corners.allSatisfy { corner in
      let (a, b) = (
        one.point(column: corner.x, row: corner.y), two.point(column: corner.x, row: corner.y)
      )
      let cell = max(abs(two.columnStepX), abs(two.rowStepX))
      return abs(a.x - b.x) < 0.1 * cell && abs(a.y - b.y) < 0.1 * cell
    }
  }

  /// Whether two CRSs mean the same places, to a tenth of a cell: names and codes differ where they do.
  private func isAlike(
    _ one: CoordinateReferenceSystem, _ two: CoordinateReferenceSystem, _ place: Geotransform?
  ) -> Bool {
    if one.isSame(as: two) { return true }
    guard let place, one.isGeographic == two.isGeographic,
      let transform = try? CoordinateTransform(from: one, to: two)
    else { return false }
    let points = corners.map { place.point(column: $0.x, row: $0.y) }
    var moved = points
    transform.transform(&moved)
    let cell = max(abs(place.columnStepX), abs(place.rowStepX))
    return zip(points, moved).allSatisfy {
      abs($0.x - $1.x) < 0.1 * cell && abs($0.y - $1.y) < 0.1 * cell
    }
  }

  private var corners: [Point] {
    let (width, height) = (Double(columns), Double(rows))
    return [
      Point(x: 0, y: 0), Point(x: width, y: 0), Point(x: 0, y: height), Point(x: width, y: height),
    ]
  }

  /// What is said of a raster.
  fileprivate struct Statement {
    var geotransform: Geotransform?
    var crs: CoordinateReferenceSystem?
    var nodata: Double?
  }

  private func statement(band: Int) -> Statement {
    Statement(
      geotransform: geotransform, crs: crs, nodata: (try? self.band(band))?.nodata)
  }

  /// What the raster says without its `.aux.xml`.
  private static func ownStatement(at path: String, band: Int) -> Statement? {
    unsafe CPLSetThreadLocalConfigOption("GDAL_PAM_ENABLED", "NO")
    defer { unsafe CPLSetThreadLocalConfigOption("GDAL_PAM_ENABLED", nil) }
    guard let dataset = try? RasterDataset(reading: path) else { return nil }
    return dataset.statement(band: band)
  }
}

/// A file beside a raster that tells of its place or its values.
private struct SideFile {
  enum Kind { case auxiliary, world, tab, projection, header }
  let path: String
  let kind: Kind

  /// Those that are there. On the network and in archives only those that GDAL has met: asking costs.
  static func all(of path: String, among files: [String]) -> [SideFile] {
    let stem = path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
    let isTIFF = path.lowercased().hasSuffix(".tif") || path.lowercased().hasSuffix(".tiff")
    var candidates = [SideFile(path: path + ".aux.xml", kind: .auxiliary)]
    if isTIFF {
      candidates += ["tfw", "tifw", "tiffw", "wld", "TFW"].map {
        SideFile(path: "\(stem).\($0)", kind: .world)
      }
      candidates += [("tab", Kind.tab), ("prj", .projection), ("hdr", .header)].map {
        SideFile(path: "\(stem).\($0.0)", kind: $0.1)
      }
    }
    return candidates.filter { candidate in
      path.hasPrefix("/vsi") || SubdatasetPath(path) != nil
        ? files.contains(candidate.path) : FileStamp(candidate.path).isOfFile
    }
  }

  /// `nil` where nothing can be read, and of what GDAL reads with the raster.
  var statement: RasterDataset.Statement? {
    switch kind {
    case .auxiliary: return nil
    case .world: return RasterDataset.Statement(geotransform: worldFile)
    case .tab: return RasterDataset.Statement(geotransform: tabFile)
    case .projection:
      guard let text else { return nil }
      return RasterDataset.Statement(crs: try? CoordinateReferenceSystem(userInput: text))
    case .header: return headerStatement
    }
  }

  private var worldFile: Geotransform? {
    var numbers = [Double](repeating: 0, count: 6)
    let ending = path.split(separator: ".").last.map(String.init)
    return unsafe GDALReadWorldFile(path, ending, &numbers) == 0 ? nil : Geotransform(gdal: numbers)
  }

  private var tabFile: Geotransform? {
    var numbers = [Double](repeating: 0, count: 6)
    var count: Int32 = 0
    var points: UnsafeMutablePointer<GDAL_GCP>? = nil
    var wkt: UnsafeMutablePointer<CChar>? = nil
    guard unsafe GDALReadTabFile(path, &numbers, &wkt, &count, &points) != 0 else { return nil }
    unsafe VSIFree(wkt)
    unsafe GDALDeinitGCPs(count, points)
    unsafe VSIFree(points)
    return count == 0 ? Geotransform(gdal: numbers) : nil
  }

  private var text: String? {
    (try? FileSystem.contents(of: path, atMost: 1 << 20))
      .map { String(decoding: $0, as: UTF8.self).filter { $0 != "\0" } }
  }

  /// Esri's header of plain rasters: places are of the centre of the first cell.
  private var headerStatement: RasterDataset.Statement? {
    var values: [String: Double] = [:]
    for line in (text ?? "").split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      if words.count == 2, let number = Double(words[1]) {
        values[words[0].uppercased()] = number
      }
    }
    var said = RasterDataset.Statement(nodata: values["NODATA"] ?? values["NODATA_VALUE"])
    if let x = values["ULXMAP"], let y = values["ULYMAP"], let width = values["XDIM"],
      let height = values["YDIM"]
    {
      said.geotransform = Geotransform(
        originX: x - width / 2, columnStepX: width, originY: y + height / 2, rowStepY: -height)
    }
    return said
  }
}

extension Geotransform {
  fileprivate var text: String {
    "\(originX.shown), \(originY.shown) with cells of \(columnStepX.shown) × \(abs(rowStepY).shown)"
  }
}

extension Double {
  fileprivate var shown: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}
