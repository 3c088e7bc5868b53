public import RasterCore

/// What the record of a run, its `manifest.json`, tells readers.
public struct RunFacts: Sendable {
  /// Where a layer of the landscape comes from and what may be done with it.
  public struct Source: Sendable {
    public let layer: String
    public let title: String
    public let licence: String
    public let url: String
  }

  public struct InputFile: Sendable {
    public let layer: String
    public let path: String
    public let sha256: String
  }

  /// km² of a park that a region's defaults settled.
  public struct DefaultDecision: Sendable {
    public let kind: AreaTable.Kind
    public let park: String
    public let forest: Figure
    public let rice: Figure
  }

  public struct Named: Sendable {
    public let name: String
    public let version: String
  }

  public let landscape: String
  /// What the run is about, for headings.
  public var title: String
  public let isSynthetic: Bool
  /// When the land cover was seen, in the landscape's words.
  public let epoch: String?
  /// In the order of the run.
  public let species: [String]
  /// Optional layers that were not there, by key.
  public let layersMissing: [String]
  /// By species, the layers that its model scores beside land cover; of a model that is not here, all.
  public var layersScored: [String: Set<String>] = [:]
  public let sources: [Source]
  public let inputs: [InputFile]
  public let decidedByDefault: [DefaultDecision]
  /// What forest of unknown leaf type counts as, by key; `nil` where that is left to the legend.
  public let defaultForest: String?
  /// `false` where fields that may be rice count as cultivated.
  public let mayHaveRice: Bool
  /// The user said that no rice grows there, so that nothing about rice was left open.
  public let excludesRice: Bool
  public let warnings: [HabitatWarning]
  public let models: [Named]
  public let libraries: [Named]
  public let program: String

  /// - Throws: `.input`, with the slug of the document, for a record of another form.
  public init(_ manifest: DocumentNode) throws(HabitatError) {
    let members = try Required(manifest)
    let parameters = try Required(members["parameters"])
    landscape = try parameters["landscape"].string()
    title = try Self.usualTitle(from: parameters)
    isSynthetic = try parameters["synthetic"].boolean()
    func text(_ key: String) throws(HabitatError) -> String? {
      let node = try parameters[key]
      return node.value == .null ? nil : try node.string()
    }
    epoch = try text("epoch")
    defaultForest = try text("default_forest")
    excludesRice = try parameters["rice"].value == .string("none")
    mayHaveRice = try parameters["rice_possible"].value != .boolean(false)
    species = try parameters["species"].strings()
    layersMissing = try members["layers_missing"].strings()
    sources = try members["sources"].objects { source throws(HabitatError) in
      Source(
        layer: try source["layer"].string(), title: try source["title"].string(),
        licence: try source["licence"].string(), url: try source["url"].string())
    }
    inputs = try members["inputs"].objects { input throws(HabitatError) in
      InputFile(
        layer: try input["layer"].string(), path: try input["path"].string(),
        sha256: try input["sha256"].string())
    }
    decidedByDefault = try members["decided_by_default"].objects { row throws(HabitatError) in
      DefaultDecision(
        kind: AreaTable.Kind(rawValue: try row["kind"].string()) ?? .park,
        park: try row["park"].string(), forest: try Figure(row["forest_km2"]),
        rice: try Figure(row["rice_km2"]))
    }
    warnings = try members["warnings"].objects { warning throws(HabitatError) in
      HabitatWarning(
        try warning["slug"].string(), try warning["what"].string(),
        at: try warning["where"].string(), fix: try warning["fix"].string())
    }
    models = try members["models"].objects { model throws(HabitatError) in
      Named(name: try model["name"].string(), version: try model["version"].string())
    }
    var libraries: [Named] = []
    for (name, version) in try members["libraries"].members().sorted(by: { $0.key < $1.key }) {
      libraries.append(Named(name: name, version: try version.string()))
    }
    self.libraries = libraries
    program = try members["habitat_version"].string()
  }

  /// Why the figures of species must not be taken for, or compared with, those of the real parks.
  ///
  /// - Parameter species: names of models.
  public func reservations(about species: [String]) -> [Reservation] {
    let layersMissing = layersMissing.filter { layer in
      species.contains { layersScored[$0]?.contains(layer) ?? true }
    }
    let isPublished = species.contains { PublishedTable.of(species: $0) != nil }
    return (isSynthetic ? [.synthetic(landscape: landscape, isPublished: isPublished)] : [])
      + (layersMissing.isEmpty
        ? [] : [.layersMissing(layersMissing, isPublished: isPublished)])
  }
}

extension DocumentNode {
  /// What `read` makes of each object of a list.
  fileprivate func objects<Value>(
    _ read: (Required) throws(HabitatError) -> Value
  ) throws(HabitatError) -> [Value] {
    var values: [Value] = []
    for element in try elements() { values.append(try read(try Required(element))) }
    return values
  }
}
