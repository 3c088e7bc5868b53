public import Documents
public import RasterCore

extension HabitatError {
  public var json: JSONValue { .message(slug, what, location, fix) }
  /// One of several messages of a stream.
  public var line: JSONValue { json.leveled("error") }
}

extension HabitatWarning {
  public var json: JSONValue { .message(slug, what, location, fix) }
  /// One of several messages of a stream.
  public var line: JSONValue { json.leveled("warning") }
}

extension JSONValue {
  fileprivate static func message(
    _ slug: String, _ what: String, _ location: String, _ fix: String
  ) -> JSONValue {
    .object([
      .init("slug", .string(slug)), .init("what", .string(what)),
      .init("where", .string(location)), .init("fix", .string(fix)),
    ])
  }

  fileprivate func leveled(_ level: String) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object([.init("level", .string(level))] + members)
  }
}
