import RasterCore

extension HabitatError {
  var json: JSONValue { .message(slug, what, location, fix) }
}

extension HabitatWarning {
  var json: JSONValue { .message(slug, what, location, fix) }
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
}
