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

/// Heights that no place on Earth has: undeclared voids such as −32768, 65535 or −9999.
public enum ImpossibleHeight {
  /// The Challenger Deep is at −10,935 m, Everest at 8,849 m.
  public static let range: ClosedRange<Float> = -12_000...9_000
  /// The usual mark of a void; the only sea floor so deep lies in trenches.
  public static let mark: Float = -9999

  @inline(__always) public static func isImpossible(_ metres: Float) -> Bool {
    metres < range.lowerBound || metres > range.upperBound || metres == mark
  }
}

extension PaddedHeights {
  /// Makes impossible heights of some rows NaN; the lowest of them, `nil` if there was none.
  mutating func clearImpossible(columns: Int, rows: Int, at first: Int) -> Float? {
    var lowest = Float.infinity
    for row in 0..<rows {
      let cellsOfRow = first + row * stride..<first + row * stride + columns
      var isFound = false
      for index in cellsOfRow { isFound = ImpossibleHeight.isImpossible(cells[index]) || isFound }
      guard isFound else { continue }
      for index in cellsOfRow where ImpossibleHeight.isImpossible(cells[index]) {
        lowest = min(lowest, cells[index])
        cells[index] = .nan
      }
    }
    return lowest < .infinity ? lowest : nil
  }
}
