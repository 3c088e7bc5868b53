import Foundation
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
}
