import Foundation
import Networks
import TestSupport

/// Eight patches, one of them isolated, with every index worked out by another program
/// (`corridor-vectors/network.json`).
struct NetworkVector: Decodable {
  struct Parts: Decodable { let dPC, intra, flux, connector: Double }

  let area: [Double]
  let links: [[Double]]
  let d50: Double
  let landscape: Double
  let k: Double
  let eca: Double
  let pcNumerator: Double
  let iicNumerator: Double
  let pc: Double
  let iic: Double
  let dPCNodes: [Parts]
  let dPCLinks: [Double]
  let currentFlowNodes: [Double]
  let currentFlowLinks: [Double]
  let betweenness: [Double]

  private enum CodingKeys: String, CodingKey {
    case area, links, d50, landscape, k, betweenness
    case eca = "ECA"
    case pcNumerator = "PC_numerator"
    case iicNumerator = "IIC_numerator"
    case pc = "PC"
    case iic = "IIC"
    case dPCNodes = "dPC_nodes"
    case dPCLinks = "dPC_links"
    case currentFlowNodes = "current_flow_nodes"
    case currentFlowLinks = "current_flow_links"
  }

  static func read() throws -> NetworkVector {
    let path = SharedData.path("corridor-vectors/network.json")
    return try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  var network: LinkNetwork {
    LinkNetwork(
      nodeCount: area.count,
      links: links.map { LinkNetwork.Link(Int($0[0]), Int($0[1]), length: $0[2]) })
  }
}

/// Whether two numbers agree to so many parts of the larger, or differ by less than `absolute`.
func agree(_ a: Double, _ b: Double, _ relative: Double = 1e-9, absolute: Double = 1e-9) -> Bool {
  abs(a - b) <= max(absolute, relative * max(abs(a), abs(b)))
}

func agree(
  _ a: [Double], _ b: [Double], _ relative: Double = 1e-9, absolute: Double = 1e-9
) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { agree($0, $1, relative, absolute: absolute) }
}

/// A connected network with as many further links, and lengths between 1 and 101.
func seededNetwork(_ seed: UInt64, nodes: Int, further: Int) -> LinkNetwork {
  var generator = SeededGenerator(seed: seed)
  func length() -> Double { Double.random(in: 1...101, using: &generator) }
  var links = (1..<nodes).map {
    LinkNetwork.Link(Int.random(in: 0..<$0, using: &generator), $0, length: length())
  }
  for _ in 0..<further {
    let first = Int.random(in: 1..<nodes, using: &generator)
    links.append(.init(first, Int.random(in: 0..<first, using: &generator), length: length()))
  }
  return LinkNetwork(nodeCount: nodes, links: links)
}
