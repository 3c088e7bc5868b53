import Foundation
import Networks
import TestSupport
import Testing

@Suite("Habitat availability: PC, IIC, ECA and their losses") struct HabitatAvailabilityTests {
  @Test("an independent program's indices", .enabled(if: SharedData.isPresent))
  func vector() throws {
    let vector = try NetworkVector.read()
    let kernel = try #require(DispersalKernel(probability: 0.5, at: vector.d50))
    guard case .exponential(let rate) = kernel else { return }
    #expect(agree(rate, vector.k, absolute: 1e-15))
    let availability = try #require(
      HabitatAvailability(
        network: vector.network, areas: vector.area, landscapeArea: vector.landscape))
    let pc = availability.indices([kernel])[0]
    #expect(agree(pc.numerator, vector.pcNumerator))
    #expect(try agree(#require(pc.value), vector.pc, absolute: 0))
    #expect(agree(pc.equivalentConnectedArea, vector.eca))
    let iic = availability.integralIndex()
    #expect(agree(iic.numerator, vector.iicNumerator))
    #expect(try agree(#require(iic.value), vector.iic, absolute: 0))

    let importance = try #require(availability.importance([kernel])[0])
    for (found, expected) in zip(importance.patches, vector.dPCNodes) {
      #expect(agree(found.total, expected.dPC))
      #expect(agree(found.intra, expected.intra))
      #expect(agree(found.flux, expected.flux))
      #expect(agree(found.connector, expected.connector))
    }
    #expect(agree(importance.links, vector.dPCLinks))
  }

  /// PC of the network that is left, made anew: the definition of a loss.
  @Test(arguments: [UInt64](1...20)) func aLossIsTheIndexOfWhatIsLeft(seed: UInt64) throws {
    let network = seededNetwork(seed, nodes: 12, further: 8)
    var generator = SeededGenerator(seed: seed ^ 0xA5)
    let areas = (0..<12).map { _ in Double.random(in: 0...50, using: &generator) }
    let kernels = [DispersalKernel.exponential(rate: 0.02), .exponential(rate: 0.2)]
    func numerators(_ links: [LinkNetwork.Link], _ areas: [Double]) throws -> [Double] {
      let left = LinkNetwork(nodeCount: 12, links: links)
      return try #require(HabitatAvailability(network: left, areas: areas)).indices(kernels)
        .map(\.numerator)
    }
    let whole = try numerators(network.links, areas)
    let availability = try #require(HabitatAvailability(network: network, areas: areas))
    let importance = availability.importance(kernels)
    for lost in 0..<12 {
      var rest = areas
      rest[lost] = 0
      let left = try numerators(
        network.links.filter { $0.first != lost && $0.second != lost }, rest)
      for kernel in kernels.indices {
        let found = try #require(importance[kernel]).patches[lost]
        #expect(agree(found.total, 100 * (whole[kernel] - left[kernel]) / whole[kernel]))
        #expect(found.connector >= 0)
      }
    }
    for lost in network.links.indices {
      var links = network.links
      links.remove(at: lost)
      let left = try numerators(links, areas)
      for kernel in kernels.indices {
        let found = try #require(importance[kernel]).links[lost]
        #expect(agree(found, 100 * (whole[kernel] - left[kernel]) / whole[kernel]))
      }
    }
  }

  @Test("two patches, by hand") func twoPatches() throws {
    let network = LinkNetwork(nodeCount: 2, links: [.init(0, 1, length: 10)])
    let availability = try #require(
      HabitatAvailability(network: network, areas: [3, 4], landscapeArea: 10))
    let kernel = try #require(DispersalKernel(probability: 0.25, at: 10))
    let pc = availability.indices([kernel])[0]
    // 9 + 16 + 2 · 12 · 0.25 = 31.
    #expect(agree(pc.numerator, 31))
    #expect(try agree(#require(pc.value), 0.31))
    // 25 + 2 · 12 / 2.
    #expect(agree(availability.integralIndex().numerator, 37))
    let importance = try #require(availability.importance([kernel])[0])
    #expect(agree(importance.patches[0].total, 100 * 15 / 31))
    #expect(importance.patches[0].connector == 0)
    #expect(agree(importance.links[0], 100 * 6 / 31))
  }

  @Test("patches that touch are reached for certain") func touching() throws {
    let network = LinkNetwork(
      nodeCount: 3, links: [.init(0, 1, length: 0), .init(1, 2, length: 0)])
    let availability = try #require(
      HabitatAvailability(network: network, areas: [1, 2, 3], landscapeArea: 6))
    let kernel = DispersalKernel.exponential(rate: 1)
    #expect(availability.indices([kernel])[0].value == 1)
    let importance = try #require(availability.importance([kernel])[0])
    #expect(agree(importance.patches[1].connector, 100 * 6 / 36))
  }

  @Test("probabilities too small for a number leave the patches' own areas") func underflow() throws
  {
    let network = LinkNetwork(nodeCount: 2, links: [.init(0, 1, length: 1e9)])
    let availability = try #require(HabitatAvailability(network: network, areas: [3, 4]))
    let kernel = DispersalKernel.exponential(rate: 1)
    let pc = availability.indices([kernel])[0]
    #expect(pc.numerator == 25)
    #expect(pc.value == nil)
    let importance = try #require(availability.importance([kernel])[0])
    #expect(importance.links == [0])
    #expect(importance.patches.map(\.total) == [36, 64])
  }

  @Test("an isolated patch has its own area alone; one patch and none are no fault")
  func isolated() throws {
    let alone = try #require(
      HabitatAvailability(
        network: LinkNetwork(nodeCount: 1, links: []), areas: [5], landscapeArea: 5))
    #expect(alone.integralIndex().value == 1)
    #expect(alone.importance([.exponential(rate: 1)])[0]?.patches.map(\.total) == [100])
    let none = try #require(
      HabitatAvailability(network: LinkNetwork(nodeCount: 0, links: []), areas: []))
    #expect(none.integralIndex().numerator == 0)
    #expect(none.importance([.numberOfLinks]) == [nil])
    let empty = try #require(
      HabitatAvailability(network: LinkNetwork(nodeCount: 2, links: []), areas: [0, 0]))
    #expect(empty.importance([.exponential(rate: 1)]) == [nil])
  }

  @Test("what means nothing is refused") func refusals() {
    let network = LinkNetwork(nodeCount: 2, links: [])
    #expect(HabitatAvailability(network: network, areas: [1, -1]) == nil)
    #expect(HabitatAvailability(network: network, areas: [1, .nan]) == nil)
    #expect(HabitatAvailability(network: network, areas: [6, 6], landscapeArea: 10) == nil)
    #expect(HabitatAvailability(network: network, areas: [6, 4], landscapeArea: 10) != nil)
    #expect(DispersalKernel(probability: 1, at: 10) == nil)
    #expect(DispersalKernel(probability: 0, at: 10) == nil)
    #expect(DispersalKernel(probability: 0.5, at: 0) == nil)
  }
}
