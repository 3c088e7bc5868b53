/// What of OpenStreetMap a layer is made of; other sources are taken as given.
public enum FeatureTheme: String, Hashable, Sendable {
  case roads, settlements

  /// `highway` of public roads.
  private static let highways = ["motorway", "trunk", "primary", "secondary", "tertiary"].flatMap {
    [$0, $0 + "_link"]
  }

  /// `place` of where people live: neither the parts of a country nor places without inhabitants
  /// (`locality`, `island`, `square`).
  private static let places = [
    "city", "town", "village", "hamlet", "isolated_dwelling", "farm", "municipality", "borough",
    "suburb", "quarter", "neighbourhood", "city_block", "allotments",
  ]

  private static let landUses = ["residential", "industrial", "commercial"]

  /// An OGR SQL condition on the fields of `osmConfiguration`.
  ///
  /// Areas of a `place` that are administrative are left out: the district of a Chinese city may measure
  /// thousands of square kilometres, most of them forest. The city's node and its land use remain.
  var condition: String {
    func isOne(of values: [String]) -> String {
      "(" + values.map { "'\($0)'" }.joined(separator: ", ") + ")"
    }
    switch self {
    case .roads: return "highway IN \(isOne(of: Self.highways))"
    case .settlements:
      return "(place IN \(isOne(of: Self.places)) "
        + "AND (boundary IS NULL OR boundary <> 'administrative')) "
        + "OR landuse IN \(isOne(of: Self.landUses))"
    }
  }

  /// Keys that make an area of a closed way. A roundabout is a road, whatever grows within it.
  private var areaKeys: String {
    switch self {
    case .roads: "area:highway"
    case .settlements: "landuse,place,boundary"
    }
  }

  /// The settings of GDAL's OSM driver: which tags become fields does not depend on the machine.
  var osmConfiguration: String {
    var text = "closed_ways_are_polygons=\(areaKeys)\nattribute_name_laundering=yes\n"
    for layer in ["points", "lines", "multipolygons", "multilinestrings", "other_relations"] {
      text += """

        [\(layer)]
        osm_id=yes
        attributes=name,highway,place,landuse,boundary,admin_level,surface,tracktype,access,population
        other_tags=yes

        """
    }
    return text
  }

  /// Geometries of relations that are no areas repeat their ways, or mean something else.
  static let osmLayers = ["points", "lines", "multipolygons"]

  /// Points are no roads: a `highway` of a node is a sign or a crossing.
  var layers: [String] {
    self == .roads ? ["lines", "multipolygons"] : Self.osmLayers
  }
}
