import CGDAL
import RasterCore

/// A field of text that may hold the names of features where no field is called so.
public struct NameCandidate: Hashable, Sendable {
  public let name: String
  /// What it holds for the first feature that has anything in it, on one line and cut short; empty where none has.
  public let example: String
}

/// The fields of a layer that may hold names, those that tell the most features apart first.
struct NameCandidates {
  private struct Field {
    let number: Int32
    let name: String
    var values: Set<String> = []
    var example = ""
  }

  private var fields: [Field]
  private var count = 0

  /// By then it is clear which field tells features apart.
  private static let mostFeatures = 1000
  private static let longestExample = 40

  /// - Parameter texts: the fields of text; empty where features have names.
  init(_ texts: [(number: Int32, name: String)]) {
    fields = texts.map { Field(number: $0.number, name: $0.name) }
  }

  mutating func take(_ feature: OGRFeatureH) {
    guard !fields.isEmpty, count < Self.mostFeatures else { return }
    count += 1
    for index in fields.indices {
      let text = unsafe String(cString: OGR_F_GetFieldAsString(feature, fields[index].number))
        .oneLine
      guard !text.isEmpty else { continue }
      fields[index].values.insert(text)
      if fields[index].example.isEmpty {
        fields[index].example = text.shortened(to: Self.longestExample)
      }
    }
  }

  /// Of fields that tell as many features apart those that say so in their own names come first, such as `NAME_EN`
  /// before codes; else they stay in the file's order.
  var ranked: [NameCandidate] {
    func rank(_ field: EnumeratedSequence<[Field]>.Element) -> (Int, Int, Int) {
      let saysSo = !field.element.values.isEmpty && field.element.name.lowercased().contains("name")
      return (-field.element.values.count, saysSo ? 0 : 1, field.offset)
    }
    return fields.enumerated()
      .sorted { rank($0) < rank($1) }
      .map { NameCandidate(name: $0.element.name, example: $0.element.example) }
  }
}
