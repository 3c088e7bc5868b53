import RasterCore

/// What a reader must know before using a model, under the headings of published HSI models.
///
/// Source: contents list of U.S. Fish and Wildlife Service HSI models; USFWS (1981), *Ecological
/// Services Manual* 103.
public struct ModelDocumentation: Hashable, Sendable {
  public enum Heading: String, CaseIterable, Sendable {
    case habitatUse, applicability, modelDescription, relationships, application, otherModels
    case references, limitations

    /// The heading as printed.
    public var title: String {
      switch self {
      case .habitatUse: "Habitat use information"
      case .applicability: "Applicability"
      case .modelDescription: "Model description"
      case .relationships: "Model relationships"
      case .application: "Application of the model"
      case .otherModels: "Sources of other models"
      case .references: "References"
      case .limitations: "Limitations"
      }
    }
  }

  /// Paragraphs by heading; a heading without text is absent.
  public let sections: [Heading: [String]]

  public init(sections: [Heading: [String]] = [:]) { self.sections = sections }
}

extension ModelDocumentation {
  /// Reads an object of headings, each a text or a list of texts.
  init(_ node: DocumentNode) throws(HabitatError) {
    let members = try node.members(known: Heading.allCases.map(\.rawValue))
    var sections: [Heading: [String]] = [:]
    for heading in Heading.allCases {
      guard let member = members[heading.rawValue] else { continue }
      if case .string(let text) = member.value {
        sections[heading] = [text]
      } else {
        var paragraphs: [String] = []
        for element in try member.elements() { paragraphs.append(try element.string()) }
        sections[heading] = paragraphs
      }
    }
    self.init(sections: sections)
  }
}
