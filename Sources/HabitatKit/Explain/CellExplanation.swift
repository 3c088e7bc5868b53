public import RasterCore

/// Why a cell scores what it does. Every number is what a run computes for the cell.
public struct CellExplanation: Sendable {
  /// What one layer adds.
  public struct LayerPart: Hashable, Sendable {
    public let key: String
    public let name: String
    /// Metres or degrees; `nil` for land cover and where the cell has none.
    public let value: Float?
    /// The value is a distance that is at least this: further off nothing changes a score of this run.
    public let isAtLeast: Bool
    public let unit: String?
    /// 0…100; `nil` where the layer has no value here.
    public let subscore: Double?
    /// The share of the layer among those present, 0…1.
    public let weight: Double
    /// −w·ln s, what the layer takes from the score; infinite at a sub-score of 0.
    public let loss: Double?
  }

  public struct Species: Sendable {
    public let name: String
    public let title: String
    public let modelVersion: String
    public let layers: [LayerPart]
    /// Optional layers of the model that the landscape lacks.
    public let missingLayers: [String]
    /// As the rasters hold them: 0…100 or −1; 0…4; 0…7; at least 1, or −1.
    public let score: Float
    public let classCode: UInt8
    public let limitingCode: UInt8
    public let resistance: Float
    /// The score before the cap by land cover; `nil` is nodata.
    public let uncappedScore: Double?
    /// For people: the class, what limits, or why there is no score.
    public let className: String
    public let limitingName: String
  }

  /// The place that was asked for, and the centre of the cell that holds it, on the parks' datum.
  public internal(set) var place: Point
  public internal(set) var centre: Point
  public internal(set) var datum: String
  public internal(set) var column: Int
  public internal(set) var row: Int
  /// `nil` where no tile has a value.
  public internal(set) var code: Int?
  public internal(set) var label: String
  /// A key, `nodata`, `gap` or `unknown`.
  public internal(set) var category: String
  /// What was settled without data: `legend`, `leaf type`, `rice`.
  public internal(set) var decidedByDefault: [String]
  /// Metres and degrees; `nil` where there is none.
  public internal(set) var elevation: Float?
  public internal(set) var slope: Float?
  public internal(set) var species: [Species]
}
