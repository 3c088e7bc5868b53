import Foundation
import GeoIO
import RasterCore

/// The model of the peers' scripts, written as a species model of this program: shares multiplied, classes
/// by the same bounds.
enum PeerModel {
  static func path(in landscape: BenchLandscape) -> String {
    landscape.folder + "/peers-model.json"
  }

  /// - Parameter folder: of the scripts, which holds `leopard.json`.
  /// - Throws: `.input`, `.cannotWrite`.
  static func write(from folder: String, for landscape: BenchLandscape) throws(HabitatError) {
    let source = folder + "/leopard.json"
    let theirs = try document(source)
    guard let scores = theirs["scores"] as? [String: Double],
      let elevation = theirs["elevation_m"] as? [[Double]],
      let slope = theirs["slope_deg"] as? [[Double]],
      let bounds = theirs["thresholds"] as? [Double], bounds.count == 3
    else {
      throw HabitatError(
        .input, "bench-failed", "the peers' model lacks scores, curves or thresholds", at: source,
        fix: "give the folder that holds their scripts and leopard.json")
    }
    let categories = LandCategory.allCases.map {
      "\($0.key): \(scores[String($0.rawValue)] ?? 0)"
    }
    // Their factors are shares of 1, scores of this program of 100.
    func curve(_ points: [[Double]]) -> String {
      points.map { "[\($0[0]), \($0[1] * 100)]" }.joined(separator: ", ")
    }
    let text = """
      { species: "leopard", title: "The peers' leopard", version: "1",
        combine: { rule: "product", cap: null },
        layers: {
          landCover: { weight: 1, scores: { \(categories.joined(separator: ", ")) } },
          elevation: { weight: 1, unit: "m", curve: [\(curve(elevation))] },
          slope: { weight: 1, unit: "deg", curve: [\(curve(slope))] } },
        classes: { minimum: \(bounds[0]), medium: \(bounds[1]), maximum: \(bounds[2]) },
        resistance: {} }
      """
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path(in: landscape)))
    } catch {
      throw HabitatError(
        .cannotWrite, "write-failed",
        "the model cannot be written: \(error.localizedDescription)", at: path(in: landscape),
        fix: "choose another --keep")
    }
  }

  private static func document(_ path: String) throws(HabitatError) -> [String: Any] {
    let bytes = try FileSystem.contents(of: path)
    guard let document = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    else {
      throw HabitatError(
        .input, "bad-json", "the peers' model is no JSON object", at: path,
        fix: "give the folder that holds their scripts and leopard.json")
    }
    return document
  }
}
