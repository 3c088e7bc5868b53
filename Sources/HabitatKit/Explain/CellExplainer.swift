import GeoIO
import RasterCore
import RasterLoader
import Reclassification

/// Recomputes single cells with the readers and the scorers of a run; owned by one task.
struct CellExplainer: ~Copyable {
  private let inputs: PreparedInputs
  private let toGrid: CoordinateTransform
  private let toDegrees: CoordinateTransform
  private var stack: StackReader
  /// Takes every code alike, to name those that the legend calls nodata.
  private var rawReader: LandCoverReader

  /// - Parameter inputs: their places found.
  init(_ inputs: PreparedInputs) throws(HabitatError) {
    let degrees = inputs.ground.degreesFromGreenwich
    let toGrid = try CoordinateTransform(from: degrees, to: inputs.grid.crs)
    let toDegrees = try CoordinateTransform(from: inputs.grid.crs, to: degrees)
    // The explanation tells height and slope whatever the models score.
    stack = try StackReader(inputs.stack, layers: Set(Layer.allCases))
    self.inputs = inputs
    self.toGrid = toGrid
    self.toDegrees = toDegrees
    rawReader = LandCoverReader(inputs.landCover, CodeTable { _ in .unknown })
  }

  /// - Parameter place: degrees of longitude and latitude on the datum of the areas.
  /// - Throws: `.input`, slug `place-outside`.
  mutating func explain(at place: Point) throws(HabitatError) -> CellExplanation {
    guard let index = self.index(of: place) else {
      let grid = inputs.grid
      let isSwapped = self.index(of: Point(x: place.y, y: place.x)) != nil
      throw HabitatError(
        .input, "place-outside", "the place lies outside the land cover",
        at: "--at \(place.x),\(place.y); land cover: \(grid.crs.name), \(grid.extentText)",
        fix: isSwapped
          ? "longitude comes first: --at \(place.y),\(place.x)"
          : "write degrees of longitude,latitude on the datum of \(inputs.ground.name)")
    }
    var explanation = try explain(column: Int(index.x), row: Int(index.y))
    explanation.place = place
    return explanation
  }

  /// Columns and rows of a place, `nil` where it lies outside the grid.
  private func index(of place: Point) -> Point? {
    let grid = inputs.grid
    let index = grid.index(ofNearestTurnOf: toGrid.transform(place))
    // Written so that NaN fails too.
    guard index.x >= 0, index.y >= 0, index.x < Double(grid.columns), index.y < Double(grid.rows)
    else { return nil }
    return index
  }

  /// The cell of a column and a row of the analysis grid.
  mutating func explain(column: Int, row: Int) throws(HabitatError) -> CellExplanation {
    let cell = Window(column: column, row: row, columns: 1, rows: 1)
    var block = StackBlock()
    try stack.readLandCover(cell, into: &block)
    try stack.readValues(cell, into: &block)
    let (state, values) = (LandState(rawValue: block.land.states[0]), block.values)
    var unrefined = LandCoverBlock()
    try stack.readUnrefined(cell, into: &unrefined)
    let code = try code(of: cell, LandState(rawValue: unrefined.states[0]))
    func known(_ layer: Layer) -> Float? {
      values.planes[layer]?.first.flatMap { $0.isNaN ? nil : $0 }
    }
    let grid = inputs.grid
    let centre = toDegrees.transform(
      grid.point(column: Double(column) + 0.5, row: Double(row) + 0.5))
    var explanation = CellExplanation(
      place: centre, centre: centre, datum: inputs.ground.name, column: column, row: row,
      code: code, label: code.flatMap { inputs.legend.entry(for: $0)?.label } ?? "",
      category: Self.name(of: state), decidedByDefault: Self.defaults(of: state),
      elevation: known(.elevation), slope: known(.slope),
      species: [])
    for scorer in inputs.scorers {
      explanation.species.append(
        CellExplanation.Species(scorer, values, reaches: inputs.distances.reaches))
    }
    return explanation
  }

  private mutating func code(of cell: Window, _ state: LandState) throws(HabitatError) -> Int? {
    var found: Int?
    if state == .nodata {
      try rawReader.forEachCode(of: .unknown, in: cell) { found = $1 }
    } else if state != .gap {
      try stack.forEachCode(of: state, in: cell) { found = $1 }
    }
    return found
  }

  private static func name(of state: LandState) -> String {
    if let category = state.category { return category.key }
    return state == .gap ? "gap" : state == .unknown ? "unknown" : "nodata"
  }

  private static func defaults(of state: LandState) -> [String] {
    guard state.category != nil else { return [] }
    return [
      (LandState.byDefault, "legend"), (LandState.leafTypeByDefault, "leaf type"),
      (LandState.riceByDefault, "rice"),
    ].filter { state.rawValue & $0.0 != 0 }.map(\.1)
  }
}

extension CellExplanation.Species {
  /// - Parameters:
  ///   - values: of one cell, as a run hands them to the scorer.
  ///   - reaches: metres by layer up to which distances are measured.
  init(_ scorer: SuitabilityScorer, _ values: CellValues, reaches: [Layer: Double]) {
    let known = values.planes.compactMapValues { $0.first.flatMap { $0.isNaN ? nil : $0 } }
    let suitability = scorer.evaluate(
      category: values.categories[0], known.mapValues(Double.init))
    let results = scorer.results(of: values, scores: true, resistances: true, limiting: true)
    let outcome = scorer.outcomes(of: values)[0]
    (name, title, modelVersion) = (
      scorer.model.species, scorer.model.title, scorer.model.version
    )
    layers = scorer.layers.map { layer in
      CellExplanation.LayerPart(
        key: layer.key, name: layer.name, value: known[layer],
        isAtLeast: reaches[layer].map { known[layer] == Float($0) } ?? false, unit: layer.unit,
        subscore: suitability.subscore(of: layer), weight: scorer.share(of: layer),
        loss: scorer.loss(of: layer, in: suitability))
    }
    missingLayers = scorer.missingLayers.map(\.key)
    (score, resistance) = (results.scores[0], results.resistances[0])
    (classCode, limitingCode) = (outcome <= 4 ? outcome : 0, results.limiting[0])
    uncappedScore = suitability.uncappedScore
    let reason =
      switch suitability.nodataReason {
      case .landCover: "no land cover"
      case .terrain: "no height"
      case .distance: "no distance"
      case nil: ""
      }
    className =
      suitability.suitabilityClass?.name ?? "No value: \(reason)"
    limitingName = suitability.limiting?.name ?? "–"
  }
}
