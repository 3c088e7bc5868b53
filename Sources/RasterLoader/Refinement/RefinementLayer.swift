import GeoIO
import RasterCore

/// A raster that settles what codes of the land cover leave open.
///
/// Source: the order and the codes of the crosswalks' rules: forest type of CGLS-LC100 (1, 3 needle leaf; 2, 4
/// broad leaf; 5 mixed; 0 leaves the category), then rice, then water bodies.
package enum RefinementLayer: String, CaseIterable, Sendable {
  case forestType = "forest-type"
  case rice
  case water

  /// Marks a cell where a rice mask says that there is no rice.
  static let noRice = LandState(.cultivated)

  /// What a code of the layer makes of a cell; nodata leaves it as it is.
  func state(of code: Int) -> LandState {
    switch (self, code) {
    case (.forestType, 1), (.forestType, 3): LandState(.forestConifer)
    case (.forestType, 2), (.forestType, 4): LandState(.forestBroadleaf)
    case (.forestType, 5): LandState(.forestMixed)
    case (.rice, 1): LandState(.rice)
    case (.rice, 0): Self.noRice
    case (.water, 1): LandState(.water)
    // 255 is the product's word for no value; in a mask it is as often one for yes.
    case (.forestType, 0), (.forestType, 255), (.water, 0): .nodata
    default: .unknown
    }
  }

  /// The codes it may hold, for messages.
  var codesText: String {
    self == .forestType
      ? "0…5 and 255, as the forest type of CGLS-LC100"
      : "0 and 1, and beside them a declared nodata value; where no other is declared, --nodata "
        + "\(rawValue)=255 says that 255 is none"
  }

  /// The state of a cell of the land cover once the layer has been asked.
  ///
  /// - Parameters: raw values of `LandState`; `found` is that of the layer's code.
  @inline(__always) func refined(_ state: UInt8, by found: UInt8) -> UInt8 {
    guard 1...10 ~= state & 15, 1...10 ~= found & 15 else { return state }
    switch self {
    case .forestType:
      guard state & LandState.leafTypeByDefault != 0 else { return state }
      return state & ~(15 | LandState.leafTypeByDefault) | found
    case .rice where found == Self.noRice.rawValue:
      let settled = state & ~LandState.riceByDefault
      return settled & 15 == LandCategory.rice.rawValue ? settled & ~15 | found : settled
    case .rice:
      guard state & LandState.riceByDefault != 0 else { return state }
      return state & ~(15 | LandState.riceByDefault) | found
    case .water: return LandCategory.water.rawValue
    }
  }
}

extension Landscape.Refinement {
  /// The rasters that are given, in the order in which they are applied.
  package var layers: [(layer: RefinementLayer, raster: Landscape.RasterLayer)] {
    RefinementLayer.allCases.compactMap { layer in
      layer == .water && waterOutlines != nil ? nil : raster(of: layer).map { (layer, $0) }
    }
  }

  package func raster(of layer: RefinementLayer) -> Landscape.RasterLayer? {
    switch layer {
    case .forestType: forestType
    case .rice: rice
    case .water: water
    }
  }

  /// The layer of water where it is a file of outlines and no mask.
  package var waterOutlines: Landscape.VectorLayer? {
    guard let water, water.paths.count == 1, RasterFormat.isVectorOnly(water.paths[0]) else {
      return nil
    }
    return Landscape.VectorLayer(path: water.paths[0], crs: water.corrections.crs)
  }
}
