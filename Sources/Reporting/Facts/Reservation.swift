/// Why figures must not be taken for those of the real parks, nor be compared with published ones where
/// there are such.
public enum Reservation: Hashable, Sendable {
  case synthetic(landscape: String, isPublished: Bool = true)
  /// Scored without these layers, by key.
  case layersMissing([String], isPublished: Bool = true)

  /// The text in the wording; of species without published figures there is nothing to compare.
  private var key: String {
    switch self {
    case .synthetic(_, let isPublished):
      "reservation.synthetic" + (isPublished ? "" : "_unpublished")
    case .layersMissing(_, let isPublished):
      "reservation.layers_missing" + (isPublished ? "" : "_unpublished")
    }
  }

  /// The sentence without markup, for pages that have none.
  func text(in wording: Wording) -> String {
    switch self {
    case .synthetic(let landscape, _):
      wording.sentence(key, ["landscape": landscape])
    case .layersMissing(let layers, _):
      wording.sentence(
        key,
        ["layers": layers.map(wording.layer).joined(separator: wording["list.comma"])])
    }
  }

  /// A plain sentence.
  public func sentence(in wording: Wording) -> Markup {
    switch self {
    case .synthetic(let landscape, _):
      wording.markup(key, ["landscape": Markup(name: landscape)])
    case .layersMissing(let layers, _):
      wording.markup(key, ["layers": wording.list(layers.map(wording.layer))])
    }
  }
}

extension Wording {
  /// Several things one after another, as the language strings them together.
  public func list(_ items: [String]) -> Markup { "\(words(items))" }

  /// The same as text.
  func words(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    let first = items.dropLast().joined(separator: self["list.comma"])
    return sentence("list.and", ["first": first, "last": last])
  }
}
