import CGDAL

/// How large the outlines of a layer are, in numbers that decide what memory they take.
public struct OutlineSize: Hashable, Sendable {
  /// Vertices of all outlines.
  public var vertices = 0
  /// Rings of all outlines.
  public var rings = 0
  /// Vertices of the outline that has most.
  public var largest = 0
  /// Of the largest that GEOS has to look at, for it touches itself or is not valid.
  public var doubtful = 0
  /// Of the largest that is not valid.
  public var invalid = 0
  /// Bytes that GDAL holds, for a while, to read the largest feature.
  public var readingBytes = 0

  public init() {}

  mutating func add(_ outline: OutlineSize) {
    vertices += outline.vertices
    rings += outline.rings
    largest = max(largest, outline.vertices)
    readingBytes = max(readingBytes, outline.readingBytes)
  }

  /// Each number at least as large as in another.
  func united(with other: OutlineSize) -> OutlineSize {
    var size = self
    size.vertices = max(vertices, other.vertices)
    size.rings = max(rings, other.rings)
    size.largest = max(largest, other.largest)
    size.doubtful = max(doubtful, other.doubtful)
    size.invalid = max(invalid, other.invalid)
    size.readingBytes = max(readingBytes, other.readingBytes)
    return size
  }
}

extension OutlineSize {
  /// Bytes of GDAL's for a vertex: its own two numbers, and those of the record they come from.
  private static let recordBytes = (plain: 32, shapefile: 44)
  /// Bytes of GDAL's for a byte of GeoJSON: of a number in text it makes an object.
  private static let bytesPerJSONByte = 12

  /// What can be told before a file is opened: GDAL reads GeoJSON while it opens it.
  ///
  /// - Returns: nothing but zeros for a file of another kind, which tells its size by being read.
  init(before path: String) {
    self.init()
    let name = path.lowercased()
    if name.hasSuffix(".shp") {
      addShapefileIndex(
        String(path.dropLast(3)) + (path.hasSuffix("P") ? "SHX" : "shx"), of: path)
    } else if Self.isJSON(path) {
      var scan = JSONOutlineScan()
      _ = FileSystem.read(path) {
        scan.add($0)
        return true
      }
      let largest = scan.largest
      (vertices, self.largest) = (scan.vertices, largest.vertices)
      readingBytes = largest.bytes * Self.bytesPerJSONByte
    }
  }

  private static func isJSON(_ path: String) -> Bool {
    var first: UInt8?
    _ = FileSystem.read(path) { bytes in
      first = bytes.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
      return first == nil
    }
    return first == UInt8(ascii: "{")
  }

  /// Lengths of records, in words of two bytes and with the high byte first, from byte 100 on.
  private mutating func addShapefileIndex(_ index: String, of file: String) {
    guard let bytes = try? FileSystem.contents(of: index),
      case .bytes(let most) = FileSystem.size(of: file)
    else { return }
    for start in stride(from: 104, to: bytes.count - 3, by: 8) {
      let words = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      // Longer than the file, it is damaged; the reader will say so.
      guard words * 2 <= most else { continue }
      var record = OutlineSize()
      record.vertices = words * 2 / 16
      record.readingBytes = record.vertices * Self.recordBytes.shapefile
      add(record)
    }
  }

  /// What a database tells of its own geometries before they are read.
  ///
  /// - Parameter condition: in the database's SQL, as features must meet it.
  init(
    asking dataset: borrowing VectorDataset, _ layer: OGRLayerH, condition: String?
  ) {
    self.init()
    guard dataset.driver == "GPKG" else { return }
    func quoted(_ name: String) -> String {
      "\"" + name.replacing("\"", with: "\"\"") + "\""
    }
    let column = unsafe quoted(String(cString: OGR_L_GetGeometryColumn(layer)))
    let table = unsafe quoted(String(cString: OGR_L_GetName(layer)))
    let filter = condition.map { " WHERE (\($0))" } ?? ""
    let query =
      "SELECT CAST(SUM(LENGTH(\(column))) AS INTEGER), CAST(MAX(LENGTH(\(column))) AS INTEGER) "
      + "FROM \(table)\(filter)"
    // A view or a damaged table is reported by the reader.
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    guard let answer = unsafe GDALDatasetExecuteSQL(dataset.handle, query, nil, nil) else { return }
    defer { unsafe GDALDatasetReleaseResultSet(dataset.handle, answer) }
    guard let row = unsafe OGR_L_GetNextFeature(answer) else { return }
    defer { unsafe OGR_F_Destroy(row) }
    vertices = unsafe max(0, Int(OGR_F_GetFieldAsInteger64(row, 0))) / 16
    largest = unsafe max(0, Int(OGR_F_GetFieldAsInteger64(row, 1))) / 16
    readingBytes = largest * Self.recordBytes.plain
  }

  /// Of one feature that has been read.
  init(of geometry: OGRGeometryH?) {
    self.init()
    if let geometry = unsafe geometry { unsafe count(geometry) }
    largest = vertices
    readingBytes = vertices * Self.recordBytes.plain
  }

  private mutating func count(_ geometry: OGRGeometryH) {
    let parts = unsafe OGR_G_GetGeometryCount(geometry)
    if parts == 0 {
      vertices += unsafe max(0, Int(OGR_G_GetPointCount(geometry)))
      rings += 1
    }
    for index in 0..<max(0, parts) {
      if let part = unsafe OGR_G_GetGeometryRef(geometry, index) { unsafe count(part) }
    }
  }
}

/// Counts the vertices of GeoJSON as text, feature by feature.
struct JSONOutlineScan {
  struct Element {
    var bytes = 0
    var vertices = 0
  }

  private var depth = 0
  private var isInText = false
  private var isEscaped = false
  /// The last bracket opened a list.
  private var isInnermost = false
  private var position = 0
  private var start = (position: 0, vertices: 0)
  private var ofCollection = Element()
  private var ofFile = Element()
  private(set) var vertices = 0

  /// The largest member of a collection; without one the file as a whole.
  var largest: Element { ofCollection.bytes > 0 ? ofCollection : ofFile }

  mutating func add(_ bytes: [UInt8]) {
    for byte in bytes {
      position += 1
      if isInText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInText = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        isInnermost = byte == UInt8(ascii: "[")
        // Members of a collection are objects in a list in an object.
        if byte == UInt8(ascii: "{"), depth == 2 || depth == 0 { start = (position, vertices) }
        depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if isInnermost { vertices += 1 }
        isInnermost = false
        depth -= 1
        if byte == UInt8(ascii: "}"), depth == 2 { ofCollection = larger(ofCollection) }
        if byte == UInt8(ascii: "}"), depth == 0 { ofFile = larger(ofFile) }
      default: break
      }
    }
  }

  /// An element, or what has just ended where that is larger.
  private func larger(_ element: Element) -> Element {
    Element(
      bytes: max(element.bytes, position - start.position),
      vertices: max(element.vertices, vertices - start.vertices))
  }
}
