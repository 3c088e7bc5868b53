import RasterCore

/// Reads OpenStreetMap XML: files of the API, of osmium, JOSM and Overpass, and osmChange.
struct OSMXMLReader: ~Copyable {
  /// What is known of a file once it has been read.
  struct Contents {
    /// Where the elements of a kind lie.
    fileprivate var spans: [OSMElement.Kind: Range<Int>] = [:]
    fileprivate var isKnown = false
    /// What is deleted stands in sections of its own.
    fileprivate var hasSections = false
    fileprivate(set) var remark: String?
  }

  private var tags: XMLTags
  private let kinds: Set<OSMElement.Kind>
  private let keys: OSMKeys
  private(set) var contents: Contents
  private var element = OSMElement()
  /// Within a node, way or relation.
  private var isOpen = false
  /// Within `<delete>` of an osmChange.
  private var deletes = false
  private var root: String?
  private var isClosed = false
  /// Of what is asked for.
  private let end: Int

  init(
    _ stream: consuming ByteStream, _ kinds: Set<OSMElement.Kind>, _ keys: OSMKeys,
    _ contents: Contents
  ) {
    (self.kinds, self.keys, self.contents) = (kinds, keys, contents)
    let spans = kinds.compactMap { contents.spans[$0] }
    let first = contents.hasSections ? 0 : spans.map(\.lowerBound).min() ?? 0
    end = contents.isKnown ? spans.map(\.upperBound).max() ?? 0 : .max
    tags = XMLTags(stream, from: contents.isKnown ? first : 0)
    if contents.isKnown { root = "" }
  }

  mutating func read(_ body: (borrowing OSMElement) -> Void) throws(OSMDamage) {
    while let tag = tags.next() {
      guard isOpen || tags.offset(of: tag.lowerBound) < end else { return }
      try take(tag, body)
    }
    guard !contents.isKnown else { return }
    guard !tags.isCutOff, isClosed else {
      throw OSMDamage("the XML ends before its last element is closed: the file was cut short")
    }
    contents.isKnown = true
  }

  // MARK: Elements

  private mutating func take(
    _ tag: Range<Int>, _ body: (borrowing OSMElement) -> Void
  ) throws(OSMDamage) {
    if tags.bytes[tag.lowerBound] == UInt8(ascii: "/") {
      let name = tag.lowerBound + 1..<tag.upperBound
      if isOpen {
        if has(name, element.kind.name) { close(body) }
      } else if has(name, "delete") {
        deletes = false
      } else if root.map({ has(name, $0) }) == true {
        isClosed = true
      }
      return
    }
    let attributes = XMLAttributes(tag, in: tags.bytes)
    if isOpen { return try takeChild(attributes) }
    if let kind = OSMElement.Kind.allCases.first(where: { has(attributes.name, $0.name) }) {
      isOpen = true
      if !contents.isKnown {
        let first = contents.spans[kind]?.lowerBound ?? tags.offset(of: tag.lowerBound - 1)
        contents.spans[kind] = first..<tags.offset(of: tag.upperBound)
      }
      element.begin(kind)
      element.isDeleted = deletes
      if kinds.contains(kind) { try takeHead(attributes) }
      if attributes.isSelfClosing { close(body) }
    } else {
      try takeOther(attributes)
    }
  }

  private mutating func close(_ body: (borrowing OSMElement) -> Void) {
    isOpen = false
    if kinds.contains(element.kind) { body(element) }
  }

  private mutating func takeHead(_ head: XMLAttributes) throws(OSMDamage) {
    var attributes = head
    var (hasID, hasLatitude, hasLongitude) = (false, false, false)
    while let (name, value) = attributes.next(in: tags.bytes) {
      if has(name, "id") {
        element.id = try integer(value, "id")
        hasID = true
      } else if has(name, "lat") {
        try checkDegrees(value, "lat", 90)
        hasLatitude = true
      } else if has(name, "lon") {
        try checkDegrees(value, "lon", 180)
        hasLongitude = true
      } else if has(name, "visible") {
        if has(value, "false") { element.isDeleted = true }
      } else if has(name, "action") {
        if has(value, "delete") { element.isDeleted = true }
      }
    }
    guard hasID else { throw OSMDamage("a \(element.kind.name) has no id") }
    element.hasPosition = hasLatitude && hasLongitude
  }

  private mutating func takeChild(_ child: XMLAttributes) throws(OSMDamage) {
    guard kinds.contains(element.kind) else { return }
    if has(child.name, "nd") {
      // Those of a member repeat where the way lies.
      guard element.kind == .way else { return }
      element.nodes.append(try integer(try value(of: "ref", child), "ref"))
    } else if has(child.name, "tag") {
      try takeTag(child)
    } else if has(child.name, "member") {
      try takeMember(child)
    } else if !Self.children.contains(where: { has(child.name, $0) }) {
      throw OSMDamage(
        "\(element.kind.name) \(element.id) holds <\(string(child.name))>, which is no part of "
          + "OpenStreetMap's format")
    }
  }

  /// What Overpass and the API put into elements besides.
  private static let children = ["bounds", "center", "area", "discussion", "comment", "text"]

  private mutating func takeTag(_ child: XMLAttributes) throws(OSMDamage) {
    let (key, value) = (try value(of: "k", child), try value(of: "v", child))
    if !OSMElement.idleKeys.contains(where: { has(key, $0) }) { element.saysWhatItIs = true }
    guard keys.contain(tags.bytes[key]) else { return }
    element.tags.append((string(key), string(value)))
  }

  private mutating func takeMember(_ child: XMLAttributes) throws(OSMDamage) {
    var attributes = child
    var member = OSMElement.Member(kind: .node, id: 0, role: "")
    var (hasKind, hasReference) = (false, false)
    while let (name, value) = attributes.next(in: tags.bytes) {
      if has(name, "type") {
        guard let kind = OSMElement.Kind.allCases.first(where: { has(value, $0.name) }) else {
          throw OSMDamage(
            "relation \(element.id) has a member of type \"\(string(value))\"")
        }
        (member.kind, hasKind) = (kind, true)
      } else if has(name, "ref") {
        (member.id, hasReference) = (try integer(value, "ref"), true)
      } else if has(name, "role") {
        member.role = string(value)
      }
    }
    guard hasKind, hasReference else {
      throw OSMDamage("a member of relation \(element.id) does not say what it is")
    }
    element.members.append(member)
  }

  /// What stands between nodes, ways and relations.
  private mutating func takeOther(_ tag: XMLAttributes) throws(OSMDamage) {
    if root == nil {
      root = string(tag.name)
      isClosed = tag.isSelfClosing
    } else if ["create", "modify", "delete"].contains(where: { has(tag.name, $0) }) {
      contents.hasSections = true
      deletes = has(tag.name, "delete") && !tag.isSelfClosing
    } else if has(tag.name, "remark") {
      contents.remark = tags.textBehind
    } else if ["nd", "member"].contains(where: { has(tag.name, $0) }) {
      // Their element has another name than it should.
      throw OSMDamage("<\(string(tag.name))> stands in no way or relation")
    } else {
      var attributes = tag
      while let (name, _) = attributes.next(in: tags.bytes) {
        guard has(name, "lat") else { continue }
        throw OSMDamage("<\(string(tag.name))> has a position and is no node")
      }
    }
  }

  // MARK: Values

  /// Whether a range of the bytes in memory is that text.
  private func has(_ range: Range<Int>, _ text: String) -> Bool {
    range.count == text.utf8.count && tags.bytes[range].elementsEqual(text.utf8)
  }

  private func string(_ range: Range<Int>) -> String { XMLText.string(tags.bytes[range]) }

  private func value(of name: String, _ tag: XMLAttributes) throws(OSMDamage) -> Range<Int> {
    var attributes = tag
    while let (found, value) = attributes.next(in: tags.bytes) {
      if has(found, name) { return value }
    }
    throw OSMDamage(
      "<\(string(tag.name))> of \(element.kind.name) \(element.id) has no \(name)")
  }

  private func integer(_ range: Range<Int>, _ name: String) throws(OSMDamage) -> Int64 {
    guard let number = XMLText.integer(tags.bytes[range]) else {
      throw OSMDamage(
        "a \(element.kind.name) has the \(name) \"\(string(range))\", which is no whole number")
    }
    return number
  }

  private func checkDegrees(
    _ range: Range<Int>, _ name: String, _ limit: Double
  ) throws(OSMDamage) {
    guard !XMLText.isNumber(tags.bytes[range], upTo: limit) else { return }
    throw OSMDamage(
      "a node has \(name)=\"\(string(range))\", which is no number of degrees up to \(limit)")
  }
}
