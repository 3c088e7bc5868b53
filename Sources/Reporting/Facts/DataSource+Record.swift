public import Documents
public import RasterCore

extension DataSource {
  /// Reads a member of a record's `sources`.
  ///
  /// - Throws: `.input`, with the slug of the document.
  public init(recorded node: DocumentNode<HabitatError>) throws(HabitatError) {
    let members = try Required(node)
    self.init(
      layer: try members["layer"].string(), title: try members["title"].string(),
      attribution: try members.found("attribution")?.string() ?? "",
      licence: try members["licence"].string(), url: try members["url"].string(),
      date: try members.found("date")?.string() ?? "",
      basis: try members.found("basis").flatMap { basis throws(HabitatError) in
        Basis(rawValue: try basis.string())
      } ?? .stated)
  }

  /// As `init(recorded:)` reads it: what is not known or goes without saying is left out, so that the same
  /// words make the same record as in earlier versions.
  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("layer", .string(layer)), .init("title", .string(title)),
      .init("licence", .string(licence)), .init("url", .string(url)),
    ]
    if !attribution.isEmpty { members.append(.init("attribution", .string(attribution))) }
    if !date.isEmpty { members.append(.init("date", .string(date))) }
    if basis != .stated { members.append(.init("basis", .string(basis.rawValue))) }
    return .object(members)
  }
}
