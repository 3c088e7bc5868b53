import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("Extracts of OpenStreetMap, whole or not") struct OSMCompletenessTests {
  typealias Change = @Sendable (inout OSMExtract) -> Void

  /// The parks of an extract, or the error that refuses them.
  private func parks(
    _ data: Data, named name: String, where condition: String? = nil
  ) throws -> Result<[String], HabitatError> {
    try TemporaryFolder.with { folder in
      let path = folder.path(name)
      try data.write(to: URL(fileURLWithPath: path))
      do {
        let layer = try PolygonLayer(reading: path, .init(condition: condition))
        return .success(layer.features.map(\.name).sorted())
      } catch let error as HabitatError {
        return .failure(error)
      }
    }
  }

  private func error(_ text: String, where condition: String? = nil) throws -> HabitatError? {
    switch try parks(Data(text.utf8), named: "a.osm", where: condition) {
    case .success: nil
    case .failure(let error): error
    }
  }

  private func concerns(of text: String, _ theme: FeatureTheme) throws -> [HabitatWarning] {
    try TemporaryFolder.with { folder in
      let path = try folder.write(text, to: "a.osm")
      return try FeatureReader(reading: path, .init(theme)).concerns()
    }
  }

  // MARK: What lacks nothing

  @Test("an extract that holds all its parks are made of is read without a word")
  func staysSilent() throws {
    let whole = OSMExtract.whole
    #expect(
      try parks(Data(whole.xml.utf8), named: "a.osm").get() == ["Hole", "Square"])
    #expect(try parks(whole.pbf, named: "a.osm.pbf").get() == ["Hole", "Square"])
    for theme in [FeatureTheme.roads, .settlements] {
      #expect(try concerns(of: whole.xml, theme).isEmpty)
    }
  }

  @Test("what is lacking of objects that are not chosen is nobody's concern")
  func sparesOthers() throws {
    var extract = OSMExtract.whole
    extract.nodes.removeAll { $0.id == 32 }
    extract.ways[5].nodes.append(88)
    extract.relations.append(
      .init(id: 200, members: [("way", 77, "outer")], tags: ["type": "boundary", "name": "x"]))
    extract.ways.append(.init(id: 50, nodes: [1, 2, 99], tags: ["leisure": "nature_reserve"]))
    #expect(try parks(Data(extract.xml.utf8), named: "a.osm").get() == ["Hole", "Square"])
    #expect(try parks(extract.pbf, named: "a.osm.pbf").get() == ["Hole", "Square"])
  }

  // MARK: What lacks something

  private static let incomplete: [(change: Change, says: String)] = [
    ({ $0.nodes.removeAll { $0.id == 3 } }, "way 10 (Square): 1 node is absent"),
    ({ $0.nodes.removeAll { $0.id == 12 } }, "relation 100 (Hole): 1 node is absent"),
    ({ $0.nodes.removeAll { 22...23 ~= $0.id } }, "relation 100 (Hole): 2 nodes are absent"),
    ({ $0.ways.removeAll { $0.id == 21 } }, "relation 100 (Hole): 1 way is absent"),
    (
      { $0.relations[0].members[1] = ("relation", 7, "outer") },
      "relation 100 (Hole): 1 ring is a relation, which is not read, 2 ends of ways are not joined"
    ),
    (
      { $0.relations[0].members.removeAll { $0.type == "way" } },
      "relation 100 (Hole): it has no way"
    ),
  ]

  @Test(
    "a park that lacks a node, a way or a ring is refused, by name", arguments: incomplete.indices)
  func refuses(index: Int) throws {
    let (change, says) = Self.incomplete[index]
    var extract = OSMExtract.whole
    change(&extract)
    for (data, name) in [(Data(extract.xml.utf8), "a.osm"), (extract.pbf, "a.osm.pbf")] {
      guard case .failure(let error) = try parks(data, named: name) else {
        Issue.record("\(name) is accepted: \(says)")
        continue
      }
      #expect(error.slug == "osm-incomplete")
      #expect(error.what == "1 park is not whole in the extract: \(says)")
      // The park can be left out.
      let others = try parks(data, named: name, where: "leisure = 'none'").get()
      #expect(others.isEmpty)
    }
  }

  @Test("the command that mends it stands in the message")
  func namesCommands() throws {
    var extract = OSMExtract.whole
    extract.nodes.removeAll { $0.id == 3 }
    let node = try error(extract.xml)
    #expect(node?.fix.contains("osmium extract --strategy complete_ways") == true)
    #expect(node?.fix.contains("osmium getid -r LARGER.osm.pbf w10") == true)
    extract.ways.removeAll { $0.id == 21 }
    let way = try error(extract.xml)
    #expect(way?.fix.contains("--strategy smart -S types=multipolygon,boundary") == true)
    #expect(way?.fix.contains("r100 w10") == true)
  }

  @Test("roads that lack points are counted and named")
  func countsRoads() throws {
    var extract = OSMExtract.whole
    extract.ways[5].nodes.append(88)
    let warnings = try concerns(of: extract.xml, .roads)
    #expect(warnings.map(\.slug) == ["osm-incomplete"])
    #expect(
      warnings.first?.what
        == "1 road is not whole in the extract: way 40 (Road): 1 node is absent")
  }

  @Test("what is marked as deleted does not count as a park")
  func refusesDeleted() throws {
    for state in ["action='delete'", "visible=\"false\""] {
      var extract = OSMExtract.whole
      extract.ways[0].state = state
      let error = try error(extract.xml)
      #expect(error?.slug == "osm-incomplete")
      #expect(error?.what.hasSuffix("way 10 (Square): it is marked as deleted") == true)
    }
    let whole = OSMExtract.whole
    let change = "<osmChange><create>\(whole.nodesXML)</create><delete>\(whole.waysXML)</delete>"
    #expect(try error(change + "</osmChange>")?.slug == "osm-incomplete")
  }

  @Test("tags of an old kind, on the outer way of a relation without its own, choose it")
  func followsOuterWays() throws {
    var extract = OSMExtract.whole
    extract.ways.append(.init(id: 60, nodes: OSMExtract.ring(31), tags: OSMExtract.reserve("Old")))
    extract.relations.append(
      .init(
        id: 300, members: [("way", 60, "outer"), ("way", 61, "inner")],
        tags: ["type": "multipolygon"]))
    let error = try error(extract.xml)
    #expect(error?.what.hasSuffix("relation 300: 1 way is absent") == true)
  }

  // MARK: Order

  @Test("a relation before its ways, as Overpass writes it, is refused with osmium sort")
  func refusesOrder() throws {
    let whole = OSMExtract.whole
    let error = try error(
      OSMExtract.document(whole.relationsXML + whole.nodesXML + whole.waysXML))
    #expect(error?.slug == "osm-unsorted")
    #expect(error?.fix.contains("osmium sort") == true)
    #expect(error?.what.contains("relation 100 (Hole)") == true)
    // Where GDAL looks nodes up in time, the order is none of ours.
    var ways = whole
    ways.relations = []
    #expect(try self.error(OSMExtract.document(ways.waysXML + ways.nodesXML)) == nil)
  }

  @Test("numbers out of order, twice or below zero, at which GDAL stops, are told in plain words")
  func refusesNumbers() throws {
    var (swapped, twice, negative) = (OSMExtract.whole, OSMExtract.whole, OSMExtract.whole)
    swapped.nodes.swapAt(0, 1)
    twice.ways.insert(twice.ways[0], at: 0)
    negative.nodes[0].id = -5
    for (extract, says) in [
      (swapped, "node 1 comes after node 2"), (twice, "way 10 stands there twice"),
      (negative, "node -5 has a number below zero"),
    ] {
      let error = try error(extract.xml)
      #expect(error?.slug == "osm-unsorted")
      #expect(error?.what.contains(says) == true)
    }
  }

  // MARK: Damage

  private static let damages: [(of: String, to: String)] = [
    ("lat=\"43.06\"", "lat=\"43.x6\""), ("lat=\"43.06\"", "lat=\"430.6\""),
    ("lon=\"131.06\"", "lon=\"\""), ("<nd ref=\"2\"/>", "<nf ref=\"2\"/>"),
    ("<nd ref=\"2\"/>", "<nd ref=\"2q\"/>"),
    ("<node id=\"2\"", "<nofe id=\"2\""), ("<way id=\"10\" >", "<wax id=\"10\" >"),
    ("k=\"leisure\"", "K=\"leisure\""), ("type=\"way\" ref=\"20\"", "type=\"wav\" ref=\"20\""),
    ("</osm>", ""), ("</relation>\n</osm>\n", "</relat"),
  ]

  @Test("damage that GDAL passes over is refused", arguments: damages.indices)
  func refusesDamage(index: Int) throws {
    let (whole, damage) = (OSMExtract.whole.xml, Self.damages[index])
    #expect(whole.contains(damage.of))
    let error = try error(whole.replacing(damage.of, with: damage.to, maxReplacements: 1))
    #expect(error?.slug == "unreadable-features")
    #expect(error?.fix.contains("fetch the file again") == true)
  }

  @Test("a PBF that ends within a block is refused")
  func refusesShortPBF() throws {
    let whole = OSMExtract.whole.pbf
    for length in [whole.count - 3, whole.count / 2] {
      guard case .failure(let error) = try parks(whole.prefix(length), named: "a.osm.pbf") else {
        Issue.record("a PBF of \(length) of \(whole.count) bytes is accepted")
        continue
      }
      #expect(["unreadable-features", "osm-incomplete"].contains(error.slug))
    }
  }
}
