public import Styles

/// How a raster of the results is drawn, whichever program draws it.
public enum RasterStyle: Hashable, Sendable {
  /// Codes with names and colours; 0 is nodata.
  case codes(ColourLegend)
  /// Amounts along a ramp; `nodata` is no amount.
  case amounts(ColourRamp, nodata: Double)
  /// Light and shadow, 1…255, that darken what lies below; 0 is nodata.
  case relief
}

extension RasterStyle {
  /// By code, from 0; none of amounts.
  public var categoryNames: [String] {
    if case .codes(let legend) = self { legend.categoryNames } else { [] }
  }

  typealias Entry = (value: String, name: String, colour: UInt32)

  /// Values with names and colours, in rising order; relief from black to white.
  var entries: [Entry] {
    switch self {
    case .codes(let legend): legend.entries.map { (String($0.value), $0.name, $0.colour) }
    case .amounts(let ramp, _):
      ramp.stops.map { ($0.value.shortened(decimals: 6), $0.name, $0.colour) }
    case .relief: [("1", "shadow", 0x00_0000), ("255", "light", 0xFF_FFFF)]
    }
  }
}

extension UInt32 {
  /// `#rrggbb`
  var hexColour: String {
    let digits = String(self, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// Red, green and blue, 0…255.
  var channels: [Int] { [16, 8, 0].map { Int(self >> $0 & 0xFF) } }
}
