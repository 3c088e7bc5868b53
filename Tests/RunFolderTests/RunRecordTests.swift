import Foundation
import RasterCore
import TestSupport
import Testing

@testable import RunFolder

@Suite("The record of a run")
struct RunRecordTests {
  @Test("outputs that would lead out of the folder are refused")
  func foreignOutputs() throws {
    try TemporaryFolder.with { folder in
      for name in ["../x", "a/b/c", "/x", "a/../x", ".hidden", "", "a/", "twice"] {
        let entry = "{ path: \"\(name)\", bytes: 1, sha256: \"\" }"
        let outputs = name == "twice" ? "\(entry), \(entry)" : entry
        try folder.write("{ outputs: [\(outputs)] }", to: "out/manifest.json")
        let record = try RunRecord(readingFrom: folder.path("out"))
        let error = #expect(throws: HabitatError.self) { try record.outputs() }
        #expect(error?.slug == "bad-manifest")
      }
      // The system would take it for another.
      #expect(!"x\0.txt".isOutputName && "x.txt".isOutputName)
    }
  }

  @Test("the text of a record whose outputs are no entries is none of a run's")
  func outputEntries() {
    func text(_ outputs: String) -> String {
      "{\n  \"digest\": \"\",\n  \"outputs\": [\n\(outputs)  ],\n  \"x\": 1\n}\n"
    }
    let entry =
      "    {\n      \"path\": \"a\",\n      \"bytes\": 1,\n      \"sha256\": \"\"\n    }\n"
    #expect(RecordText(text("")) != nil && RecordText(text(entry)) != nil)
    #expect(RecordText(text("    2\n")) == nil)
    #expect(RecordText(text(entry).replacing("  ],", with: "  ]")) == nil)
  }
}
