import Documents
import RasterCore

/// The table of all candidate links in the words of Linkage Mapper (McRae and Kavanagh 2011), with what each was decided
/// by.
///
/// Lengths are in metres, costs in metres times resistance, areas in km²; six decimals, and empty where something was
/// not computed. Where lengths are in units of the map they stand in the place of metres.
package struct LinkTable {
  package let network: CorridorNetwork
  /// By what the rows are called: the species, or `corridors`.
  package var species: String
  /// Of cores, by number.
  package var names: [Int: String] = [:]
  /// Parts of the network, of cores by number.
  package var parts: [Int: Int] = [:]
  /// Whether links were chosen among the nearest.
  package var isByNearest = false
  /// Whether lengths are metres on the ground.
  package var isOnGround = true
  /// Cells of a higher resistance are hostile; `nil` where none is known to be.
  package var hostileResistance: Float?
  /// Areas of cells by row, in km².
  package var cellAreas: [Double]?
  package var currentFlow: [CorePair: Double] = [:]
  package var effectiveResistance: [CorePair: Double] = [:]
  /// What the network would lose of PC without the link, in percent.
  package var connectorLoss: [CorePair: Double] = [:]
  /// What links are judged against; `nil` where it is not known.
  package var dispersal: Dispersal?
  /// Of land categories, by the keys of `shareKeys`.
  package var shares: [CorePair: [Double]] = [:]
  package var shareKeys: [String] = []

  /// How far animals go.
  package struct Dispersal: Hashable, Sendable {
    package let maximumKilometres: Double
    /// The longest stretch of hostile land that they cross.
    package let hostileGapKilometres: Double

    package init(maximumKilometres: Double, hostileGapKilometres: Double) {
      (self.maximumKilometres, self.hostileGapKilometres) =
        (maximumKilometres, hostileGapKilometres)
    }
  }

  package init(_ network: CorridorNetwork, species: String) {
    (self.network, self.species) = (network, species)
  }

  package var columns: [String] { Self.columns + shareKeys.map { $0 + "_share" } }

  private static let columns = [
    "species", "link_id", "core1", "core2", "name1", "name2", "status", "link_type", "part1",
    "part2", "euc_dist", "cw_dist", "euc_adj", "cw_adj", "lcp_length", "cwd_to_euc",
    "cwd_to_path", "eff_resist", "cwd_to_eff_resist", "current_flow_centrality", "dpc_link",
    "decided_by", "threshold", "corridor_km2", "narrowest_m", "hostile_km", "max_resistance",
    "within_dispersal",
  ]

  /// With a line of the columns' names before the candidates.
  package var csv: String {
    let areas = cellAreas.map(network.corridorAreas)
    var text = CSVText.line(columns)
    for (index, link) in network.links.enumerated() {
      text += CSVText.line(fields(of: link, area: areas?[index]))
    }
    return text
  }

  private func fields(of link: CorridorNetwork.Link, area: Double?) -> [String] {
    let (pair, candidate, path) = (link.pair, link.candidate, link.path)
    let (resistance, hostile) = (effectiveResistance[pair], hostileKilometres(path))
    let fields: [String] = [
      species, "\(link.number)", "\(pair.first)", "\(pair.second)", names[pair.first] ?? "",
      names[pair.second] ?? "", link.verdict.status.rawValue,
      "\(link.verdict.status.linkType(byNearest: isByNearest))",
      parts[pair.first].map { "\($0)" } ?? "", parts[pair.second].map { "\($0)" } ?? "",
      Self.text(candidate.distance), Self.text(path?.cost),
      candidate.isAdjacentByDistance ? "1" : "0", candidate.isAdjacentByCost ? "1" : "0",
      Self.text(path?.length), Self.text(Self.ratio(path?.cost, candidate.distance)),
      Self.text(path?.costPerLength), Self.text(resistance),
      Self.text(Self.ratio(path?.cost, resistance)), Self.text(currentFlow[pair]),
      Self.text(connectorLoss[pair]),
    ]
    return fields + [
      link.verdict.reason.text(onGround: isOnGround),
      Self.text(link.corridor.flatMap { $0.slack < .infinity ? $0.slack : nil }),
      Self.text(area), Self.text(narrowest(link)), Self.text(hostile),
      Self.text(path.map { Double($0.greatestResistance(on: network.surface)) }),
      judgement(path, hostile: hostile),
    ] + shareKeys.indices.map { Self.text(shares[pair]?[$0]) }
  }

  private func narrowest(_ link: CorridorNetwork.Link) -> Double? {
    guard let path = link.path, let corridor = link.corridor else { return nil }
    let ends = network.cores.filter { $0.id == link.pair.first || $0.id == link.pair.second }
    return corridor.narrowestPlace(
      along: path, cores: ends, columns: network.surface.columns, steps: network.surface.steps
    )?.width
  }

  private func hostileKilometres(_ path: LeastCostPath?) -> Double? {
    guard let path, let hostileResistance else { return nil }
    let isHostile = path.cells.map { (network.surface[$0] ?? .infinity) > hostileResistance }
    return path.longestRun(isHostile) / 1000
  }

  private func judgement(_ path: LeastCostPath?, hostile: Double?) -> String {
    guard let path, let dispersal, isOnGround else { return "" }
    let isLong = path.length / 1000 > dispersal.maximumKilometres
    let isHostile = hostile ?? 0 > dispersal.hostileGapKilometres
    switch (isLong, isHostile) {
    case (false, false): return "yes"
    case (true, false): return "long"
    case (false, true): return "hostile"
    case (true, true): return "long+hostile"
    }
  }

  private static func ratio(_ one: Double?, _ other: Double?) -> Double? {
    guard let one, let other, other > 0 else { return nil }
    return one / other
  }

  private static func text(_ value: Double?) -> String { value?.formatted(decimals: 6) ?? "" }
}

extension LinkVerdict.Reason {
  /// As the column `decided_by` has it: `41.2 km > 40 km`.
  package func text(onGround: Bool) -> String {
    switch self {
    case .distance(let distance, let limit):
      let (scale, unit) = onGround ? (1000.0, " km") : (1, "")
      return Self.comparison(distance / scale, above: limit / scale, unit: unit)
    case .cost(let cost, let limit): return Self.comparison(cost, above: limit, unit: "")
    case .rank(let rank, let limit): return "rank \(rank) \(rank > limit ? ">" : "<=") \(limit)"
    case .coresCrossed(let cores):
      let numbers = cores.map { "\($0)" }.joined(separator: " ")
      return "through \(cores.count == 1 ? "core" : "cores") \(numbers)"
    case .sharedBorder(let length):
      return onGround
        ? "\((length / 1000).formatted(decimals: 3)) km shared"
        : "\(length.formatted(decimals: 3)) shared"
    case .zonesApart: return "zones do not touch"
    case .noWay: return "no way from core to core"
    case .notListed: return "not in the list"
    case .none: return ""
    }
  }

  /// With as many decimals as it takes to see that the one number is greater.
  private static func comparison(_ value: Double, above limit: Double, unit: String) -> String {
    var text = value.formatted(decimals: 1)
    for decimals in 2...9 where Double(text).map({ $0 > limit }) != true {
      text = value.formatted(decimals: decimals)
    }
    let whole = limit.formatted(decimals: 0)
    let bound = Double(whole) == limit ? whole : "\(limit)"
    return "\(text)\(unit) > \(bound)\(unit)"
  }
}
