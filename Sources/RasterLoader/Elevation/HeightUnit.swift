import GeoIO
import RasterCore

extension RasterTile {
  /// Metres in a unit of the band's heights; 1 where the file says nothing.
  public var metresPerHeightUnit: Double {
    let unit = band.unit.lowercased().filter { $0.isLetter }
    switch unit {
    case "ft", "foot", "feet", "ftint", "internationalfoot", "intft": return 0.3048
    case "usft", "ftus", "ussurveyfoot", "footus", "ussurveyfeet", "ussft": return 1200.0 / 3937
    case "cm", "centimetre", "centimeter": return 0.01
    case "dm", "decimetre", "decimeter": return 0.1
    case "km", "kilometre", "kilometer": return 1000
    default: return 1
    }
  }

  /// A raw value, less nodata, to metres: `value * scale + offset`.
  public var heightScale: Double { band.scale * metresPerHeightUnit }
  public var heightOffset: Double { band.offset * metresPerHeightUnit }
}
