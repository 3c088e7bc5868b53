import Foundation

/// How far colours of red, green and blue, 0…255, are from one another.
enum ColourDistance {
  /// The place of the colour that is nearest, as sRGB measures it and as the eye does.
  static func nearest(to seen: [Double], of colours: [[Double]]) -> [Int] {
    ([{ $0 }, lab] as [([Double]) -> [Double]]).map { measure in
      colours.indices.min {
        distance(measure(seen), measure(colours[$0]))
          < distance(measure(seen), measure(colours[$1]))
      } ?? -1
    }
  }

  /// CIELAB under D65, with which equal distances look about equally large (CIE 15:2004).
  private static func lab(_ colour: [Double]) -> [Double] {
    let light = colour.map { value -> Double in
      let share = value / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    let rows = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    let white = [0.95047, 1, 1.08883]
    let part = zip(rows, white).map { row, white -> Double in
      let share = zip(row, light).reduce(0) { $0 + $1.0 * $1.1 } / white
      return share > 216.0 / 24389 ? cbrt(share) : (24389.0 / 27 * share + 16) / 116
    }
    return [116 * part[1] - 16, 500 * (part[0] - part[1]), 200 * (part[1] - part[2])]
  }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
