import Foundation
import RasterCore

extension RunFacts {
  /// What a run is about where nobody says so: the landscape by its name; inputs that options put together
  /// by the file of the parks or, without parks, of the land cover.
  ///
  /// - Parameter isNamed: a landscape file gives the name.
  public static func title(
    landscape: String, isNamed: Bool, parks: String?, landCover: [String]
  ) -> String {
    guard !isNamed else { return landscape }
    return (parks ?? landCover.first).flatMap(name(ofPath:)) ?? landscape
  }

  /// The same of the run that a record is of.
  static func usualTitle(from parameters: Required) throws(HabitatError) -> String {
    let parks = try parameters["parks"]
    return title(
      landscape: try parameters["landscape"].string(),
      isNamed: try parameters["landscape_file"].value != .null,
      parks: parks.value == .null ? nil : try Required(parks)["path"].string(),
      landCover: try Required(parameters["landcover"])["tiles"].strings())
  }

  /// The last part of a path that is a name and no pattern, without its ending, words apart; `nil` where
  /// there is none, and for the connections of databases, which hold what no title should.
  private static func name(ofPath path: String) -> String? {
    guard !path.contains("=") else { return nil }
    let parts = path.split(separator: "/").filter { part in
      !part.contains { "*?[]".contains($0) } && part != "." && part != ".."
    }
    guard let last = parts.last else { return nil }
    let stem = last.prefix(upTo: last.dropFirst().firstIndex(of: ".") ?? last.endIndex)
    let words = stem.split { $0 == "_" || $0.isWhitespace }.joined(separator: " ")
    return words.isEmpty ? nil : words
  }
}
