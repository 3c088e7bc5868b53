import RasterCore
import RasterLoader
import ZonalStatistics

/// What there is to note of the land cover, in km² of the land that is reported on; land of several parks counts once.
struct LandNotes: Hashable, Sendable {
  /// Under tiles that disagree.
  let disagreement: Double
  /// Read from tiles on other lattices.
  let sampled: Double

  init(disagreement: Double, sampled: Double) {
    (self.disagreement, self.sampled) = (disagreement, sampled)
  }

  /// - Parameters:
  ///   - tally: of the bits of `LandCoverBlock.Note`; `nil` where there was nothing to note.
  ///   - parks: whose land is meant; `nil` for the whole raster.
  init(_ tally: ZoneTally?, of parks: ParkZones?) {
    let areas = tally?.areasOfUnion(of: parks) ?? []
    func sum(_ note: UInt8) -> Double {
      areas.indices.reduce(0) { $0 + (UInt8($1) & note != 0 ? areas[$1] : 0) }
    }
    disagreement = sum(LandCoverBlock.Note.disagreement)
    sampled = sum(LandCoverBlock.Note.sampled)
  }
}

extension ZoneTally {
  /// A tally of the notes of land cover, over the same zones as others.
  static func ofNotes(_ index: ZoneIndex) -> ZoneTally {
    ZoneTally(
      index, codeCount: Int(LandCoverBlock.Note.disagreement | LandCoverBlock.Note.sampled) + 1)
  }

  /// Adds a value of each cell of a window, row by row.
  mutating func add(_ values: [UInt8], of window: Window, layer: Int = 0) {
    for row in 0..<window.rows {
      let cells = row * window.columns..<(row + 1) * window.columns
      add(
        row: window.row + row, firstColumn: window.column, codes: values.span.extracting(cells),
        layer: layer)
    }
  }

  /// km² by code of all zones together: the parks less what they share, or the one zone that there is.
  func areasOfUnion(of parks: ParkZones?, layer: Int = 0) -> [Double] {
    var units = [Int64](repeating: 0, count: codeCount)
    for zone in 0..<index.zoneCount {
      let isShared = parks?.sharedZones.contains(zone) ?? false
      // Many parks over one another may leave the range on the way; their union comes back into it.
      for (code, own) in self.units(ofZone: zone, layer: layer).enumerated() {
        units[code] = isShared ? units[code] &- own : units[code] &+ own
      }
    }
    return units.map { index.cellAreas.unit.squareMetres($0) / 1e6 }
  }
}
