import GeoIO
import RasterCore
import RasterLoader
import Reclassification
import RunFolder

/// The sources that distances are measured to, as far as the models ask for them.
struct DistanceLayers: Sendable {
  private(set) var sources: [Layer: DistanceSource] = [:]
  /// Metres, where settlements are still to be found among the built-up cells.
  private(set) var limitOfDerivedSettlements: Double?
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
    if let source = landscape.roads, let limit = models.longestKnot(of: .roads) {
      sources[.roads] = try messages.attempt { () throws(HabitatError) in
        try read(source, .roads, grid, ground, limit)
      }
    }
    guard let limit = models.longestKnot(of: .settlements) else { return }
    if landscape.derivesSettlements {
      limitOfDerivedSettlements = limit
    } else if let source = landscape.settlements {
      sources[.settlements] = try messages.attempt { () throws(HabitatError) in
        try read(source, .settlements, grid, ground, limit)
      }
    }
  }

  /// The layers that cells have values of.
  var present: Set<Layer> {
    Set(sources.keys).union(limitOfDerivedSettlements == nil ? [] : [.settlements])
  }

  /// Metres up to which distances are measured: what is further off has this distance.
  var reaches: [Layer: Double] { sources.mapValues(\.limit) }

  /// Takes the settlements that were found among the built-up cells.
  mutating func take(derived source: DistanceSource) {
    sources[.settlements] = source
    limitOfDerivedSettlements = nil
    if source.isEmpty { warnings.append(.noBuiltUpPatch) }
  }

  // MARK: Reading

  private mutating func read(
    _ layer: Landscape.VectorLayer, _ theme: FeatureTheme, _ grid: Grid,
    _ ground: CoordinateReferenceSystem, _ limit: Double
  ) throws(HabitatError) -> DistanceSource {
    let name = theme.rawValue
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
        fix: "check the layer and its condition; leave \(name) out to score without them")
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
    let name = theme.rawValue
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
            + "land cover: every cell counts as far from \(name)",
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
    case .water, .parks: preconditionFailure("no distance is measured to \(self)")
    }
  }
}

extension HabitatWarning {
  static let noBuiltUpPatch = HabitatWarning(
    "settlements-none",
    "no patch of built-up land measures 0.05 km²: every cell counts as far from settlements",
    at: "--settlements derive", fix: "check the legend, or give settlements as a file")
}

extension [SpeciesModel] {
  /// The last knot of the longest curve of a layer: greater distances change no score. `nil` where no
  /// model has the layer.
  fileprivate func longestKnot(of layer: Layer) -> Double? {
    compactMap { $0.curveLayers[layer]?.curve.knots.last?.x }.max().map { Swift.max($0, 1) }
  }
}
