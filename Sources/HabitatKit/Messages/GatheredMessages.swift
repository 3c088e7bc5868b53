import Foundation
public import RasterCore

/// A message of the program, be it an error or a warning.
private protocol Message {
  var slug: String { get }
  var what: String { get }
  var location: String { get }
  var fix: String { get }

  /// The same of several places.
  func told(_ what: String, at location: String) -> Self
}

extension HabitatError: Message {
  fileprivate func told(_ what: String, at location: String) -> HabitatError {
    HabitatError(kind, slug, what, at: location, fix: fix)
  }
}

extension HabitatWarning: Message {
  fileprivate func told(_ what: String, at location: String) -> HabitatWarning {
    HabitatWarning(slug, what, at: location, fix: fix)
  }
}

extension Message {
  /// What stands before the path in a location, as in `landcover: a.tif`; empty where nothing does.
  private var layer: Substring {
    location.range(of: ": ").map { location[..<$0.upperBound] } ?? ""
  }

  var place: String { String(location.dropFirst(layer.count)) }

  /// What messages of the same fault have in common, whichever file they name.
  var fault: [String] {
    let (path, name) = (place, place.rasterName)
    func nameless(_ text: String) -> String {
      guard !name.isEmpty else { return text }
      return text.replacing(path, with: "\0").replacing(name, with: "\0")
    }
    return [slug, String(layer), nameless(what), nameless(fix)]
  }

  static func gathered(_ messages: [Self]) -> [Self] {
    let groups = Dictionary(grouping: messages.indices) { messages[$0].fault }
    return messages.indices.compactMap { index in
      let message = messages[index]
      guard let group = groups[message.fault], group[0] == index else { return nil }
      guard group.count > 1 else { return message }
      return message.told(
        "\(message.what) (\(group.count) times)",
        at: message.layer + group.map { messages[$0].place }.listed)
    }
  }
}

extension [HabitatError] {
  /// For people: what is wrong with many files in the same way is told once, with how many they are and the first few
  /// of them, in the place of the first.
  public var gathered: [HabitatError] { HabitatError.gathered(self) }
}

extension [HabitatWarning] {
  /// For people: what is said of many files in the same words is told once, with how many they are and the first few
  /// of them, in the place of the first.
  public var gathered: [HabitatWarning] { HabitatWarning.gathered(self) }
}
