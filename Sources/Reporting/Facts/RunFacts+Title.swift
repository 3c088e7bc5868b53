import RasterCore

extension RunFacts {
  /// What a run is about where nobody says so: the landscape by its name; inputs that options put together
  /// by the names of the parks, the first few of them, or as the whole raster.
  ///
  /// - Parameters:
  ///   - landscape: `nil` where no landscape file names it.
  ///   - parks: names in the order of the tables.
  public static func title(
    landscape: String?, parks: [String], in wording: Wording
  ) -> String {
    if let landscape { return landscape }
    guard !parks.isEmpty else { return wording["table.whole"] }
    var names: [String] = []
    var length = 0
    for park in parks.prefix(mostNames) {
      // A number names nothing by itself.
      let name =
        park.contains(where: \.isLetter) ? park : wording.sentence("title.park", ["park": park])
      length += name.count
      guard names.isEmpty || length <= longestNames else { break }
      names.append(name.shortened(to: longestNames))
    }
    guard names.count < parks.count else { return wording.words(names) }
    return wording.sentence(
      "title.more",
      [
        "parks": names.joined(separator: wording["list.comma"]),
        "count": wording.number(Double(parks.count - names.count), decimals: 0),
      ])
  }

  private static let mostNames = 3
  private static let longestNames = 120

  /// The same of the run that these are facts of.
  public func usualTitle(parks: [String], in wording: Wording) -> String {
    Self.title(landscape: isNamed ? landscape : nil, parks: parks, in: wording)
  }
}
