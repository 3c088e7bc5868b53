import RasterCore
import RasterLoader

extension InputOptions {
  /// Layers whose sources can be stated, as they are called on the command line.
  public static let sourceLayers = rasterLayers + vectorLayers

  /// Characters of the words on a source or its licence.
  static let longestSource = 1000

  /// Takes the user's word for who made the data, and under which licence they may be used.
  ///
  /// A source stands in the place of those of the landscape file for the layer, whose licence holds on: the data
  /// are the same.
  ///
  /// - Throws: `.usage`: `unknown-layer`; `bad-option` for a layer that is not among the inputs or comes twice,
  ///   and for words that say nothing, do not end, or would steer a terminal.
  func credit(_ landscape: inout Landscape) throws(HabitatError) {
    for (layer, text) in try Self.pairs(sources, "--source", Self.sourceLayers, landscape) {
      let title = try Self.words(text, of: "--source \(layer)=")
      let key = DataSource.key(ofLayer: layer)
      let others = landscape.sources.filter { $0.layer == key }
      var licences: [String] = []
      for licence in others.map(\.licence) where !licence.isEmpty {
        if !licences.contains(licence) { licences.append(licence) }
      }
      landscape.sources.removeAll { $0.layer == key }
      landscape.sources.append(
        DataSource(
          layer: key, title: title, licence: licences.joined(separator: "; "),
          url: others.count == 1 ? others[0].url : "",
          date: others.count == 1 ? others[0].date : ""))
      landscape.statedSources[layer] = title
    }
    for (layer, text) in try Self.pairs(licences, "--licence", Self.sourceLayers, landscape) {
      let licence = try Self.words(text, of: "--licence \(layer)=")
      let key = DataSource.key(ofLayer: layer)
      if !landscape.sources.contains(where: { $0.layer == key }) {
        landscape.sources.append(DataSource(layer: key))
      }
      for index in landscape.sources.indices where landscape.sources[index].layer == key {
        landscape.sources[index].licence = licence
      }
      landscape.statedLicences[layer] = licence
    }
  }

  /// The words on one line.
  private static func words(_ text: String, of option: String) throws(HabitatError) -> String {
    let blanks = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let words = text.oneLine
    guard words == blanks else {
      throw misfit(
        option + text.shortened(to: 60), "control characters are among the words",
        "write the words by hand: letters, digits and signs")
    }
    guard words.contains(where: { $0.isLetter || $0.isNumber }) else {
      throw misfit(
        option + words, "this says nothing", "write a few words, or leave the option out")
    }
    guard words.count <= longestSource else {
      throw misfit(
        option + words.shortened(to: 60), "the words have \(words.count) characters",
        "write at most \(longestSource); give the address of a longer text")
    }
    return words
  }
}
