/// Why figures must not be compared with those published for the real parks.
public enum Reservation: Hashable, Sendable {
  case synthetic(landscape: String)
  /// Scored without these layers, by key.
  case layersMissing([String])

  /// The sentence without markup, for pages that have none.
  func text(in wording: Wording) -> String {
    switch self {
    case .synthetic(let landscape):
      wording.sentence("reservation.synthetic", ["landscape": landscape])
    case .layersMissing(let layers):
      wording.sentence(
        "reservation.layers_missing",
        ["layers": layers.map { wording["layer.\($0)"] }.joined(separator: wording["list.comma"])])
    }
  }

  /// A plain sentence.
  public func sentence(in wording: Wording) -> Markup {
    switch self {
    case .synthetic(let landscape):
      wording.markup("reservation.synthetic", ["landscape": Markup(name: landscape)])
    case .layersMissing(let layers):
      wording.markup(
        "reservation.layers_missing",
        ["layers": wording.list(layers.map { wording["layer.\($0)"] })])
    }
  }
}

extension Wording {
  /// Several things one after another, as the language strings them together.
  public func list(_ items: [String]) -> Markup {
    guard let last = items.last, items.count > 1 else { return "\(items.first ?? "")" }
    let first = items.dropLast().joined(separator: self["list.comma"])
    return markup("list.and", ["first": "\(first)", "last": "\(last)"])
  }
}
