import Documents
import GeoIO
import RasterCore
import Reclassification
import Reporting
import RunFolder
import Styles

/// A project that opens a species' results in QGIS with land cover, relief and parks: `<species>.qgz`.
struct ProjectFile {
  let inputs: PreparedInputs
  let layers: Set<OutputLayer>
  let basemap: Basemap

  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func write(_ species: ScoreResult.Species, to folder: OutputFolder) throws(HabitatError) {
    var archive = ZipArchive()
    archive.add("\(species.name).qgs", Array(try project(of: species).document.utf8))
    try folder.write(archive.bytes, to: "\(species.name).qgz")
  }

  private func project(of species: ScoreResult.Species) throws(HabitatError) -> QGISProject {
    let crs = inputs.grid.crs
    var entries: [QGISProject.Layer] = []
    if let parks = inputs.parks {
      entries.append(
        .parks(
          id: "parks_habitat", name: "Parks", file: ParksFile.name, layer: ParksFile.layer,
          crs: parks.crs))
    }
    // Multiplied with what lies below, so it stands above what it shades.
    if basemap.hasRelief {
      entries.append(
        .raster(
          id: "hillshade_basemap", name: "Hillshade", source: Basemap.hillshadeName, crs: crs,
          style: .relief))
    }
    let model = inputs.scorers.first { $0.model.species == species.name }?.model
    if let model {
      // As finely as maps draw it: blocks that are water and nothing else, which hide no land.
      for level in basemap.water.levels where level.window != nil {
        let block = level.layout.block
        entries.append(
          .raster(
            id: "water_blocks_of_\(block)",
            name: block == 1 ? "Water" : "Water, \(block) × \(block) cells",
            source: level.name, crs: crs, style: .codes(.waterBlocks),
            isVisible: model.findsNoUseForWater))
      }
      // No finer than the basemap knows it: coarser water would hide land.
      let (plan, cell) = (basemap.plan, basemap.plan.grid.middleCellArea.squareRoot())
      entries.append(
        .raster(
          id: "water_basemap_layer", name: plan.factor == 1 ? "Water" : "Water, overview",
          source: Basemap.landCoverName, crs: crs,
          style: .codes(.water), isVisible: model.findsNoUseForWater,
          finest: plan.factor == 1 ? nil : cell))
      // One at a time: the first of those there are.
      var isVisible = true
      for layer in OutputLayer.allCases where layers.contains(layer) {
        entries.append(
          .raster(
            id: "\(layer.rawValue)_habitat_layer", name: "\(species.title): \(layer.title)",
            source: SpeciesRasters.stem(of: layer, species.name) + ".tif", crs: crs,
            style: LayerForm(layer, of: model).style, isVisible: isVisible))
        isVisible = false
      }
    }
    // Coarser than the classes it would show at the rim of these, where there are none.
    entries.append(
      .raster(
        id: "landcover_basemap", name: "Land cover", source: Basemap.landCoverName, crs: crs,
        style: .codes(.landCategories), isVisible: basemap.plan.factor == 1))
    let places = try places
    let credits = MapCredits(
      sources: inputs.sources.map(LocalPaths().shortened), program: Habitat.version)
    return QGISProject(
      title: species.title,
      credits: credits.lines(
        of: species.name, version: species.modelVersion, in: Wording(.english)), crs: crs,
      extent: view(of: places.map(\.extent)),
      bookmarks: places.map { .init(name: $0.name, extent: $0.extent.widened(by: 0.08)) },
      layers: entries)
  }

  /// Where the parks are, in the CRS of the grid; those beyond the reach of the projection, or counted from
  /// another meridian, are not there to see.
  private var places: [(name: String, extent: Extent)] {
    get throws(HabitatError) {
      guard let parks = inputs.parks else { return [] }
      let grid = inputs.grid.alone
      let toGrid = try CoordinateTransform(from: parks.crs, to: grid.crs)
      let tolerance = max(grid.extent.width, grid.extent.height) / 1000
      return parks.parks.compactMap { park in
        toGrid.transformEdges(of: park.shape, tolerance: tolerance, turn: grid.crs.turn)?.extent
          .map { (park.name, $0) }
      }.filter { grid.extent.overlaps($0.1) }
    }
  }

  /// What is seen at first: the parks with some land around them, else all.
  private func view(of parks: [Extent]) -> Extent {
    guard let first = parks.first else { return inputs.grid.alone.extent }
    return parks.dropFirst().reduce(first) { $0.union($1) }.widened(by: 0.08)
  }
}

extension Extent {
  fileprivate func widened(by share: Double) -> Extent {
    let margin = share * max(width, height)
    return expanded(byX: margin, y: margin)
  }
}

extension SpeciesModel {
  /// Water is never suitable, so that drawing it as water hides nothing.
  fileprivate var findsNoUseForWater: Bool {
    landCover.score(of: .water) == 0
      && (combination.isCappedByLandCover
        || combination.rule.hasZeroRule && landCover.weight > 0)
  }
}

extension OutputLayer {
  /// For people.
  var title: String {
    switch self {
    case .suitabilityClass: "suitability"
    case .score: "score"
    case .resistance: "resistance"
    case .limiting: "limiting factor"
    }
  }
}
