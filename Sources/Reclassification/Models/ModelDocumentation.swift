import Documents
public import RasterCore

/// What a model file says of the model beside its numbers.
public struct ModelDocumentation: Hashable, Sendable {
  /// Paragraphs by topic; a topic without text is absent.
  public let texts: [DocumentationTopic: [String]]

  public init(texts: [DocumentationTopic: [String]] = [:]) { self.texts = texts }

  /// The topics that a reader would look for in vain, in their order.
  public var missingTopics: [DocumentationTopic] {
    DocumentationTopic.allCases.filter { $0.isExpected && texts[$0] == nil }
  }
}

extension ModelDocumentation {
  /// Reads an object of topics, each a text or a list of texts; those of applicability and ODMAP are
  /// objects within it. An `applicability` that is a text or a list counts as its remarks.
  init(_ node: DocumentNode<HabitatError>) throws(HabitatError) {
    let members = try node.members(known: Self.groups(of: DocumentationTopic.allCases.map(\.path)))
    var texts: [DocumentationTopic: [String]] = [:]
    for (name, member) in members {
      if let topic = DocumentationTopic(rawValue: name) {
        texts[topic] = try member.paragraphs()
      } else if case .object = member.value {
        let topics = DocumentationTopic.allCases.filter { $0.path.hasPrefix(name + ".") }
        let known = topics.map { String($0.path.dropFirst(name.count + 1)) }
        let parts = try member.members(known: known)
        for (topic, key) in zip(topics, known) { texts[topic] = try parts[key]?.paragraphs() }
      } else if name == "applicability" {
        texts[.applicabilityRemarks] = try member.paragraphs()
      } else {
        throw member.failure(
          "\(member.path) is not an object in braces { }", fix: "write an object in braces { }")
      }
    }
    self.init(texts: texts.filter { !$0.value.isEmpty })
  }

  /// The first parts of the paths, each once.
  private static func groups(of paths: [String]) -> [String] {
    paths.reduce(into: []) { groups, path in
      let group = String(path.prefix { $0 != "." })
      if groups.last != group { groups.append(group) }
    }
  }
}

extension DocumentNode<HabitatError> {
  /// A text, or a list of texts; blank ones say nothing and are left out.
  fileprivate func paragraphs() throws(HabitatError) -> [String] {
    var paragraphs: [String] = []
    if case .string(let text) = value {
      paragraphs = [text]
    } else {
      for element in try elements() { paragraphs.append(try element.string()) }
    }
    return paragraphs.filter { !$0.allSatisfy(\.isWhitespace) }
  }
}
