import CostDistance
import GeoIO
import RasterCore
import TestSupport
import Testing

/// The demonstration data of Linkage Mapper from its files: what an independent program found under the same settings.
@Suite("Linkage Mapper's demonstration", .enabled(if: SharedData.isPresent))
struct LinkageMapperDemoTests {
  private struct Demonstration {
    let landscape: Landscape
    let outlines: [Int: PolygonShape]

    init() throws {
      let folder = SharedData.path("linkage-mapper-demo")
      let dataset = try RasterDataset(reading: folder + "/lm_resistances.tif")
      let (columns, rows) = (dataset.columns, dataset.rows)
      var values = [Float](repeating: 0, count: columns * rows)
      try dataset.read(
        Window(column: 0, row: 0, columns: columns, rows: rows), band: 1, into: &values)
      let stated = dataset.geotransform
      let geotransform = try #require(stated)
      let layer = try PolygonLayer(
        reading: folder + "/lm_cores.shp", PolygonLayer.Selection(idField: "core_id"))
      var outlines: [Int: PolygonShape] = [:]
      for feature in layer.features { outlines[try #require(Int(feature.id))] = feature.shape }
      self.outlines = outlines
      // Nodata is a negative number, and so is impassable.
      landscape = Landscape(
        columns: columns, values: values,
        steps: StepLengths(
          cellWidth: geotransform.columnStepX, cellHeight: -geotransform.rowStepY, rows: rows),
        cores: outlines.sorted { $0.key < $1.key }.map { id, shape in
          Core(
            id: id, outline: shape.mapped { geotransform.index(of: $0) }, columns: columns,
            rows: rows)
        })
    }
  }

  @Test("cores, distances, costs, paths, statuses and the cells of the corridors are the same")
  func fromItsFiles() throws {
    let demonstration = try Demonstration()
    let (landscape, outlines) = (demonstration.landscape, demonstration.outlines)
    let vectors = try CorridorVectors("linkage_mapper_demo_links")
    #expect(
      landscape.cores.map(\.cellCount) == vectors.list("cores").map { Int($0.number("cells")) })

    var costs = CostSurface(landscape.surface)
    let byCost = Set(costs.allocate(to: landscape.cores).adjacentPairs)
    let byDistance = Set(
      ZoneMap.nearest(of: landscape.cores, columns: landscape.columns, steps: landscape.steps)
        .adjacentPairs)
    let links = landscape.links(nil)
    let expected = vectors.list("links")
    #expect(links.count == 15 && expected.count == 15)
    let candidates = links.map { link in
      let pair = link.pair
      return LinkCandidate(
        pair: pair, distance: outlines[pair.first]!.planeDistance(to: outlines[pair.second]!),
        isAdjacentByDistance: byDistance.contains(pair), isAdjacentByCost: byCost.contains(pair),
        sharedBorder: landscape.core(pair.first).sharedBorder(
          with: landscape.core(pair.second), steps: landscape.steps))
    }
    for (index, answer) in expected.enumerated() {
      let (candidate, path) = (candidates[index], try #require(links[index].path))
      #expect(abs(candidate.distance - answer.number("euc_dist")) <= 0.01)
      #expect(candidate.isAdjacentByDistance == answer.flag("euc_adj"))
      #expect(candidate.isAdjacentByCost == answer.flag("cw_adj"))
      #expect(agree(path.cost, answer.number("cw_dist"), within: 1e-9))
      #expect(agree(path.length, answer.number("lcp_length"), within: 1e-9))
      #expect(path.cells.count == Int(answer.number("lcp_cells")))
      let crossed = path.coresCrossed(landscape.cores, other: candidate.pair)
      #expect(crossed == answer.numbers("lcp_through").map { Int($0) })
    }

    var rules = LinkRules()
    (rules.mostDistance, rules.mostCost, rules.nearest) = (40_000, 100_000, 4)
    let paths = Dictionary(uniqueKeysWithValues: links.map { ($0.pair, $0.path!) })
    let verdicts = rules.verdicts(candidates) { candidate in
      let path = paths[candidate.pair]!
      return .path(
        cost: path.cost, coresCrossed: path.coresCrossed(landscape.cores, other: candidate.pair))
    }
    #expect(verdicts.map(\.status.rawValue) == expected.map { $0.text("status") })
    let active = zip(candidates, verdicts).filter { $0.1.status.isKept }.map(\.0.pair)
    #expect(active.count == 8)

    var composite = CorridorComposite(columns: landscape.columns, rows: landscape.rows)
    var search = LinkSearch(landscape.surface)
    for group in LinkSearch.groups(active) {
      let found = search.links(
        from: landscape.core(group.first), to: group.seconds.map(landscape.core),
        threshold: .cost(200_000))
      for link in found {
        composite.add(try #require(link.corridor), link: active.firstIndex(of: link.pair)!)
      }
    }
    let counts = vectors.inside("corridor").inside("cells_at_most")
    for limit in [0.5, 1000, 10_000, 50_000, 200_000] {
      let count = (0..<landscape.rows).reduce(0) { sum, row in
        sum + composite.values(ofRow: row).count { Double($0) <= limit }
      }
      #expect(count == Int(counts.number(limit == 0.5 ? "0.5" : "\(Int(limit))")))
    }
    #expect(Int(counts.number("200000")) == 108_209)
  }
}
