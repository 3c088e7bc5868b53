package import Documents
import RasterCore

/// The text of a record, line by line, so that one of its outputs can change and all else stay as it is,
/// byte for byte.
package struct RecordText {
  private var lines: [String]

  private static let digestKey = "  \"digest\": "
  private static let outputsStart = "  \"outputs\": ["
  private static let outputsEnd = "  ],"
  /// Lines of an output's entry: braces, path, bytes and digest.
  private static let entryLines = 5

  /// `nil` for a text that no run wrote.
  package init?(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.last == "", lines.filter({ $0.hasPrefix(Self.digestKey) }).count == 1,
      let start = lines.firstIndex(of: Self.outputsStart),
      let end = lines[start...].firstIndex(of: Self.outputsEnd),
      (end - start - 1).isMultiple(of: Self.entryLines)
    else { return nil }
  }

  package var text: String { lines.joined(separator: "\n") }

  /// The digest the record states is that of all the rest.
  package var digestFits: Bool { lines.contains(digestLine) }

  /// Enters a file among the outputs, in the order of names, in the place of one of the same name, and
  /// renews the digest.
  package mutating func enter(_ output: InputFile.Record) {
    let entry = Self.entry(output)
    changeOutputs { entries in
      entries.removeAll { $0[1] == entry[1] }
      let position =
        entries.firstIndex { entry[1].utf8.lexicographicallyPrecedes($0[1].utf8) }
        ?? entries.count
      entries.insert(entry, at: position)
    }
  }

  /// Takes a file off the outputs and renews the digest.
  ///
  /// - Returns: whether it was among them.
  package mutating func remove(_ output: String) -> Bool {
    let path = Self.entry(
      InputFile.Record(
        file: InputFile(layer: InputFile.outputLayer, path: output), bytes: 0, sha256: ""))[1]
    var isListed = false
    changeOutputs { entries in
      isListed = entries.contains { $0[1] == path }
      entries.removeAll { $0[1] == path }
    }
    return isListed
  }

  /// The digest that the record has without some of its outputs.
  package func digest(without outputs: [String]) -> String {
    var other = self
    for output in outputs {
      let entry = Self.entry(
        InputFile.Record(
          file: InputFile(layer: InputFile.outputLayer, path: output), bytes: 0, sha256: ""))
      other.changeOutputs { entries in entries.removeAll { $0[1] == entry[1] } }
    }
    return other.digest
  }

  /// Passes the entries, each as its lines, to `change`.
  private mutating func changeOutputs(_ change: (inout [[String]]) -> Void) {
    guard let start = lines.firstIndex(of: Self.outputsStart),
      let end = lines[start...].firstIndex(of: Self.outputsEnd)
    else { preconditionFailure("the text of a record has a list of outputs") }
    var entries = stride(from: start + 1, to: end, by: Self.entryLines).map { first in
      var entry = Array(lines[first..<min(first + Self.entryLines, end)])
      entry[entry.count - 1] = "    }"
      return entry
    }
    change(&entries)
    for index in entries.indices.dropLast() { entries[index][Self.entryLines - 1] += "," }
    lines.replaceSubrange(start + 1..<end, with: entries.joined())
    let digest = digestLine
    for index in lines.indices where lines[index].hasPrefix(Self.digestKey) {
      lines[index] = digest
    }
  }

  /// A file of the results, as the record names it.
  package static func outputEntry(_ record: InputFile.Record) -> JSONValue {
    .object([
      .init("path", .string(record.file.path)), .init("bytes", .number(Double(record.bytes))),
      .init("sha256", .string(record.sha256)),
    ])
  }

  private static func entry(_ output: InputFile.Record) -> [String] {
    JSONValue.array([outputEntry(output)]).text.split(separator: "\n").dropFirst()
      .dropLast().map { "  " + $0 }
  }

  private var digest: String {
    let rest = lines.filter { !$0.hasPrefix(Self.digestKey) }.dropLast().joined(separator: "\n")
    return SHA256.hexDigest(of: rest.utf8)
  }

  private var digestLine: String { "\(Self.digestKey)\"\(digest)\"," }
}
