import CGDAL
import RasterCore

/// What a document of metadata beside a file says of where the data come from.
///
/// It is `parks.shp.xml` (as ArcGIS and FGDC write it), `parks.xml` (ISO 19139 and 19115-3, as catalogues hand it
/// out) or `parks.qmd` (QGIS) for `parks.shp`. Names of elements count without their namespaces, whose prefixes
/// differ from writer to writer. GDAL's parser expands no entities and follows no reference.
///
/// Source: ISO/TS 19139:2007; ISO/TS 19115-3:2016; FGDC-STD-001-1998; ArcGIS metadata format 1.0.
struct SidecarMetadata {
  /// Beyond it a file is no description of data.
  static let mostBytes = 4 << 20

  /// By the keys of `StatedOrigin`.
  let members: [String: String]

  /// The first document beside a file that says anything.
  ///
  /// - Parameter path: files on the network are asked for nothing beside them.
  static func origin(beside path: String) -> StatedOrigin {
    guard !path.isEmpty, !NetworkAccess.isRemote(path) else { return StatedOrigin() }
    let base = path.baseName
    let stem = base.lastIndex(of: ".").map { String(base[..<$0]) } ?? base
    let folder = path.dropLast(base.count)
    guard !stem.isEmpty else { return StatedOrigin() }
    for name in ["\(base).xml", "\(stem).xml", "\(stem).qmd"] where name != base {
      guard let text = text(of: folder + name),
        let found = SidecarMetadata(xml: text).map({ StatedOrigin(metadata: $0.members) }),
        !found.isEmpty
      else { continue }
      return found
    }
    return StatedOrigin()
  }

  private static func text(of path: String) -> String? {
    guard case .bytes(let count) = FileSystem.size(of: path), count <= mostBytes else { return nil }
    var bytes: [UInt8] = []
    let isWhole = FileSystem.read(path) {
      bytes += $0
      return bytes.count <= mostBytes
    }
    return isWhole ? String(validating: bytes, as: UTF8.self) : nil
  }

  /// - Returns: `nil` where the text is no metadata.
  init?(xml text: String) {
    // The parser stops at the first zero, and complains to the terminal of what is no XML.
    guard text.utf8.count <= Self.mostBytes, !text.utf8.contains(0) else { return nil }
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    let tree = unsafe CPLParseXMLString(text)
    CPLPopErrorHandler()
    guard let tree = unsafe tree else { return nil }
    defer { unsafe CPLDestroyXMLNode(tree) }
    let documents = unsafe XMLNode.roots(of: tree).map { MetadataElement($0) }
    guard let document = documents.first(where: { Self.roots.contains($0.name) }) else {
      return nil
    }
    var members: [String: String] = [:]
    for (key, paths) in Self.places {
      let texts = paths.lazy.flatMap { document.texts(at: $0) }
      members[key] = texts.first { !$0.isEmpty }
    }
    members["licence"] = Self.licence(of: document)
    let times = Self.times.lazy.map { place in
      (
        start: document.day(at: place.start, isLast: false),
        end: document.day(at: place.end, isLast: true)
      )
    }.first { $0.start != nil }
    (members["time_start"], members["time_end"]) = (times?.start, times?.end ?? times?.start)
    self.members = members
  }

  private static let roots: Set<String> = ["MD_Metadata", "MI_Metadata", "metadata", "qgis"]

  /// Where each kind has what is asked for. `*` is one element of any name: of ISO's classes, which differ.
  private static let places: [String: [String]] = [
    "title": [
      "identificationInfo/*/citation/CI_Citation/title", "idinfo/citation/citeinfo/title",
      "dataIdInfo/idCitation/resTitle", "title",
    ],
    "attribution": [
      "identificationInfo/*/credit", "idinfo/datacred", "dataIdInfo/idCredit",
      "identificationInfo/*/citation/CI_Citation/citedResponsibleParty/CI_ResponsibleParty/organisationName",
      "identificationInfo/*/citation/CI_Citation/citedResponsibleParty/CI_Responsibility/party/*/name",
      "identificationInfo/*/pointOfContact/CI_ResponsibleParty/organisationName",
      "identificationInfo/*/pointOfContact/CI_Responsibility/party/*/name",
      "idinfo/citation/citeinfo/origin", "dataIdInfo/idCitation/citRespParty/rpOrgName",
      "dataIdInfo/idPoC/rpOrgName", "rights", "contact/organization",
    ],
    "url": [
      "distributionInfo/*/transferOptions/*/onLine/CI_OnlineResource/linkage",
      "idinfo/citation/citeinfo/onlink", "distInfo/distTranOps/onLineSrc/linkage",
    ],
  ]

  private static let licences = [
    "identificationInfo/*/resourceConstraints/*/otherConstraints",
    "identificationInfo/*/resourceConstraints/*/useLimitation",
    "identificationInfo/*/resourceConstraints/*/useConstraints", "idinfo/useconst",
    "dataIdInfo/resConst/*/othConsts", "dataIdInfo/resConst/*/useLimit", "license",
    "idinfo/accconst",
  ]

  /// Beside the licence stand limits of access and of use at sea: what sounds like one goes first.
  private static func licence(of document: MetadataElement) -> String? {
    let texts = licences.flatMap { document.texts(at: $0) }.filter { !$0.isEmpty }
    let marks = [
      "cc by", "cc0", "creative commons", "creativecommons", "odbl", "open data commons",
      "licence", "license", "public domain",
    ]
    return texts.first { text in
      // CC-BY and CC BY are the same.
      let plain = text.lowercased().replacing("-", with: " ")
      return marks.contains { plain.contains($0) }
    } ?? texts.first
  }

  private static let times = [
    (
      start:
        "identificationInfo/*/extent/EX_Extent/temporalElement/EX_TemporalExtent/extent/TimePeriod/beginPosition",
      end:
        "identificationInfo/*/extent/EX_Extent/temporalElement/EX_TemporalExtent/extent/TimePeriod/endPosition"
    ),
    (
      start: "idinfo/timeperd/timeinfo/rngdates/begdate",
      end: "idinfo/timeperd/timeinfo/rngdates/enddate"
    ),
    (
      start: "idinfo/timeperd/timeinfo/sngdate/caldate",
      end: "idinfo/timeperd/timeinfo/sngdate/caldate"
    ),
    (
      start: "dataIdInfo/dataExt/tempEle/TempExtent/exTemp/TM_Period/tmBegin",
      end: "dataIdInfo/dataExt/tempEle/TempExtent/exTemp/TM_Period/tmEnd"
    ),
  ]
}

/// An element without its namespace.
private struct MetadataElement {
  private let node: XMLNode

  init(_ node: XMLNode) { self.node = node }

  var name: String { String(node.name.split(separator: ":").last ?? "") }

  /// Texts of all elements at a path, in the order of the document.
  func texts(at path: String) -> [String] {
    var places = [self]
    for step in path.split(separator: "/") {
      places = places.flatMap { place in
        place.node.elements.map { MetadataElement($0) }.filter { step == "*" || $0.name == step }
      }
    }
    return places.map(\.text)
  }

  /// Of the element itself, or of the one in it that ISO wraps texts and links into.
  private var text: String {
    let own = (node.text(of: "") ?? "").withoutTags
    guard own.isEmpty else { return own }
    let wrappers: Set = ["CharacterString", "Anchor", "URL"]
    let wrapped = node.elements.map { MetadataElement($0) }.first { wrappers.contains($0.name) }
    return (wrapped?.node.text(of: "") ?? "").withoutTags
  }

  /// The day of a time such as 2021, 20210630, 2021-06 or 2021-06-30T00:00:00.
  ///
  /// - Parameter isLast: whether the last day of a year or month is meant, or the first.
  func day(at path: String, isLast: Bool) -> String? {
    guard let text = texts(at: path).first(where: { !$0.isEmpty }) else { return nil }
    let digits = text.prefix { $0 != "T" }.filter { $0.isASCII && $0.isNumber }
    guard [4, 6, 8].contains(digits.count) else { return nil }
    let fields = [digits.prefix(4), digits.dropFirst(4).prefix(2), digits.dropFirst(6)]
      .filter { !$0.isEmpty }
    return CalendarPeriod(epoch: fields.joined(separator: "-")).map {
      String((isLast ? $0.end : $0.start).prefix(10))
    }
  }
}

extension String {
  /// ArcGIS writes texts as HTML.
  fileprivate var withoutTags: String {
    guard contains("<"), contains(">") else { return oneLine }
    var (text, isTag) = ("", false)
    for character in self {
      switch character {
      case "<": isTag = true
      case ">" where isTag:
        isTag = false
        text.append(" ")
      default: if !isTag { text.append(character) }
      }
    }
    for (entity, character) in [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
      text = text.replacing(entity, with: character)
    }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ").oneLine
  }
}
