import Documents
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

  @Test("the digest of a part is that of its ranges, one after another")
  func part() throws {
    try TemporaryFolder.with { folder in
      let file = InputFile(layer: "dem", path: try folder.write("abcdefgh", to: "a"))
      let part = InputFile.Part(ranges: [1..<4, 5..<6])
      let record = try file.record(of: part)
      #expect(record.sha256 == SHA256.hexDigest(of: Array("bcdf".utf8)) && record.bytes == 8)
      #expect(record.part == part && part.byteCount == 4)
      #expect(try file.record().part == nil)
      let error = #expect(throws: HabitatError.self) {
        try file.record(of: InputFile.Part(ranges: [6..<9]))
      }
      #expect(error?.kind == .input)
    }
  }

  @Test("a record of a part is read as it was written, and one that makes no sense is refused")
  func ranges() throws {
    try TemporaryFolder.with { folder in
      func record(_ ranges: String) throws -> InputFile.Record? {
        let entry = "{ path: \"x\", bytes: 9, sha256: \"\", etag: \"e\", ranges: \(ranges) }"
        try folder.write("{ outputs: [\(entry)] }", to: "out/manifest.json")
        return try RunRecord(readingFrom: folder.path("out")).outputs().first
      }
      let part = try record("[[0, 3], [5, 1]]")?.part
      #expect(part == InputFile.Part(ranges: [0..<3, 5..<6], etag: "e"))
      for ranges in ["[[0]]", "[[-1, 2]]", "[[0, 0]]", "[[0.5, 1]]", "[3]", "7"] {
        let error = #expect(throws: HabitatError.self, "\(ranges)") { try record(ranges) }
        #expect(error?.slug == "bad-manifest")
      }
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
