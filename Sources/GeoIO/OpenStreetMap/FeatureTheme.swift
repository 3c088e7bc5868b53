/// What of OpenStreetMap a layer is made of; other sources are taken as given.
public enum FeatureTheme: String, Hashable, Sendable {
  case roads, settlements, water, parks
  /// Water as a place to drink at: bodies of water, and courses that are drawn as lines.
  case watercourses

  /// The name of the layer that is made of it.
  public var name: String { self == .watercourses ? Self.water.rawValue : rawValue }

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
    case .water:
      return "\"natural\" = 'water' OR waterway = 'riverbank' OR landuse IN ('reservoir', 'basin')"
    case .watercourses:
      return Self.water.condition + " OR waterway IN ('river', 'stream', 'canal')"
    case .parks:
      return "boundary IN ('national_park', 'protected_area') OR leisure = 'nature_reserve'"
    }
  }

  /// Keys that make an area of a closed way. A roundabout is a road, whatever grows within it.
  ///
  /// The longest stands last: GDAL 3.6 overlooks keys that are longer than the last one.
  var areaKeys: [String] {
    switch self {
    case .roads: ["area:highway"]
    case .settlements: ["place", "landuse", "boundary"]
    case .water, .watercourses: ["natural", "landuse", "waterway"]
    // A condition of the user's may ask for areas of other kinds.
    case .parks: ["place", "leisure", "landuse", "natural", "boundary"]
    }
  }

  /// The settings of GDAL's OSM driver: which tags become fields does not depend on the machine.
  var osmConfiguration: String {
    let areaKeys = areaKeys.joined(separator: ",")
    var text = "closed_ways_are_polygons=\(areaKeys)\nattribute_name_laundering=yes\n"
    for layer in ["points", "lines", "multipolygons", "multilinestrings", "other_relations"] {
      text += """

        [\(layer)]
        osm_id=yes
        attributes=name,\(Self.fields)
        other_tags=yes

        """
    }
    return text
  }

  /// Tags that become fields, so that conditions can ask for them.
  private static let fields =
    "highway,place,landuse,boundary,admin_level,protect_class,leisure,natural,waterway,surface,tracktype,"
    + "access,population"

  /// Geometries of relations that are no areas repeat their ways, or mean something else.
  static let osmLayers = ["points", "lines", "multipolygons"]

  /// Points are no roads: a `highway` of a node is a sign or a crossing.
  var layers: [String] {
    switch self {
    case .roads, .watercourses: ["lines", "multipolygons"]
    case .settlements: Self.osmLayers
    case .water, .parks: ["multipolygons"]
    }
  }
}
