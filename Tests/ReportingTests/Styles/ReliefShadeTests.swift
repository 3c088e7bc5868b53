import Styles
import Testing

@testable import Reporting

@Suite("Relief") struct ReliefShadeTests {
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
        #expect(
          ColourDistance.nearest(to: seen, of: colours) == [index, index],
          "\(entries[index].key), light \(light)")
      }
    }
  }

  @Test("QGIS keeps as much light as the report") func inQGIS() {
    let style = RasterStyle.relief.qml
    #expect(style.contains("opacity=\"0.1\"") && style.contains("<blendMode>6</blendMode>"))
  }
}
