import RasterCore

/// Looks whether all is in an extract that its chosen objects are made of.
///
/// The file is read front to back a few times: for what is chosen and its relations' ways, for the points of
/// these, and for the points themselves. Only identifiers of what the chosen need are kept.
struct OSMCompleteness: ~Copyable {
  private var selection: OSMSelection
  private var order = OSMOrder()
  private var relations: [Relation] = []
  /// Relations that are what their outer ways are.
  private var borrowers: [Relation] = []
  private var chosenAreas: Set<Int64> = []
  /// What chosen ways and relations refer to.
  private var nodes = SortedIdentifiers()
  /// Of ways and nodes that are chosen.
  private var faults: [OSMFault] = []

  private struct Relation {
    var fault: OSMFault
    let ordinal: Int
    /// Those that rings are made of.
    let ways: [Int64]
    let outerWays: [Int64]
    let isArea: Bool
  }

  private init(_ selection: consuming OSMSelection) { self.selection = selection }

  /// What is wrong with chosen objects, relations first, and what the server that made the file says of it.
  ///
  /// - Throws: `.input`: `input-missing`, `unreadable-features` for a damaged file, `osm-unsorted` for an
  ///   order in which GDAL reads nothing.
  static func faults(
    of path: String, _ selection: consuming OSMSelection
  ) throws(HabitatError) -> (faults: [OSMFault], remark: String?) {
    var file = try OSMFile(path)
    var check = OSMCompleteness(selection)
    try file.read(Set(OSMElement.Kind.allCases), keys: check.selection.keys) { check.choose($0) }
    if let fault = check.order.fault { throw .osmUnsorted(fault, at: path) }
    check.settleBorrowers()
    let ways = Set(check.relations.flatMap(\.ways))
    if !ways.isEmpty {
      var ends: [Int64: Ends] = [:]
      try file.read([.way]) { way in
        guard ways.contains(way.id) else { return }
        ends[way.id] = Ends(first: way.nodes.first, last: way.nodes.last)
        check.nodes.insert(way.nodes)
      }
      check.look(at: ends)
    }
    if !check.nodes.isEmpty {
      var absence = check.nodes.absence()
      try file.read([.node]) { if !$0.isDeleted, $0.hasPosition { absence.tick($0.id) } }
      let absent = absence.finish()
      if !absent.isEmpty || check.order.hasLate {
        try check.findConcerned(in: &file, absent, memberWays: ways)
      }
    }
    return (check.relations.map(\.fault).filter(\.isFault) + check.faults, file.remark)
  }

  // MARK: What is chosen

  private mutating func choose(_ element: borrowing OSMElement) {
    order.take(element)
    switch element.kind {
    case .node:
      guard selection.readsPoints, !element.tags.isEmpty, selection.chooses(element) else { return }
      var fault = OSMFault(element)
      (fault.isDeleted, fault.hasNoPosition) = (element.isDeleted, !element.hasPosition)
      if fault.isFault { faults.append(fault) }
    case .way:
      guard !element.tags.isEmpty, selection.chooses(element) else { return }
      if selection.isArea(element) { chosenAreas.insert(element.id) }
      nodes.insert(element.nodes)
      // What it lacks is seen later.
      guard element.isDeleted else { return }
      var fault = OSMFault(element)
      fault.isDeleted = true
      faults.append(fault)
    case .relation:
      if selection.borrowsTags(element) {
        borrowers.append(relation(element))
      } else if selection.chooses(element) {
        relations.append(relation(element))
      }
    }
  }

  private func relation(_ element: borrowing OSMElement) -> Relation {
    // Areas within an administrative one are no part of its outline.
    let members = element.members.filter { $0.role != "subarea" }
    var fault = OSMFault(element)
    fault.isDeleted = element.isDeleted
    let ways = members.filter { $0.kind == .way }
    let isArea = selection.isArea(element)
    if isArea {
      let rings = ["outer", "inner"]
      fault.relationMembers = members.count { $0.kind == .relation && rings.contains($0.role) }
      fault.hasNoWay = ways.isEmpty && fault.relationMembers == 0
    }
    return Relation(
      fault: fault, ordinal: order.ordinal, ways: ways.map(\.id),
      outerWays: ways.filter { $0.role == "outer" }.map(\.id), isArea: isArea)
  }

  private mutating func settleBorrowers() {
    relations += borrowers.filter { !chosenAreas.isDisjoint(with: $0.outerWays) }
    borrowers = []
  }

  // MARK: What it is made of

  private struct Ends {
    let first: Int64?
    let last: Int64?
  }

  /// - Parameter ends: of the ways of relations that are in the file.
  private mutating func look(at ends: [Int64: Ends]) {
    for index in relations.indices {
      let ways = relations[index].ways
      relations[index].fault.absentWays = ways.count { ends[$0] == nil }
      relations[index].fault.lateCount = ways.count {
        ends[$0] != nil && order.isLate(way: $0, forRelationAt: relations[index].ordinal)
      }
      guard relations[index].isArea else { continue }
      relations[index].fault.openEnds = Self.openEnds(of: Set(ways).compactMap { ends[$0] })
    }
  }

  /// Nodes at which a ring that is put together of ways comes to an end.
  private static func openEnds(of ways: [Ends]) -> Int {
    var isOdd: Set<Int64> = []
    for way in ways where way.first != way.last {
      for node in [way.first, way.last].compactMap(\.self) {
        if isOdd.remove(node) == nil { isOdd.insert(node) }
      }
    }
    return isOdd.count
  }

  /// Finds the ways, and by them the relations, that refer to nodes which are not there or come too late.
  private mutating func findConcerned(
    in file: inout OSMFile, _ absent: Set<Int64>, memberWays: Set<Int64>
  ) throws(HabitatError) {
    var members: [Int64: (absent: Int, late: Int)] = [:]
    // Places in the file count all elements.
    let kinds = order.hasLate ? Set(OSMElement.Kind.allCases) : [.way]
    var ordinal = 0
    let keys = selection.keys
    try file.read(kinds, keys: keys) { way in
      ordinal += 1
      guard way.kind == .way else { return }
      let isMember = memberWays.contains(way.id)
      let isChosen = !way.tags.isEmpty && selection.chooses(way)
      guard isMember || isChosen else { return }
      let lacking = Set(way.nodes).intersection(absent).count
      let late = order.lateCount(ofWayAt: ordinal, way.nodes)
      guard lacking + late > 0 else { return }
      if isMember { members[way.id] = (lacking, late) }
      guard isChosen else { return }
      var fault = OSMFault(way)
      (fault.absentNodes, fault.lateCount) = (lacking, late)
      faults.append(fault)
    }
    for index in relations.indices {
      for way in Set(relations[index].ways) {
        guard let found = members[way] else { continue }
        relations[index].fault.absentNodes += found.absent
        relations[index].fault.lateCount += found.late
      }
    }
  }
}
