import Reporting

/// What it means that a species is scored without some of its layers, in words for people.
struct MissingLayers {
  /// Keys of the layers.
  let layers: [String]
  /// The name of the model.
  let species: String

  var names: String { layers.joined(separator: " and ") }

  /// What scores are: the other layers weigh more, whatever they say of a place.
  var effect: String { "lower or higher than with \(layers.count == 1 ? "it" : "them")" }

  /// What figures are not; `nil` of a species of which nothing was published.
  var comparison: String? {
    PublishedTable.title(forSpecies: species).map { "not comparable with \($0)" }
  }

  /// Both.
  var consequence: String { effect + (comparison.map { ", and \($0)" } ?? "") }
}
