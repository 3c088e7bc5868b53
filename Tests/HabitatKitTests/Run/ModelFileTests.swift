import Documents
import Foundation
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Model files")
struct ModelFileTests {
  private static let commented =
    "// a comment with ü and 虎\r\n"
    + LandCoverModel.text(scores: [82, 100, 50, 40, 32, 0, 30, 10, 0, 0])

  @Test("a run keeps the very bytes of its models, and they run again to the same cells")
  func keeps() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.models = [try folder.write(Self.commented, to: "cover.json")]
      options.species = "cover,leopard"
      try options.run()
      #expect(try folder.contents(of: "out/cover_model.json") == Data(Self.commented.utf8))
      let leopard = try folder.contents(of: "out/leopard_model.json")
      #expect(leopard == Data(try Catalogue.modelText(named: "leopard").utf8))
      let manifest = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      // Once among the models, once among the outputs, and a file of one's own among the inputs.
      for (bytes, count) in [(Data(Self.commented.utf8), 3), (leopard, 2)] {
        #expect(manifest.components(separatedBy: SHA256.hexDigest(of: bytes)).count == count + 1)
      }

      options.models = ["cover", "leopard"].map { folder.path("out/\($0)_model.json") }
      options.output = folder.path("again")
      try options.run()
      // The record names the files of models, which are others.
      #expect(
        SameBytesTests.differing(try folder.files(in: "out"), try folder.files(in: "again"))
          == ["manifest.json"])
    }
  }

  @Test("what a documentation leaves open is told, none is told plainly")
  func lint() throws {
    try TemporaryFolder.with { folder in
      func note(_ text: String) throws -> String {
        let lines = try Catalogue.lintModel(file: folder.write(text, to: "model.json"))
          .split(separator: "\n")
        return String(lines.last ?? "")
      }
      let bare = LandCoverModel.text(scores: [Double](repeating: 50, count: 10))
      #expect(try note(bare).hasPrefix("documentation: none"))
      let documented = bare.replacing(
        "resistance: {}", with: "documentation: { habitatUse: \"woods\" }")
      let gaps = try note(documented)
      #expect(gaps.hasPrefix("documentation: lacks applicability.area, applicability.season"))
      #expect(!gaps.contains("habitatUse"))
      #expect(try note(Catalogue.modelText(named: "tiger")) == "documentation: complete")
    }
  }
}
