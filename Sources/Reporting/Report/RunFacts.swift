public import RasterCore

/// What the record of a run, its `manifest.json`, tells readers.
public struct RunFacts: Sendable {
  public let landscape: String
  public let isSynthetic: Bool
  /// In the order of the run.
  public let species: [String]
  /// Optional layers that were not there, by key.
  public let layersMissing: [String]

  /// - Throws: `.input`, with the slug of the document, for a record of another form.
  public init(_ manifest: DocumentNode) throws(HabitatError) {
    let members = try Required(manifest)
    let parameters = try Required(members["parameters"])
    landscape = try parameters["landscape"].string()
    isSynthetic = try parameters["synthetic"].boolean()
    species = try parameters["species"].strings()
    layersMissing = try members["layers_missing"].strings()
  }

  /// Why the figures must not be compared with those published for the real parks.
  public var reservations: [Reservation] {
    (isSynthetic ? [.synthetic(landscape: landscape)] : [])
      + (layersMissing.isEmpty ? [] : [.layersMissing(layersMissing)])
  }
}

extension DocumentNode {
  func strings() throws(HabitatError) -> [String] {
    var strings: [String] = []
    for element in try elements() { strings.append(try element.string()) }
    return strings
  }
}
