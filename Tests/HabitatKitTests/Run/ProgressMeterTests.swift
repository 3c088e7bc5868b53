import RasterCore
import Synchronization
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Progress of a run") struct ProgressMeterTests {
  @Test("shares grow, and the whole is told once, at the end")
  func grows() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder, columns: 20, rows: 1_600).options()
      options.inputs.settlements = "derive"
      options.inputs.allowGaps = true
      let told = Mutex<[RunProgress]>([])
      _ = try ScoreRun(options.request()).run(
        ScoreRun.Observer(progress: { progress in told.withLock { $0.append(progress) } }))
      let all = told.withLock { $0 }
      #expect(all.map(\.share) == all.map(\.share).sorted())
      #expect(all.filter { $0.share == 1 }.count == 1)
      #expect(all.last?.share == 1)
      #expect(all.last?.cells == 20 * 1_600)
      #expect(Set(all.map(\.stage)).isSuperset(of: [.settlements, .scoring, .finishing]))
    }
  }

  @Test("a run that is withdrawn before its files are in place leaves nothing and stops")
  func withdrawal() throws {
    try TemporaryFolder.with { folder in
      let run = try ScoreRun(TestLandscape(in: folder).options().request())
      let error = #expect(throws: HabitatError.self) {
        try run.run(ScoreRun.Observer(progress: { if $0.stage == .scoring { _ = run.withdraw() } }))
      }
      #expect(error != nil)
      #expect(!folder.has("out/manifest.json"))
      #expect(!folder.has("out/leopard_class.tif"))
    }
  }

  @Test("a finished run can no longer be withdrawn")
  func tooLate() throws {
    try TemporaryFolder.with { folder in
      let run = try ScoreRun(TestLandscape(in: folder).options().request())
      _ = try run.run()
      #expect(!run.withdraw())
      #expect(folder.has("out/manifest.json"))
    }
  }
}
