extension Wording {
  /// Names one after another within a sentence: headings lose their capitals, abbreviations keep them.
  func enumeration(_ names: [String]) -> String {
    names.map(Self.withinSentence).joined(separator: self["list.semicolon"])
  }

  private static func withinSentence(_ name: String) -> String {
    let second = name.dropFirst().first
    return second?.isUppercase == true ? name : name.prefix(1).lowercased() + name.dropFirst()
  }
}

extension String {
  /// As a sentence begins.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
