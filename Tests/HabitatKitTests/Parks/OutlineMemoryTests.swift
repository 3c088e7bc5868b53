import Foundation
import GeoIO
import Machine
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("What outlines take of the memory") struct OutlineMemoryTests {
  private func star(_ count: Int) -> PolygonShape {
    PolygonShape(rings: [
      (0..<count).map { index in
        let angle = 2 * Double.pi * Double(index) / Double(count)
        return Point(x: 130.78 + 0.02 * cos(angle), y: 43.3 + 0.02 * sin(angle))
      }
    ])
  }

  /// The least that a refusal names, in bytes.
  private func least(_ error: HabitatError?, unit: Int = 1 << 20) throws -> Int {
    try #require(error?.fix.firstMatch(of: /(\d+)/).flatMap { Int($0.1) }) * unit
  }

  @Test("outlines too large for the budget are refused before they are read, the same least named")
  func refusal() throws {
    try TemporaryFolder.with { folder in
      var landscape = try TestLandscape(in: folder)
      landscape.parks = [NamedPolygon("1", "Fine", star(600_000))]
      var options = try landscape.options()
      var named: Set<Int> = []
      for memory in [60, 100, 130] {
        options.memory = memory
        let error = #expect(throws: HabitatError.self) { try options.run() }
        #expect(error?.slug == "memory-too-small" && error?.kind == .cannotWrite)
        #expect(error?.what.contains(/600,00\d vertices/) == true)
        named.insert(try least(error))
      }
      // 16 bytes for each point are the least anyone could need.
      #expect(named.count == 1 && named.first! > (90 << 20) + 600_000 * 16)
      #expect(!folder.has("out"))
    }
  }

  @Test(
    "the least for outlines hangs on no limit; with it they are taken, with a tenth less not",
    arguments: [MemoryLimits.Limit.Kind.addresses, .data, .controlGroup])
  func limits(kind: MemoryLimits.Limit.Kind) throws {
    var size = OutlineSize()
    (size.vertices, size.largest, size.rings) = (6_000_000, 5_000_000, 10)
    let memory = OutlineMemory(size: size)
    let taken = kind == .controlGroup ? 0 : 280 << 20
    let unit = kind == .controlGroup ? 1 << 20 : 1 << 10
    func refusal(_ bytes: Int) throws -> HabitatError? {
      let limits = MemoryLimits(
        asked: 8000, limits: [MemoryLimits.Limit(kind: kind, bytes: bytes, taken: taken)])
      do throws(HabitatError) {
        try memory.refuse(beyond: limits)
        return nil
      } catch {
        return error
      }
    }
    let named = try [290, 330, 400, 500].map { try least(try refusal($0 << 20), unit: unit) }
    #expect(Set(named).count == 1)
    #expect(try refusal(named[0]) == nil)
    #expect(try refusal(named[0] / 10 * 9)?.slug == "memory-too-small")
  }

  @Test("where memory is short fewer threads measure outlines at a time")
  func threads() {
    var size = OutlineSize()
    (size.vertices, size.largest) = (1_000_000, 1_000_000)
    let memory = OutlineMemory(size: size)
    let counts = (100..<1500).map { megabytes in
      memory.threads(8, within: MemoryLimits(asked: megabytes, limits: []))
    }
    #expect(counts.first == 1 && counts.last == 8)
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 <= $1 })
  }
}
