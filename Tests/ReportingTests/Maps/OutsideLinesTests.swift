import RasterCore
import Styles
import Testing

@testable import Reporting

@Suite("Lines outside the parks") struct OutsideLinesTests {
  @Test(
    "mixed with them, and in any shade, a colour is nearest to its own in the legend",
    arguments: [
      ColourLegend.suitabilityClasses.entries + ColourLegend.water.entries,
      ColourLegend.landCategories.entries,
    ])
  func keepColours(entries: [ColourLegend.Entry]) {
    let colours = entries.map { $0.colour.channels.map(Double.init) }
    for (index, colour) in colours.enumerated() {
      for step in 0...10 {
        let light = 1 - (1 - ReliefShade.darkest) * Double(step) / 10
        // As seen from afar: the share of the lines is white.
        let seen = colour.map { $0 * light * (1 - OutsideLines.share) + 255 * OutsideLines.share }
        #expect(
          ColourDistance.nearest(to: seen, of: colours) == [index, index],
          "\(entries[index].key), light \(light)")
      }
    }
  }

  @Test("so many lie across the longer side of a view, a tenth as wide as they are apart")
  func pattern() {
    // 22 map units of a park of a few cells in a huge raster: 22 / 110 = 0.2, a tenth of which is 0.02.
    let lines = OutsideLines(
      id: "lines-cat", view: Extent(minX: 5000, minY: 5000, maxX: 5022, maxY: 5011), count: 110)
    let source = lines.definition.source
    #expect(source.contains("id=\"lines-cat\""))
    #expect(source.contains("width=\"0.2\" height=\"0.2\" patternTransform=\"rotate(-45)\""))
    #expect(source.contains("<rect width=\"0.02\" height=\"0.2\" fill=\"#fff\"/>"))
  }
}
