public import Documents
public import RasterCore

/// What the record of a run says about the use of a model in it.
public struct ModelRun: Sendable {
  public struct Input: Hashable, Sendable {
    public let layer: String
    public let path: String
    public let sha256: String
  }

  /// The model's file among the outputs.
  public let modelFile: String
  /// What the run is about.
  public let title: String
  public let isSynthetic: Bool
  public let habitatVersion: String
  /// Libraries and their versions, in the order of the record.
  public let libraries: [(name: String, version: String)]
  /// The CRS as the run's grid has it, by name.
  public let crs: String
  /// The size of a cell in units of the CRS, along columns and rows.
  public let cellSize: (x: Double, y: Double)
  public let columns: Int
  public let rows: Int
  /// Optional layers that were not there, by key.
  public let layersMissing: [String]
  public let inputs: [Input]
  /// The rasters of the species.
  public let rasters: [String]
  public let warningCount: Int

  /// - Parameters:
  ///   - manifest: the record, a document.
  ///   - crs: the name of the CRS of the record's grid.
  ///   - title: what the run is about.
  /// - Throws: `.input`, with the slug of the document, for a record of another form.
  public init(
    _ manifest: DocumentNode<HabitatError>, species: String, modelFile: String, crs: String,
    title: String
  ) throws(HabitatError) {
    self.modelFile = modelFile
    (self.crs, self.title) = (crs, title)
    let members = try Required(manifest)
    let parameters = try Required(members["parameters"])
    isSynthetic = try parameters["synthetic"].boolean()
    habitatVersion = try members["habitat_version"].string()
    layersMissing = try members["layers_missing"].strings()
    let libraries = try members["libraries"].members()
    var named: [(name: String, version: String)] = []
    for name in libraries.keys.sorted() {
      named.append((name, try libraries[name]?.string() ?? ""))
    }
    self.libraries = named
    let grid = try Required(members["grid"])
    let geotransform = try grid["geotransform"].elements()
    var coefficients: [Double] = []
    for element in geotransform { coefficients.append(try element.number()) }
    guard coefficients.count == 6 else {
      throw try grid["geotransform"].failure(
        "the geotransform has \(coefficients.count) numbers, not 6", fix: "run habitat score again")
    }
    cellSize = (
      Self.length(coefficients[1], coefficients[4]), Self.length(coefficients[2], coefficients[5])
    )
    columns = try grid["columns"].count()
    rows = try grid["rows"].count()
    let paths = try LocalPaths(recordedIn: members)
    var inputs: [Input] = []
    for node in try members["inputs"].elements() {
      let input = try Required(node)
      inputs.append(
        Input(
          layer: try input["layer"].string(),
          path: paths.shortened(in: try input["path"].string()),
          sha256: try input["sha256"].string()))
    }
    self.inputs = inputs
    var rasters: [String] = []
    for node in try members["outputs"].elements() {
      let name = try Required(node)["path"].string()
      if name.hasPrefix(species + "_") && name.hasSuffix(".tif") { rasters.append(name) }
    }
    self.rasters = rasters
    warningCount = try members["warnings"].elements().count
  }

  private static func length(_ x: Double, _ y: Double) -> Double {
    y == 0 ? abs(x) : x == 0 ? abs(y) : (x * x + y * y).squareRoot()
  }
}
