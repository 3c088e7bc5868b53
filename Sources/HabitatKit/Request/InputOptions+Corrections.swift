import Documents
import Foundation
import GeoIO
import RasterCore
import RasterLoader

extension InputOptions {
  /// Rasters that can be corrected, as they are called on the command line.
  public static let rasterLayers =
    ["landcover", "dem"] + RefinementLayer.allCases.map(\.rawValue)
  /// Vector files that can be corrected.
  public static let vectorLayers = ["parks", "roads", "settlements"]

  /// Takes the user's word for what files do not say, or say wrongly.
  ///
  /// - Throws: `.usage`: `unknown-layer`, `bad-crs`, `unknown-encoding`; `bad-option` for a value that does
  ///   not fit, for a layer that is not among the inputs, for one that is corrected twice, and for the band or
  ///   nodata of outlines.
  func correct(_ landscape: inout Landscape) throws(HabitatError) {
    for (layer, value) in try Self.pairs(
      assumedCRS, "--assume-crs", Self.rasterLayers + Self.vectorLayers, landscape)
    {
      let crs = try CoordinateReferenceSystem(userInput: value)
      switch layer {
      case "parks": landscape.parks?.crs = crs
      case "roads": landscape.roads?.crs = crs
      case "settlements": landscape.settlements?.crs = crs
      default: landscape.correct(layer) { $0.crs = crs }
      }
    }
    for (layer, value) in try Self.pairs(
      encodings, "--encoding", Self.vectorLayers, landscape)
    {
      let encoding = try TextEncoding(named: value)
      switch layer {
      case "parks": landscape.parks?.selection.encoding = encoding
      case "roads": landscape.roads?.selection.encoding = encoding
      default: landscape.settlements?.selection.encoding = encoding
      }
    }
    for (layer, value) in try Self.pairs(
      nodata, "--nodata", Self.rasterLayers, landscape, isOfRaster: true)
    {
      guard value.lowercased() == "none" || Double(value) != nil else {
        throw Self.misfit(
          "--nodata \(layer)=\(value)", "\(value) is no number",
          "write \(layer)=255 or \(layer)=none")
      }
      let nodata = Double(value).map { RasterTile.Corrections.Nodata.value($0) } ?? .none
      landscape.correct(layer) { $0.nodata = nodata }
    }
    for (layer, value) in try Self.pairs(
      bands, "--band", Self.rasterLayers, landscape, isOfRaster: true)
    {
      guard let band = Int(value), band > 0 else {
        throw Self.misfit(
          "--band \(layer)=\(value)", "\(value) is no band", "bands are counted from 1")
      }
      landscape.correct(layer) { $0.band = band }
    }
  }

  /// The words of a repeated option, each of a layer that is there and can heed it, and none twice.
  static func pairs(
    _ texts: [String], _ option: String, _ layers: [String], _ landscape: Landscape,
    isOfRaster: Bool = false
  ) throws(HabitatError) -> [(layer: String, value: String)] {
    var pairs: [(layer: String, value: String)] = []
    for text in texts {
      let pair = try pair(text, option, layers)
      guard !pairs.contains(where: { $0.layer == pair.layer }) else {
        throw misfit("\(option) \(text)", "\(pair.layer) is given twice", "give it once")
      }
      guard landscape.has(pair.layer) else {
        throw misfit(
          "\(option) \(text)",
          "there is no \(pair.layer) among the inputs that this could be said of",
          "give the layer too, or leave the option out")
      }
      guard !isOfRaster || !landscape.isOutlines(pair.layer) else {
        throw misfit(
          "\(option) \(text)", "\(pair.layer) is given as outlines, which have neither",
          "leave the option out, or give a raster")
      }
      pairs.append(pair)
    }
    return pairs
  }

  private static func pair(
    _ text: String, _ option: String, _ layers: [String]
  ) throws(HabitatError) -> (layer: String, value: String) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw misfit(
        "\(option) \(text)", "not LAYER=VALUE", "write for example \(option) landcover=…")
    }
    guard layers.contains(parts[0]) else {
      let nearest = parts[0].nearest(in: layers).map { "did you mean \($0)? " } ?? ""
      throw HabitatError(
        .usage, "unknown-layer", "there is no layer \"\(parts[0])\"", at: "\(option) \(text)",
        fix: nearest + "layers: \(layers.joined(separator: ", "))")
    }
    return (parts[0], parts[1])
  }
}

extension Landscape {
  /// Whether a layer, called as on the command line, is among the inputs.
  fileprivate func has(_ layer: String) -> Bool {
    switch layer {
    case "landcover": landCover != nil
    case "dem": elevation != nil
    case "parks": parks != nil
    case "roads": roads != nil
    case "settlements": settlements != nil
    default: RefinementLayer(rawValue: layer).flatMap { refinement.raster(of: $0) } != nil
    }
  }

  /// Whether a layer that may be a raster is given as outlines.
  fileprivate func isOutlines(_ layer: String) -> Bool {
    layer == RefinementLayer.water.rawValue && refinement.waterOutlines != nil
  }

  /// Changes what is said of a raster layer, called as on the command line.
  fileprivate mutating func correct(
    _ layer: String, _ change: (inout RasterTile.Corrections) -> Void
  ) {
    func apply(_ raster: inout RasterLayer?) {
      if var corrected = raster {
        change(&corrected.corrections)
        raster = corrected
      }
    }
    switch layer {
    case "landcover": apply(&landCover)
    case "dem": apply(&elevation)
    case RefinementLayer.forestType.rawValue: apply(&refinement.forestType)
    case RefinementLayer.rice.rawValue: apply(&refinement.rice)
    default: apply(&refinement.water)
    }
  }
}
