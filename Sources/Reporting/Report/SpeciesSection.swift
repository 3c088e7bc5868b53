import RasterCore

/// A species: its map and its table.
public struct SpeciesSection: ReportSection {
  public let areas: SpeciesAreas
  /// `nil` where the run wrote no raster of classes.
  public let map: ReportMap?
  /// Why the figures cannot stand beside the published ones; empty where nothing speaks against it.
  public let reservations: [Reservation]
  /// What stands beside the map.
  public let credits: MapCredits

  public init(
    _ areas: SpeciesAreas, map: ReportMap?, reservations: [Reservation], credits: MapCredits
  ) {
    (self.areas, self.map, self.reservations) = (areas, map, reservations)
    self.credits = credits
  }

  public var anchor: String { "species-" + Anchor.text(areas.name) }
  public var group: ReportGroup { .species }

  public func title(in wording: Wording) -> String { wording.species(areas) }

  public func entry(in wording: Wording) -> String { wording.shortName(of: areas) }

  public func body(in wording: Wording) -> Markup {
    """
    \(reservations.list(in: wording))\
    \(map.map { MapFigure(map: $0, areas: areas, credits: credits).markup(in: wording) } ?? "")\
    <h3>\(wording[areas.total == nil ? "table.heading_whole" : "table.heading"])</h3>
    \(AreaFigures(areas: areas).markup(in: wording))
    """
  }
}
