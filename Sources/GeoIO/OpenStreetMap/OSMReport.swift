import RasterCore

/// What to say of an extract whose chosen objects are not whole, or not in order.
struct OSMReport {
  let faults: [OSMFault]
  let remark: String?
  let path: String
  let theme: FeatureTheme

  /// Looks at an extract.
  ///
  /// - Throws: `.input`: `unreadable-features`, `osm-unsorted`.
  init(
    ofExtract path: String, _ selection: consuming OSMSelection, _ theme: FeatureTheme
  ) throws(HabitatError) {
    (faults, remark) = try OSMCompleteness.faults(of: path, selection)
    (self.path, self.theme) = (path, theme)
  }

  private var location: String { "\(theme.name): \(path)" }

  private var incomplete: [OSMFault] { faults.filter(\.isIncomplete) }
  private var late: [OSMFault] { faults.filter { $0.isLate && !$0.isIncomplete } }

  /// For layers that do without some of their features.
  var warnings: [HabitatWarning] {
    messages.map { HabitatWarning($0.slug, $0.what, at: location, fix: $0.fix) }
  }

  /// For layers whose km² stand in a table.
  ///
  /// - Throws: `.input`: `osm-unsorted`, `osm-incomplete`.
  func refuse() throws(HabitatError) {
    guard let message = messages.first else { return }
    throw HabitatError(.input, message.slug, message.what, at: location, fix: message.fix)
  }

  private var messages: [(slug: String, what: String, fix: String)] {
    var messages: [(slug: String, what: String, fix: String)] = []
    if !late.isEmpty {
      messages.append(
        (
          "osm-unsorted",
          "\(count(late)) would be read without what comes later in the file: \(late.listed)",
          "sort it: \(HabitatError.sortCommand(path))"
        ))
    }
    if let remark, remark.contains("error") {
      messages.append(
        (
          "osm-incomplete", "the server stopped before the extract was whole: \(remark)",
          "ask for less at a time, or for longer ([timeout:900])"
        ))
    }
    if !incomplete.isEmpty {
      messages.append(
        (
          "osm-incomplete",
          "\(count(incomplete)) \(incomplete.count == 1 ? "is" : "are") not whole in the extract: \(incomplete.listed)",
          ways(out: incomplete).joined(separator: "; ")
        ))
    }
    return messages
  }

  private func count(_ faults: [OSMFault]) -> String {
    "\(faults.count) \(faults.count == 1 ? theme.one : theme.many)"
  }

  /// The commands that mend it.
  private func ways(out faults: [OSMFault]) -> [String] {
    var ways: [String] = []
    let lacking = faults.filter { $0.absentNodes + $0.absentWays > 0 }
    if !lacking.isEmpty {
      let strategy =
        lacking.contains { $0.kind == .relation }
        ? "smart -S types=multipolygon,boundary" : "complete_ways"
      let ids = lacking.prefix(5).map(\.osmiumID).joined(separator: " ")
      ways.append(
        "cut it anew from the larger file with osmium extract --strategy \(strategy), or fetch what is "
          + "lacking from it with osmium getid -r LARGER.osm.pbf \(ids) -o OUT.osm.pbf")
    }
    if faults.contains(where: \.isDeleted) {
      ways.append(
        "leave deleted objects out: osmium time-filter \(path.shown) -o OUT.osm, or upload the edit and fetch "
          + "the extract again")
    }
    if faults.contains(where: { $0.openEnds > 0 && $0.absentWays == 0 || $0.hasNoWay }) {
      ways.append("mend the outline on openstreetmap.org")
    }
    if faults.contains(where: { $0.relationMembers > 0 }) {
      ways.append("give it as polygons of another format")
    }
    if theme == .parks { ways.append("or choose others with --parks-where") }
    return ways
  }
}

extension [OSMFault] {
  /// A few, and how many more there are.
  fileprivate var listed: String {
    prefix(5).map(\.text).joined(separator: "; ") + (count > 5 ? "; and \(count - 5) more" : "")
  }
}

extension FeatureTheme {
  fileprivate var one: String {
    switch self {
    case .roads: "road"
    case .settlements: "settlement"
    case .water: "area of water"
    case .watercourses: "water"
    case .parks: "park"
    }
  }
  fileprivate var many: String {
    switch self {
    case .roads: "roads"
    case .settlements: "settlements"
    case .water: "areas of water"
    case .watercourses: "waters"
    case .parks: "parks"
    }
  }
}

extension HabitatError {
  fileprivate static func sortCommand(_ path: String) -> String {
    "osmium sort \(path.shown) -o OUT.osm.pbf"
  }

  /// An order of which GDAL reads nothing.
  static func osmUnsorted(_ fault: String, at path: String) -> HabitatError {
    HabitatError(
      .input, "osm-unsorted", "elements of the extract are not in order: \(fault)", at: path,
      fix:
        "sort it: \(sortCommand(path)); where numbers stand there twice, osmium merge joins extracts and "
        + "osmium time-filter picks the latest versions; osmium renumber replaces numbers below zero"
    )
  }
}
