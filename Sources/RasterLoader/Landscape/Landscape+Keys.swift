extension Landscape {
  /// The keys that each object of a landscape file may hold, by the object's own key, that of the file itself
  /// being empty; the reference page *Landscapes* explains each.
  public static let keys: [String: [String]] = [
    "": [
      "name", "synthetic", "landCover", "elevation", "parks", "roads", "settlements", "refine",
      "sources",
    ],
    "landCover": rasterKeys + ["legend", "epoch"],
    "elevation": rasterKeys,
    "parks": vectorKeys + ["id", "name"],
    "roads": vectorKeys,
    "settlements": vectorKeys,
    "refine": ["forestType", "rice", "water", "defaultForest", "ricePossible"],
    "sources": ["layer", "title", "attribution", "licence", "url", "date"],
  ]

  private static let rasterKeys = ["tiles", "crs", "nodata", "band"]
  private static let vectorKeys = ["path", "layer", "where", "crs", "encoding"]

  /// - Parameter object: a key of `keys`.
  static func keys(of object: String) -> [String] {
    guard let keys = keys[object] else { preconditionFailure("there is no object \(object)") }
    return keys
  }
}
