/// What an extract lacks of something that is chosen.
struct OSMFault {
  let kind: OSMElement.Kind
  let id: Int64
  let name: String
  /// References to what is not in the file.
  var absentNodes = 0
  var absentWays = 0
  /// References to what comes later in the file than it is needed.
  var lateCount = 0
  var isDeleted = false
  /// A node without latitude or longitude.
  var hasNoPosition = false
  /// Relations as rings of an area, which GDAL leaves out.
  var relationMembers = 0
  /// Ends of ways at which no other one goes on.
  var openEnds = 0
  var hasNoWay = false

  init(_ element: borrowing OSMElement) {
    (kind, id, name) = (element.kind, element.id, element["name"] ?? "")
  }

  var isIncomplete: Bool {
    isDeleted || hasNoPosition || hasNoWay
      || absentNodes + absentWays + relationMembers + openEnds > 0
  }
  var isLate: Bool { lateCount > 0 }
  var isFault: Bool { isIncomplete || isLate }

  /// As osmium names it.
  var osmiumID: String { kind.name.prefix(1) + String(id) }

  /// For people: `way 10 (Square): 1 node is absent`.
  var text: String {
    var reasons: [String] = []
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { reasons.append(count == 1 ? "1 \(one)" : "\(count) \(many)") }
    }
    if isDeleted { reasons.append("it is marked as deleted") }
    if hasNoPosition { reasons.append("it has no position") }
    add(absentNodes, "node is absent", "nodes are absent")
    add(absentWays, "way is absent", "ways are absent")
    add(
      relationMembers, "ring is a relation, which is not read",
      "rings are relations, which are not read")
    if absentWays == 0 {
      add(openEnds, "end of a way is not joined", "ends of ways are not joined")
    }
    if hasNoWay { reasons.append("it has no way") }
    add(lateCount, "reference comes later in the file", "references come later in the file")
    let title = "\(kind.name) \(id)" + (name.isEmpty ? "" : " (\(name))")
    return "\(title): \(reasons.joined(separator: ", "))"
  }
}
