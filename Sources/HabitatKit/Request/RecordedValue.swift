import Documents
import GeoIO
import RasterCore
import RasterLoader

/// A value of a parameter as it stands in a record.
protocol RecordedValue: SendableMetatype {
  var recorded: JSONValue { get }

  /// - Throws: `.input`, slug of the document.
  init(recorded node: DocumentNode<HabitatError>) throws(HabitatError)
}

extension CoordinateReferenceSystem: RecordedValue {
  /// The code where it says all that the CRS is, else WKT. GDAL reads WKT back in other words than it was
  /// written in where the code is known.
  var recorded: JSONValue { .string(authorityCode ?? wkt) }

  init(recorded node: DocumentNode<HabitatError>) throws(HabitatError) {
    try self.init(userInput: try node.string())
  }
}

extension Landscape.RasterLayer: RecordedValue {
  var recorded: JSONValue {
    let nodata: JSONValue =
      switch corrections.nodata {
      case .asDeclared: .string("declared")
      case .value(let value): .number(orText: value)
      case .none: .string("none")
      }
    return .object([
      // In whatever order they are named they are the same tiles.
      .init("tiles", .array(Set(paths).sorted().map { .string($0) })),
      .init("assume_crs", corrections.crs.map(\.recorded) ?? .null), .init("nodata", nodata),
      .init("band", corrections.band.map { .number(Double($0)) } ?? .null),
    ])
  }

  init(recorded node: DocumentNode<HabitatError>) throws(HabitatError) {
    let members = try Required(node)
    self.init(paths: try members["tiles"].strings())
    corrections.crs = try members.crs("assume_crs")
    corrections.band = try members.optional("band") { node throws(HabitatError) in
      try node.count()
    }
    let nodata = try members["nodata"]
    corrections.nodata =
      switch nodata.value {
      case .string("declared"): .asDeclared
      case .string("none"): .none
      // NaN and the infinities are no JSON numbers.
      case .string(let name) where Double(name) != nil: .value(Double(name)!)
      default: .value(try nodata.number())
      }
  }
}

extension Landscape.VectorLayer: RecordedValue {
  var recorded: JSONValue {
    .object([
      .init("path", .string(path)), .init("layer", .text(selection.layer)),
      .init("where", .text(selection.condition)), .init("id", .text(selection.idField)),
      .init("name", .text(selection.nameField)),
      .init("assume_crs", crs.map(\.recorded) ?? .null),
      .init("encoding", .text(selection.encoding?.name)),
    ])
  }

  init(recorded node: DocumentNode<HabitatError>) throws(HabitatError) {
    let members = try Required(node)
    self.init(
      path: try members["path"].string(),
      selection: .init(
        layer: try members.text("layer"), condition: try members.text("where"),
        idField: try members.text("id"), nameField: try members.text("name"),
        encoding: try members.optional("encoding") { node throws(HabitatError) in
          try TextEncoding(named: try node.string())
        }),
      crs: try members.crs("assume_crs"))
  }
}

extension Required<HabitatError> {
  /// What `read` makes of a member that may be null.
  func optional<Value>(
    _ key: String, _ read: (DocumentNode<HabitatError>) throws(HabitatError) -> Value
  ) throws(HabitatError) -> Value? {
    let member = try self[key]
    return member.value == .null ? nil : try read(member)
  }

  fileprivate func text(_ key: String) throws(HabitatError) -> String? {
    try optional(key) { node throws(HabitatError) in try node.string() }
  }

  fileprivate func crs(_ key: String) throws(HabitatError) -> CoordinateReferenceSystem? {
    try optional(key) { node throws(HabitatError) in
      try CoordinateReferenceSystem(recorded: node)
    }
  }
}
