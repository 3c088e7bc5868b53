import RasterCore
import RasterLoader
import Reclassification
import ZonalStatistics

/// The tables of a run, made from the sums of a pass.
struct ScoreTables: Sendable {
  /// One table a species, in the order of the scorers.
  let species: [AreaTable]
  /// The same areas by land category.
  let landCover: AreaTable
  /// Square kilometres of the whole of the parks (or of the raster) that need a warning.
  let concerns: Concerns
  /// By park, then the total: km² settled by default.
  let decidedByDefault: [DefaultDecision]
  /// Square kilometres of the whole by land state.
  let landStates: [Double]
  /// What there is to note of the land cover.
  let notes: LandNotes
  /// What of it is settled by default, by what the land counts as.
  let settledByDefault: DefaultSettlement

  struct Concerns: Sendable {
    /// No tile lies there.
    var gap = 0.0
    /// Land that needs a height and has none, at most over the species; and all land.
    var withoutTerrain = 0.0
    var land = 0.0
    var nodata = 0.0
    var outside = 0.0
  }

  /// What a region's defaults settled in one park, in km².
  struct DefaultDecision: Sendable {
    let id: String
    let name: String
    let kind: AreaTable.Kind
    let forest: Double
    let rice: Double
  }

  init(_ sums: PassSums, _ inputs: PreparedInputs) {
    let source = TallySource(inputs: inputs, zones: sums.zones)
    species = inputs.scorers.indices.map { index in
      source.table(layer: index + 1, keys: SuitabilityClass.allCases.map(\.key)) { areas in
        let parts = SuitabilityClass.allCases.map { CellCode.sum(areas, outcome: $0.rawValue) }
        let nodata = NodataReason.allCases.reduce(0) {
          $0 + CellCode.sum(areas, outcome: $1.rawValue)
        }
        return (parts, nodata, LandCategory.allCases.map { CellCode.areas(areas, of: $0) })
      }
    }
    landCover = source.table(layer: 0, keys: LandCategory.allCases.map(\.key)) { areas in
      let parts = LandCategory.allCases.map { Self.sum(areas, category: $0.rawValue) }
      return (
        parts, areas[Int(LandState.nodata.rawValue)] + areas[Int(LandState.gap.rawValue)], []
      )
    }
    decidedByDefault = source.rows(layer: 0).map { row in
      DefaultDecision(
        id: row.id, name: row.name, kind: row.kind,
        forest: Self.sum(row.areas, flag: LandState.leafTypeByDefault),
        rice: Self.sum(row.areas, flag: LandState.riceByDefault))
    }
    notes = LandNotes(sums.notes, of: inputs.parks)
    landStates = source.rows(layer: 0).last!.areas
    settledByDefault = DefaultSettlement(landStates)
    concerns = Self.concerns(source, inputs, landCover)
  }

  private static func concerns(
    _ source: TallySource, _ inputs: PreparedInputs, _ landCover: AreaTable
  ) -> Concerns {
    var concerns = Concerns()
    let states = source.rows(layer: 0).last!.areas
    concerns.gap = states[Int(LandState.gap.rawValue)]
    concerns.land = LandCategory.allCases.filter { $0 != .water }
      .reduce(0) { $0 + sum(states, category: $1.rawValue) }
    for index in inputs.scorers.indices {
      let areas = source.rows(layer: index + 1).last!.areas
      let missing = CellCode.sum(areas, outcome: NodataReason.terrain.rawValue)
      concerns.withoutTerrain = max(concerns.withoutTerrain, missing)
    }
    let whole = landCover.total ?? landCover.rows[0]
    (concerns.nodata, concerns.outside) = (whole.nodata, whole.outside)
    return concerns
  }

  /// Sums `areas`, indexed by land state, of one category however it was found.
  private static func sum(_ areas: [Double], category: UInt8) -> Double {
    stride(from: Int(category), to: areas.count, by: 16).reduce(0) { $0 + areas[$1] }
  }

  private static func sum(_ areas: [Double], flag: UInt8) -> Double {
    areas.indices.reduce(0) { $0 + (UInt8($1) & flag != 0 ? areas[$1] : 0) }
  }
}

/// Turns tallied units into rows of km²: the parks, then their union.
private struct TallySource {
  let inputs: PreparedInputs
  let zones: ZoneTally

  struct Row {
    let kind: AreaTable.Kind
    let id: String
    let name: String
    /// The polygon's own area and what of it lies beyond the grid.
    let area: Double
    let outside: Double
    /// By code of the layer.
    let areas: [Double]
  }

  /// The parks and the total, or the one row of a whole raster.
  func rows(layer: Int) -> [Row] {
    guard let parks = inputs.parks else {
      let units = Array(zones.units(ofZone: 0, layer: layer))
      return [
        Row(
          kind: .raster, id: "", name: inputs.landscape.name, area: (inputs.rasterArea ?? 0) / 1e6,
          outside: 0, areas: squareKilometres(units))
      ]
    }
    var rows: [Row] = []
    var totalUnits = [Int64](repeating: 0, count: zones.codeCount)
    var (area, outside) = (0.0, 0.0)
    for (zone, park) in parks.parks.enumerated() {
      let units = Array(zones.units(ofZone: zone, layer: layer))
      // Many parks over one another may leave the range on the way; their union comes back into it.
      for code in units.indices { totalUnits[code] &+= units[code] }
      area += parks.areas[zone]
      outside += parks.outside[zone]
      rows.append(
        Row(
          kind: .park, id: park.id, name: park.name, area: parks.areas[zone] / 1e6,
          outside: parks.outside[zone] / 1e6, areas: squareKilometres(units)))
    }
    for zone in parks.sharedZones {
      let units = Array(zones.units(ofZone: zone, layer: layer))
      for code in units.indices { totalUnits[code] &-= units[code] }
      area -= parks.areas[zone]
      outside -= parks.outside[zone]
    }
    rows.append(
      Row(
        kind: .total, id: "", name: "Total", area: area / 1e6, outside: outside / 1e6,
        areas: squareKilometres(totalUnits)))
    return rows
  }

  func table(
    layer: Int, keys: [String],
    _ split: ([Double]) -> (
      parts: [Double], nodata: Double, categories: [AreaTable.CategoryAreas]
    )
  ) -> AreaTable {
    var rows = rows(layer: layer).map { row in
      let (parts, nodata, categories) = split(row.areas)
      return AreaTable.Row(
        kind: row.kind, id: row.id, name: row.name, area: row.area, parts: parts, nodata: nodata,
        outside: row.outside, categories: categories)
    }
    let total = inputs.parks == nil ? nil : rows.removeLast()
    return AreaTable(partKeys: keys, rows: rows, total: total)
  }

  private func squareKilometres(_ units: [Int64]) -> [Double] {
    units.map { zones.index.cellAreas.unit.squareMetres($0) / 1e6 }
  }
}
