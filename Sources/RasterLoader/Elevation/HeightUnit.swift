import GeoIO
import RasterCore

extension RasterTile {
  /// Metres in a unit of the band's heights; 1 where the file says nothing.
  public var metresPerHeightUnit: Double { knownHeightUnit ?? 1 }

  /// The file names a unit that is none of length, or none that is known here.
  public var hasUnknownHeightUnit: Bool { knownHeightUnit == nil }

  private var knownHeightUnit: Double? {
    // A unit of "0.1 m" is none of these.
    guard !band.unit.contains(where: \.isNumber) else { return nil }
    let unit = band.unit.lowercased().filter { $0.isLetter }
    switch unit {
    case "", "m", "metre", "metres", "meter", "meters": return 1
    case "ft", "foot", "feet", "ftint", "internationalfoot", "intft": return 0.3048
    case "usft", "ftus", "ussurveyfoot", "footus", "ussurveyfeet", "ussft": return 1200.0 / 3937
    case "mm", "millimetre", "millimetres", "millimeter", "millimeters": return 0.001
    case "cm", "centimetre", "centimetres", "centimeter", "centimeters": return 0.01
    case "dm", "decimetre", "decimetres", "decimeter", "decimeters": return 0.1
    case "km", "kilometre", "kilometres", "kilometer", "kilometers": return 1000
    default: return nil
    }
  }

  /// A raw value, less nodata, to metres: `value * scale + offset`.
  public var heightScale: Double { band.scale * metresPerHeightUnit }
  public var heightOffset: Double { band.offset * metresPerHeightUnit }
}
