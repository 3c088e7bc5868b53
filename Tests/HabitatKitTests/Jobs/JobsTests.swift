import RasterCore
import RunFolder
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Jobs by their records") struct JobsTests {
  @Test("a record is of the job that it names") func known() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.layers = "class,score"
      try options.run()
      let record = try RunRecord(readingFrom: options.output)
      let job = try #require(try Jobs.job(recordedIn: record) as? ScoreRequest)
      #expect(job.layers == [.suitabilityClass, .score])
      #expect(RunParameters.json(of: job) == RunParameters.json(of: try options.request()))
    }
  }

  @Test("a job of a later version is named, not guessed at") func unknown() throws {
    try TemporaryFolder.with { folder in
      try folder.write("{ \"command\": \"dream\" }", to: "run/manifest.json")
      let record = try RunRecord(readingFrom: folder.path("run"))
      let error = #expect(throws: HabitatError.self) { try Jobs.job(recordedIn: record) }
      #expect(error?.slug == "bad-manifest" && error?.what.contains("\"dream\"") == true)
    }
  }
}
