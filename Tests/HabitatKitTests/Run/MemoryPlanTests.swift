import Foundation
import GeoIO
import Machine
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Keeping within --memory") struct MemoryPlanTests {
  @Test("less memory than the least is refused before anything is made, and the least named works")
  func refusal() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.memory = 16
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.slug == "memory-too-small")
      #expect(error?.kind == .cannotWrite)
      #expect(!folder.has("out"))
      let least = try #require(error?.fix.firstMatch(of: /--memory (\d+)/).flatMap { Int($0.1) })
      options.memory = least - 1
      #expect(throws: HabitatError.self) { try options.run() }
      options.memory = least
      try options.run()
      #expect(folder.has("out/leopard_class.tif"))
    }
  }

  @Test("a plan stays below its budget and gives up threads last")
  func plans() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder, columns: 60, rows: 3_000).options()
      options.layers = "class,score,resistance,limiting"
      options.species = "all"
      var before: MemoryPlan?
      for memory in [150, 200, 300, 600, 2_000] {
        options.threads = 4
        options.memory = memory
        let plan = try ScoreRun(options.request()).plan
        #expect(plan.totalBytes <= memory << 20)
        #expect(plan.threads >= before?.threads ?? 1)
        #expect(plan.blockBytes > 0)
        before = plan
      }
      #expect(before?.threads == 4)
    }
  }

  /// Plans a run of a small landscape under limits from outside.
  private func plan(under limits: [MemoryLimits.Limit]) throws -> MemoryPlan {
    try TemporaryFolder.with { folder in
      let request = try TestLandscape(in: folder, columns: 60, rows: 3_000).options().request()
      let inputs = try ScoreRun(request).inputs
      return try MemoryPlan(
        for: inputs, layers: request.layers, threads: 4,
        limits: MemoryLimits(asked: 512, limits: limits))
    }
  }

  @Test("a control group's limit counts like the user's own word, and the smaller one holds")
  func controlGroup() throws {
    let limited = try plan(under: [.init(kind: .controlGroup, bytes: 100 << 20, taken: 0)])
    #expect(limited.totalBytes <= 100 << 20)
    #expect(limited.isShort)
    let unlimited = try plan(under: [.init(kind: .controlGroup, bytes: 8 << 30, taken: 0)])
    #expect(unlimited == (try plan(under: [])))
  }

  @Test(
    "a limit from outside that is too small is refused, and the least named for it works",
    arguments: [
      (kind: MemoryLimits.Limit.Kind.addresses, words: "ulimit -v", unit: 1 << 10),
      (kind: .data, words: "ulimit -d", unit: 1 << 10),
      (kind: .controlGroup, words: "give it", unit: 1 << 20),
    ])
  func outside(kind: MemoryLimits.Limit.Kind, words: String, unit: Int) throws {
    let taken = kind == .controlGroup ? 0 : 200 << 20
    let limit = MemoryLimits.Limit(kind: kind, bytes: taken + (20 << 20), taken: taken)
    let error = #expect(throws: HabitatError.self) { try plan(under: [limit]) }
    #expect(error?.slug == "memory-too-small")
    #expect(error?.kind == .cannotWrite)
    let fix = try #require(error?.fix)
    #expect(fix.contains(words))
    let least = try #require(fix.firstMatch(of: /(\d+)/).flatMap { Int($0.1) }) * unit
    let enough = MemoryLimits.Limit(kind: kind, bytes: least, taken: taken)
    #expect(try plan(under: [enough]).isShort)
  }

  @Test("every thread has room for the blocks under its tile, however large blocks are")
  func blocksOfAllThreads() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      _ = try landscape.options()
      var grid = landscape.grid
      grid = Grid(crs: grid.crs, geotransform: grid.geotransform, columns: 8192, rows: 8192)
      // Without cells the file is small.
      try RasterWriter(
        creating: folder.path("large.tif"), grid: grid, typeName: "Byte", nodata: 0,
        options: ["TILED=YES", "BLOCKXSIZE=2048", "BLOCKYSIZE=2048", "SPARSE_OK=TRUE"]
      ).close()
      let request = try landscape.options(reading: ["large.tif"]).request()
      let inputs = try ScoreRun(request).inputs
      var seen: Set<Int> = []
      for megabytes in 80..<600 {
        let limits = MemoryLimits(asked: megabytes, limits: [])
        guard
          let plan = try? MemoryPlan(
            for: inputs, layers: request.layers, threads: 4, limits: limits)
        else { continue }
        seen.insert(plan.threads)
        // A tile of 512 cells with a rim lies over four blocks of 2048 × 2048 bytes at the most.
        #expect(plan.blockBytes >= plan.threads * 4 * 2048 * 2048, "\(megabytes) MB")
        #expect(plan.totalBytes <= megabytes << 20)
      }
      #expect(seen == [1, 2, 3, 4])
    }
  }
}
