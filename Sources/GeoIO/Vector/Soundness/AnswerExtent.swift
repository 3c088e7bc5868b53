import Documents
import Foundation
import RasterCore

/// How much of what a server was asked for stands in a file of its answer, as far as the answer tells.
///
/// Servers hand out a page of features at a time. What is saved is one of them, and looks like any other file.
///
/// Sources: OGC API - Features, part 1 (OGC 17-069r4), 7.15, `numberMatched`, `numberReturned` and links to the next
/// page; Web Feature Service 2.0 (OGC 09-025r2), 7.7.4, the same and `next`, `unknown` where the server has not
/// counted; ArcGIS REST API, *Query (Feature Service)*, `exceededTransferLimit`.
struct AnswerExtent {
  /// The features that match what was asked; `nil` where nothing tells.
  private(set) var matched: Int?
  /// The features in the file; `nil` where nothing tells.
  private(set) var held: Int?
  /// The member or attribute that says that more follow.
  private(set) var remark: String?
}

extension AnswerExtent {
  /// Of GeoJSON and its kin; `nil` for what is no collection.
  init?(_ text: GeoJSONScanner) {
    guard let count = text.featureCount else { return nil }
    func value(_ member: GeoJSONScanner.Member) -> JSONValue? {
      guard let bytes = text.members[member] else { return nil }
      // In a list, for Foundation takes no bare number for a document.
      let list = Data([UInt8(ascii: "[")] + bytes + [UInt8(ascii: "]")])
      guard case .array(let values)? = JSONValue(json5: list) else { return nil }
      return values.first
    }
    held = count
    // GeoServer's word for it.
    matched = value(.numberMatched)?.count ?? value(.totalFeatures)?.count
    if value(.exceededTransferLimit)?.isTrue == true { remark = "exceededTransferLimit" }
    if case .object(let members)? = value(.properties),
      members["exceededTransferLimit"]?.isTrue == true
    {
      remark = "exceededTransferLimit"
    }
    if case .array(let links)? = value(.links), links.contains(where: \.leadsOn) {
      remark = remark ?? "a link to the next page"
    }
  }

  /// - Parameter tag: the opening one of a collection of GML.
  init(tag: String) {
    let tag = tag.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    func attribute(_ name: String) -> String? {
      for quote in ["\"", "'"] {
        guard let start = tag.range(of: " \(name)=\(quote)") else { continue }
        return String(tag[start.upperBound...].prefix { String($0) != quote })
      }
      return nil
    }
    matched = attribute("numberMatched").flatMap { Int($0) }
    held = attribute("numberReturned").flatMap { Int($0) }
    if let next = attribute("next"), !next.isEmpty { remark = "a link to the next page" }
  }
}

extension [AnswerExtent] {
  /// What pages that are read together lack; `nil` where nothing says that they lack anything.
  ///
  /// Numbers are believed before links: programs that join pages keep the members of one of them. Without numbers,
  /// pages are whole where one of them is the last.
  var shortfall: String? {
    if let matched = compactMap(\.matched).max(), allSatisfy({ $0.held != nil }) {
      let held = reduce(0) { $0 + $1.held! }
      return held < matched ? "it holds \(held) of \(matched) features" : nil
    }
    guard let remark = first?.remark, allSatisfy({ $0.remark != nil }) else { return nil }
    return "it says that more features follow (\(remark))"
  }
}

/// What to say of a server's answer that is not whole.
struct AnswerReport {
  private let shortfall: String
  private let location: String

  private static let slug = "layer-incomplete"
  private static let fix =
    "fetch the other pages, too (resultOffset, startIndex or the link \"next\"), or have ogr2ogr fetch all from the "
    + "service's address (ESRIJSON:, OAPIF: or WFS: before it); where they are joined in this file, take that remark "
    + "out of it"

  /// - Returns: `nil` where nothing says that anything is lacking.
  init?(of dataset: borrowing VectorDataset, _ theme: FeatureTheme) throws(HabitatError) {
    guard let shortfall = try dataset.answers().shortfall else { return nil }
    (self.shortfall, location) = (shortfall, "\(theme.name): \(dataset.path)")
  }

  private var what: String { "the answer of a server is not whole: \(shortfall)" }

  /// For layers that do without some of their features.
  var warning: HabitatWarning {
    HabitatWarning(Self.slug, what, at: location, fix: Self.fix)
  }

  /// For layers whose km² stand in a table.
  ///
  /// - Throws: `.input`, slug `layer-incomplete`.
  func refuse() throws(HabitatError) {
    throw HabitatError(.input, Self.slug, what, at: location, fix: Self.fix)
  }
}

extension VectorDataset {
  /// What answers of servers tell: of the file, or of those that a virtual one is made of.
  fileprivate func answers() throws(HabitatError) -> [AnswerExtent] {
    switch driver {
    case "GeoJSON", "ESRIJSON": return text.flatMap { AnswerExtent($0) }.map { [$0] } ?? []
    case "GML":
      var scanner = MarkupScanner()
      for path in markupPaths {
        // It is the outermost element, or next to it.
        _ = FileSystem.read(path, atMost: 1 << 16) {
          scanner.take($0)
          return false
        }
      }
      return scanner.collection.map { [AnswerExtent(tag: $0)] } ?? []
    case "OGR_VRT":
      var answers: [AnswerExtent] = []
      for file in files where file != path && file.mayBeAnswer {
        answers += try VectorDataset(reading: file).answers()
      }
      return answers
    default: return []
    }
  }
}

extension JSONValue {
  fileprivate var isTrue: Bool {
    switch self {
    case .boolean(let value): value
    case .string(let text): text.lowercased() == "true"
    default: false
    }
  }

  fileprivate var count: Int? {
    switch self {
    case .number(let number): Int(exactly: number)
    case .string(let text): Int(text)
    default: nil
    }
  }

  /// A link to the next page.
  fileprivate var leadsOn: Bool {
    guard case .object(let members) = self, case .string("next")? = members["rel"] else {
      return false
    }
    return true
  }
}

extension String {
  fileprivate var mayBeAnswer: Bool {
    [".json", ".geojson", ".gml", ".xml"].contains(where: lowercased().hasSuffix)
  }
}
