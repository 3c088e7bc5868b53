import GeoIO
import RasterCore
import RasterLoader
import Reclassification

extension CheckWork {
  /// Which layers each model finds; what it lacks is a fault only where the user asked for the species.
  mutating func fitModels() {
    let landscape = check.landscape
    var present: Set<Layer> = []
    // Some of the land cover is water.
    if landscape.landCover != nil { present.formUnion([.landCover, .water]) }
    if landscape.elevation != nil { present.formUnion([.elevation, .slope]) }
    if landscape.roads != nil { present.insert(.roads) }
    if landscape.settlements != nil || landscape.derivesSettlements { present.insert(.settlements) }
    report.models = check.models.map { ModelFit($0, present: present) }
    var scorers: [SuitabilityScorer] = []
    for model in check.models {
      do throws(HabitatError) {
        scorers.append(try SuitabilityScorer(model: model, present: present))
      } catch {
        if check.namesSpecies { messages.refuse(error) }
      }
    }
    if check.namesSpecies {
      messages.warn(PreparedInputs.missingLayerWarnings(scorers, landscape))
    }
    messages.warn(PreparedInputs.coarseElevationWarnings(elevation, scorers))
  }

  /// Describes roads, settlements and water outlines, and reads the former two as a run does; the
  /// outlines have been read with the land cover.
  mutating func readFeatures() {
    let models = check.models
    prepare { $0.readDistances(for: models) }
    messages.warn(distances?.warnings ?? [])
    for theme in [FeatureTheme.roads, .settlements] {
      let source = theme == .roads ? check.landscape.roads : check.landscape.settlements
      guard let source,
        var found = attempt({ () throws(HabitatError) in try VectorDescription(source, theme) })
      else { continue }
      found.count = distances?.shapeCounts[theme.name]
      report.vectors.append(found)
    }
    let theme = models.contains { $0.layers.contains(.water) } ? FeatureTheme.watercourses : .water
    if let source = check.landscape.refinement.waterOutlines,
      var found = attempt({ () throws(HabitatError) in try VectorDescription(source, theme) })
    {
      found.count = distances?.shapeCounts[theme.name] ?? waterOutlines?.count
      report.vectors.append(found)
    }
    checkDerivedSettlements()
    checkWater()
  }

  /// No patch can reach 0.05 km² where there is not so much built-up land altogether.
  private func checkDerivedSettlements() {
    guard check.landscape.derivesSettlements, legend != nil, let found = report.landCover,
      !found.codes.isEmpty
    else { return }
    let built = found.codes.filter { $0.category == LandCategory.built.key }
      .reduce(0) { $0 + $1.area }
    guard built < CategoryPatches.smallestSettlement / 1e6 else { return }
    messages.warn(.noBuiltUpPatch)
  }

  /// Where models score the distance to water and nothing is.
  private func checkWater() {
    guard let limit = distances?.derived[.water], check.landscape.refinement.water == nil,
      legend != nil, let found = report.landCover, !found.codes.isEmpty,
      !found.codes.contains(where: { $0.category == LandCategory.water.key })
    else { return }
    messages.warn(.noWater(within: limit))
  }
}
