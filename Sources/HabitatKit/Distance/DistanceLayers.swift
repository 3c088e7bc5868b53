import GeoIO
import RasterCore
import RasterLoader
import Reclassification
import RunFolder

/// The sources that distances are measured to, as far as the models ask for them.
struct DistanceLayers: Sendable {
  /// By layer; the nearest of all sources of a layer counts.
  private(set) var sources: [Layer: [DistanceSource]] = [:]
  /// Metres up to which they matter, by layer whose places are still to be found among the cells of a category.
  private(set) var derived: [Layer: Double] = [:]
  private(set) var files: [InputFile] = []
  /// By name of a layer, where its data come from, as far as its file gives that away.
  private(set) var origins: [String: LayerOrigin] = [:]
  private(set) var warnings: [HabitatWarning] = []
  /// By name of a layer that was read, its points, lines and polygons.
  private(set) var shapeCounts: [String: Int] = [:]

  /// What cannot be read is left out where `messages` does not stop.
  ///
  /// - Throws: `.input`: what reading a layer throws, `crs-missing`, `roads-empty`, `settlements-empty`,
  ///   `no-transform`.
  init<Stop>(
    of landscape: Landscape, for models: [SpeciesModel], on grid: Grid,
    ground: CoordinateReferenceSystem, _ messages: MessageSink<Stop>
  ) throws(Stop) {
    func read(
      _ source: Landscape.VectorLayer?, _ layer: Layer, _ theme: FeatureTheme
    ) throws(Stop) {
      guard let source, let limit = models.longestKnot(of: layer) else { return }
      let found = try messages.attempt { () throws(HabitatError) in
        try self.read(source, theme, grid, ground, limit)
      }
      if let found { sources[layer] = [found] }
    }
    try read(landscape.roads, .roads, .roads)
    try read(landscape.settlements, .settlements, .settlements)
    if landscape.derivesSettlements { derived[.settlements] = models.longestKnot(of: .settlements) }
    // What the land cover calls water is water, whatever else is.
    try read(landscape.refinement.waterOutlines, .water, .watercourses)
    derived[.water] = models.longestKnot(of: .water)
  }

  /// The layers that cells have values of.
  var present: Set<Layer> {
    Set(sources.keys).union(derived.keys)
  }

  /// Planes of distances that a thread holds: one a layer, and one to compare it with where there are more sources.
  var planeCount: Int {
    present.count + (sources.contains { $1.count + (derived[$0] == nil ? 0 : 1) > 1 } ? 1 : 0)
  }

  /// Metres up to which distances are measured: what is further off has this distance.
  var reaches: [Layer: Double] { sources.compactMapValues { $0.map(\.limit).max() } }

  /// Takes what was found of a layer among the cells of its category.
  mutating func take(derived source: DistanceSource, of layer: Layer) {
    derived[layer] = nil
    sources[layer, default: []].append(source)
    guard sources[layer, default: []].allSatisfy(\.isEmpty) else { return }
    warnings.append(layer == .water ? .noWater(within: source.limit) : .noBuiltUpPatch)
  }

  // MARK: Reading

  private mutating func read(
    _ layer: Landscape.VectorLayer, _ theme: FeatureTheme, _ grid: Grid,
    _ ground: CoordinateReferenceSystem, _ limit: Double
  ) throws(HabitatError) -> DistanceSource {
    let name = theme.name
    let reader = try FeatureReader(
      reading: layer.path,
      FeatureReader.Selection(
        theme, layer: layer.selection.layer, condition: layer.selection.condition,
        encoding: layer.selection.encoding))
    let location = reader.location(name)
    let (crs, doubt) = try reader.crs(of: name, layer.crs, on: grid, unknownDatum: ground)
    if let doubt { warnings.append(doubt) }
    files += reader.files.map { InputFile(layer: name, path: $0) }
    origins[name] = LayerOrigin(reader)
    var builder = try DistanceSourceBuilder(from: crs, to: grid, ground: ground, limit: limit)
    warnings += try reader.concerns()
    _ = try reader.forEachPart { builder.add($0) }
    let (parts, misplaced) = (builder.partCount, builder.misplacedCount)
    guard parts > 0 else {
      throw HabitatError(
        .input, theme.slugs.empty,
        reader.isOpenStreetMap
          ? "the extract holds no \(name)" : "the layer holds no shapes", at: location,
        fix: theme == .watercourses
          ? "check the layer; leave it out to measure to the water of the land cover alone"
          : "check the layer and its condition; leave \(name) out to score without them")
    }
    shapeCounts[name] = parts
    let source = builder.finish()
    warn(theme, source, parts: parts, misplaced: misplaced, crs, grid, location)
    return source
  }

  private mutating func warn(
    _ theme: FeatureTheme, _ source: DistanceSource, parts: Int, misplaced: Int,
    _ crs: CoordinateReferenceSystem, _ grid: Grid, _ location: String
  ) {
    let name = theme.name
    if misplaced > 0 {
      warnings.append(
        HabitatWarning(
          theme.slugs.misplaced,
          "\(misplaced) of \(parts) shapes have points beyond what \(crs.name) can express; those "
            + "points are left out", at: location,
          fix: "check that longitude comes first, and --assume-crs \(name)=EPSG:…"))
    }
    if source.isEmpty {
      warnings.append(
        HabitatWarning(
          theme.slugs.elsewhere,
          "none of \(parts) shapes lies within \((source.limit / 1000).formatted(decimals: 1)) km of the "
            + "land cover: "
            + (theme == .watercourses
              ? "distances are those to the water of the land cover alone"
              : "every cell counts as far from \(name)"),
          at: "\(location); land cover: \(grid.crs.name), \(grid.extentText)",
          fix: "check that they are of this region, and --assume-crs \(name)=EPSG:…"))
    }
  }
}

extension FeatureTheme {
  fileprivate var slugs: (empty: String, misplaced: String, elsewhere: String) {
    switch self {
    case .roads: ("roads-empty", "roads-misplaced", "roads-elsewhere")
    case .settlements: ("settlements-empty", "settlements-misplaced", "settlements-elsewhere")
    case .watercourses: ("water-empty", "water-misplaced", "water-elsewhere")
    case .water, .parks: preconditionFailure("no distance is measured to \(self)")
    }
  }
}

extension HabitatWarning {
  static let noBuiltUpPatch = HabitatWarning(
    "settlements-none",
    "no patch of built-up land measures 0.05 km²: every cell counts as far from settlements",
    at: "--settlements derive", fix: "check the legend, or give settlements as a file")

  /// - Parameter limit: metres.
  static func noWater(within limit: Double) -> HabitatWarning {
    HabitatWarning(
      "water-none",
      "there is no water within \((limit / 1000).formatted(decimals: 1)) km of any cell: every cell counts as far "
        + "from water",
      at: "landcover", fix: "check the legend, or give water as a file of its own")
  }
}

extension [SpeciesModel] {
  /// The last knot of the longest curve of a layer: greater distances change no score. `nil` where no
  /// model has the layer.
  fileprivate func longestKnot(of layer: Layer) -> Double? {
    compactMap { $0.curveLayers[layer]?.curve.knots.last?.x }.max().map { Swift.max($0, 1) }
  }
}
