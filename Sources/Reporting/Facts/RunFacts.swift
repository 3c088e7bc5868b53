public import Documents
public import RasterCore

/// What the record of a run, its `manifest.json`, tells readers.
public struct RunFacts: Sendable {
  public struct InputFile: Sendable {
    public let layer: String
    /// As given, but for the folders that an absolute path begins with.
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
  /// Somebody gave that name.
  public let isNamed: Bool
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
  /// Where layers come from and what may be done with them.
  public let sources: [DataSource]
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
  public init(_ manifest: DocumentNode<HabitatError>) throws(HabitatError) {
    let members = try Required(manifest)
    let parameters = try Required(members["parameters"])
    let paths = try LocalPaths(recordedIn: members)
    let name = try parameters["landscape"]
    // A landscape without a name was called by its file in earlier versions.
    let unnamed = [try parameters["landscape_file"].value, .string(AreaTable.unnamed)]
    isNamed = !unnamed.contains(name.value)
    landscape = paths.shortened(in: try name.string())
    title = landscape
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
    var sources: [DataSource] = []
    for source in try members["sources"].elements() {
      sources.append(paths.shortened(in: try DataSource(recorded: source)))
    }
    self.sources = sources
    inputs = try members["inputs"].objects { input throws(HabitatError) in
      InputFile(
        layer: try input["layer"].string(),
        path: paths.shortened(in: try input["path"].string()),
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
        try warning["slug"].string(), paths.shortened(in: try warning["what"].string()),
        at: paths.shortened(in: try warning["where"].string()),
        fix: paths.shortened(in: try warning["fix"].string()))
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

extension DocumentNode<HabitatError> {
  /// What `read` makes of each object of a list.
  fileprivate func objects<Value>(
    _ read: (Required<HabitatError>) throws(HabitatError) -> Value
  ) throws(HabitatError) -> [Value] {
    var values: [Value] = []
    for element in try elements() { values.append(try read(try Required(element))) }
    return values
  }
}
