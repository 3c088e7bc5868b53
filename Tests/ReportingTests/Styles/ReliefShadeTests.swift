import Foundation
import Styles
import Testing

@testable import Reporting

@Suite("Relief") struct ReliefShadeTests {
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

  @Test(
    "in any shade a colour is nearest to its own in the legend, to a meter and to the eye",
    arguments: [
      ColourLegend.suitabilityClasses.entries + ColourLegend.water.entries,
      ColourLegend.landCategories.entries, ColourLegend.limitingFactors.entries,
    ])
  func keepsColours(entries: [ColourLegend.Entry]) {
    let colours = entries.map { $0.colour.channels.map(Double.init) }
    // Seen from afar shades are mixed, which gives one between them.
    for step in 0...100 {
      let light = 1 - (1 - ReliefShade.darkest) * Double(step) / 100
      for (index, colour) in colours.enumerated() {
        let seen = colour.map { ($0 * light).rounded() }
        for (measure, isPlain) in [({ $0 }, true), (Self.lab, false)]
          as [(([Double]) -> [Double], Bool)]
        {
          let nearest = colours.indices.min {
            Self.distance(measure(seen), measure(colours[$0]))
              < Self.distance(measure(seen), measure(colours[$1]))
          }
          #expect(nearest == index, "\(entries[index].key), light \(light), \(isPlain)")
        }
      }
    }
  }

  @Test("QGIS keeps as much light as the report") func inQGIS() {
    let style = RasterStyle.relief.qml
    #expect(style.contains("opacity=\"0.1\"") && style.contains("<blendMode>6</blendMode>"))
  }
}
