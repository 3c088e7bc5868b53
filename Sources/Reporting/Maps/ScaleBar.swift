import Foundation
import RasterCore

/// A bar of a round length on the ground.
struct ScaleBar: Hashable {
  /// Metres: 1, 2 or 5 times a power of ten.
  let length: Double
  /// Points.
  let width: Double
  /// How many times smaller than the ground the map is, to two digits.
  let ratio: Double

  /// The longest that fits; `nil` where the ground is not known.
  init?(metresPerPoint: Double, atMost limit: Double) {
    guard let length = Self.length(within: metresPerPoint * limit) else { return nil }
    self.length = length
    width = length / metresPerPoint
    // A point is 1/72 inch.
    let exact = metresPerPoint * 72 / 0.0254
    let unit = pow(10, floor(log10(exact)) - 1)
    ratio = (exact / unit).rounded() * unit
  }

  /// The longest round length that is no greater than `most`, which is above 0 or there is none.
  static func length(within most: Double) -> Double? {
    guard most.isFinite, most > 0 else { return nil }
    let power = pow(10, floor(log10(most)))
    return [5, 2, 1].map { $0 * power }.first { $0 <= most * (1 + 1e-9) } ?? power
  }

  /// - Parameter foot: the lower left corner of the bar.
  func draw(on drawing: inout PDFDrawing, at foot: Point, wording: Wording) {
    let parts = 4
    for part in 0..<parts {
      let start = foot.x + width * Double(part) / Double(parts)
      drawing.rectangle(
        Extent(
          minX: start, minY: foot.y, maxX: start + width / Double(parts), maxY: foot.y + 4),
        fill: part.isMultiple(of: 2) ? 0x222222 : 0xFFFFFF, stroke: 0x222222)
    }
    let (unit, divisor) = length >= 1000 ? ("unit.km", 1000.0) : ("unit.m", 1)
    for (share, alignment) in [(0.0, PDFDrawing.Alignment.left), (1, .right)] {
      let value = length * share / divisor
      let number = wording.number(value, decimals: value.neededDecimals)
      drawing.text(
        share == 0 ? number : "\(number) \(wording[unit])",
        at: Point(x: foot.x + width * share, y: foot.y - 9), size: 7.5, alignment: alignment)
    }
  }
}
