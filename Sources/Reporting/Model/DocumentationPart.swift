import RasterCore

/// What the model file says of the model, under the headings of published HSI models.
///
/// The texts stay in the language of the model file, marked as English; gaps are shown as gaps.
struct DocumentationPart {
  let sheet: ModelSheet
  let wording: Wording

  private static let applicability: [DocumentationTopic] = [
    .area, .season, .coverTypes, .minimumArea, .verificationLevel, .applicabilityRemarks,
  ]

  var markup: Markup {
    """
    <h3>\(wording["hsi.title"])</h3>
    <p>\(wording["hsi.text"])</p>
    \(gaps)\(section(.habitatUse))\(applicability)\(section(.modelDescription))\
    \(section(.relationships))\(section(.application))\(section(.otherModels))\
    \(section(.references))\(section(.limitations))
    """
  }

  /// What is missing, told at once and not only where a reader would look for it.
  private var gaps: Markup {
    let missing = sheet.missingTopics
    if missing.isEmpty { return "" }
    if sheet.texts.isEmpty {
      return "<p class=\"gap\" role=\"note\">\(wording["hsi.none"])</p>\n"
    }
    let names = wording.enumeration(missing.map { wording["topic.\($0.path)"] })
    return "<p class=\"gap\" role=\"note\">\(wording.sentence("hsi.gaps", ["topics": names]))</p>\n"
  }

  private func section(_ topic: DocumentationTopic) -> Markup {
    """
    <h4>\(wording["topic.\(topic.path)"])</h4>
    \(topic == .references ? references : paragraphs(topic))
    """
  }

  private var applicability: Markup {
    let items: [Markup] = Self.applicability.filter { $0.isExpected || sheet.texts[$0] != nil }.map
    {
      "<dt>\(wording["topic.\($0.path)"])</dt><dd>\(paragraphs($0))</dd>\n"
    }
    return """
      <h4>\(wording["hsi.applicability"])</h4>
      <dl>
      \(items)</dl>

      """
  }

  private func paragraphs(_ topic: DocumentationTopic) -> Markup {
    guard let texts = sheet.texts[topic] else {
      return "<p class=\"gap\">\(wording["hsi.gap"])</p>\n"
    }
    let paragraphs: [Markup] = texts.map { "<p lang=\"en\">\($0)</p>\n" }
    return paragraphs.joined()
  }

  private var references: Markup {
    guard let texts = sheet.texts[.references] else { return paragraphs(.references) }
    let items: [Markup] = texts.map { "<li>\($0)</li>\n" }
    return "<ul class=\"references\" lang=\"en\">\n\(items)</ul>\n"
  }
}
