import Documents
import RasterCore

/// Colours along an amount; between two stops they run evenly from one to the other.
///
/// Like the legends of codes, each comes from one file of this folder.
public struct ColourRamp: Hashable, Sendable {
  public struct Stop: Hashable, Sendable {
    public let value: Double
    /// For the legend.
    public let name: String
    /// `0xRRGGBB`
    public let colour: UInt32
  }

  /// At least two, values rising.
  public let stops: [Stop]

  /// Scores of 0…100, in the colours of the classes.
  public static let score = ColourRamp(PackageResources.score_csv)

  /// Resistances from 1 to `maximum`; the low ones, where most cells are, have most of the colours.
  public static func resistance(maximum: Double) -> ColourRamp {
    let shares = ColourRamp(PackageResources.resistance_csv)
    return ColourRamp(
      stops: shares.stops.map { stop in
        let value = 1 + stop.value * (maximum - 1)
        return Stop(value: value, name: value.formatted(decimals: 0), colour: stop.colour)
      })
  }

  private init(stops: [Stop]) { self.stops = stops }

  private init(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
    stops = lines.map { line in
      let fields = CSVText.fields(of: String(line))
      guard fields.count == 3, let value = Double(fields[0]),
        let colour = UInt32(fields[2].dropFirst(), radix: 16)
      else { preconditionFailure("styles/: \(line) is not value,name,#rrggbb") }
      return Stop(value: value, name: fields[1], colour: colour)
    }
  }
}
