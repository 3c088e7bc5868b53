import CGDAL

/// Which elements of an extract become features of the layers that are read.
///
/// Source: GDAL's OSM driver, gdal.org/drivers/vector/osm.html.
struct OSMSelection: ~Copyable {
  private let layers: Set<String>
  private let areaKeys: Set<String>
  private var condition: OSMCondition
  let keys: OSMKeys

  /// - Parameters:
  ///   - text: the whole condition of the layers.
  ///   - definition: the fields, which are the same for all layers.
  init?(
    _ text: String, of layers: [String], fields definition: OGRFeatureDefnH?, _ theme: FeatureTheme
  ) {
    guard let condition = unsafe OSMCondition(text, fieldsOf: definition) else { return nil }
    self.layers = Set(layers)
    areaKeys = Set(theme.areaKeys)
    keys = OSMKeys(condition.keys?.union(theme.areaKeys).union(["area", "type", "name"]))
    self.condition = condition
  }

  var readsPoints: Bool { layers.contains("points") }

  /// Whether the tags of an element choose it.
  mutating func chooses(_ element: borrowing OSMElement) -> Bool {
    let layer = layer(of: element)
    guard layers.contains(layer) else { return false }
    return condition.holds(
      for: element, isAreaOfWay: element.kind == .way && layer == "multipolygons")
  }

  /// Whether a relation takes the tags of its outer ways, having none of its own.
  func borrowsTags(_ relation: borrowing OSMElement) -> Bool {
    !relation.saysWhatItIs && layers.contains("multipolygons")
      && layer(of: relation) == "multipolygons"
  }

  func isArea(_ element: borrowing OSMElement) -> Bool { layer(of: element) == "multipolygons" }

  private func layer(of element: borrowing OSMElement) -> String {
    switch element.kind {
    case .node: return "points"
    case .way:
      guard element.nodes.count > 1, element.nodes.first == element.nodes.last else {
        return "lines"
      }
      return saysArea(element) ? "multipolygons" : "lines"
    case .relation:
      switch element["type"] {
      case "multipolygon", "boundary": return "multipolygons"
      case "multilinestring", "route": return "multilinestrings"
      default: return "other_relations"
      }
    }
  }

  private func saysArea(_ way: borrowing OSMElement) -> Bool {
    switch way["area"] {
    case "yes": true
    case "no": false
    default: way.tags.contains { areaKeys.contains($0.key) }
    }
  }
}
