public import RasterCore

/// What holds a score down; the raw value is the code in rasters, 0 being nodata.
public enum LimitingFactor: UInt8, CaseIterable, Hashable, Sendable {
  case landCover = 1
  case elevation, slope, roads, settlements
  case nothing = 6
  case water = 7

  /// The layer; `nil` where nothing limits.
  public var layer: Layer? { Layer(rawValue: rawValue) }

  /// The name for people.
  public var name: String { layer?.name ?? "Nothing limits" }
}

/// Why a cell has no score.
public enum NodataReason: UInt8, CaseIterable, Hashable, Sendable {
  case landCover = 0
  /// Elevation or slope is missing.
  case terrain = 5
  /// Another layer is missing.
  case distance = 6
}

/// A number for each layer, by its place. No vector: to set one lane of it costs more than a logarithm.
typealias LayerNumbers = InlineArray<8, Double>

/// What a model says of one cell.
public struct Suitability: Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    case suitability(SuitabilityClass)
    case nodata(NodataReason)

    /// 0, 5 and 6 for nodata, 1…4 for the classes.
    public var code: UInt8 {
      switch self {
      case .suitability(let suitabilityClass): suitabilityClass.rawValue
      case .nodata(let reason): reason.rawValue
      }
    }
  }

  /// NaN where there is none.
  let subscores: SIMD8<Double>
  public let outcome: Outcome
  /// 0…100, to 4 decimals; `nil` is nodata.
  public let score: Double?
  /// The score before the cap and before it was rounded; `nil` is nodata.
  public let uncappedScore: Double?
  /// `nil` is nodata.
  public let limiting: LimitingFactor?

  public var suitabilityClass: SuitabilityClass? {
    guard case .suitability(let suitabilityClass) = outcome else { return nil }
    return suitabilityClass
  }

  public var nodataReason: NodataReason? {
    guard case .nodata(let reason) = outcome else { return nil }
    return reason
  }

  /// 0…100; `nil` where the layer takes no part or has no value.
  public func subscore(of layer: Layer) -> Double? {
    let score = subscores[layer.place]
    return score.isNaN ? nil : score
  }
}
