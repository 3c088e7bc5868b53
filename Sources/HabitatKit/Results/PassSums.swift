import RasterCore
import ZonalStatistics

/// What a pass over the grid adds up; the parts of several threads merge in any order.
struct PassSums: Sendable {
  /// Layer 0 holds land states, layer *s* + 1 the cells of species *s* by `CellCode`.
  var zones: ZoneTally
  /// Units of area by code of the land cover that the legend does not know.
  var unknownCodes: [Int: Int64] = [:]
  /// The land of the zones by the bits of `LandCoverBlock.Note`; `nil` where there is nothing to note.
  private(set) var notes: ZoneTally?
  /// The lowest value, by DEM tile, that is no height and not declared as nodata.
  var impossibleHeights: [String: Float] = [:]
  /// The most by which overlapping DEM tiles differ where heights were asked for, metres.
  var heightDisagreement: Float = 0

  init(_ index: ZoneIndex, species: Int) {
    zones = ZoneTally(index, layers: species + 1, codeCount: CellCode.count)
  }

  /// Adds the notes of a band.
  ///
  /// - Parameter notes: as `LandCoverBlock` has them; empty where there are none.
  mutating func add(_ notes: [UInt8], of band: Window) {
    guard !notes.isEmpty else { return }
    if self.notes == nil { self.notes = .ofNotes(zones.index) }
    self.notes?.add(notes, of: band)
  }

  mutating func merge(_ other: PassSums) {
    zones.merge(other.zones)
    unknownCodes.merge(other.unknownCodes, uniquingKeysWith: +)
    if let theirs = other.notes {
      if notes == nil { notes = theirs } else { notes?.merge(theirs) }
    }
    impossibleHeights.merge(other.impossibleHeights, uniquingKeysWith: min)
    heightDisagreement = max(heightDisagreement, other.heightDisagreement)
  }
}
