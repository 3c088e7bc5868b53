import RasterCore
import ZonalStatistics

/// What a pass over the grid adds up; the parts of several threads merge in any order.
struct PassSums: Sendable {
  /// Layer 0 holds land states, layer *s* + 1 the cells of species *s* by `CellCode`.
  var zones: ZoneTally
  /// Units of area by code of the land cover that the legend does not know.
  var unknownCodes: [Int: Int64] = [:]
  /// Units of area where overlapping tiles give different values.
  var disagreement: Int64 = 0
  /// Units of area sampled from tiles on other lattices.
  var sampled: Int64 = 0
  /// The lowest value, by DEM tile, that is no height and not declared as nodata.
  var impossibleHeights: [String: Float] = [:]
  /// The most by which overlapping DEM tiles differ where heights were asked for, metres.
  var heightDisagreement: Float = 0

  init(_ index: ZoneIndex, species: Int) {
    zones = ZoneTally(index, layers: species + 1, codeCount: CellCode.count)
  }

  mutating func merge(_ other: PassSums) {
    zones.merge(other.zones)
    unknownCodes.merge(other.unknownCodes, uniquingKeysWith: +)
    disagreement += other.disagreement
    sampled += other.sampled
    impossibleHeights.merge(other.impossibleHeights, uniquingKeysWith: min)
    heightDisagreement = max(heightDisagreement, other.heightDisagreement)
  }
}
