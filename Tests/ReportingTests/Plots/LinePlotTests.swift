import Testing

@testable import Reporting

@Suite("Plots") struct LinePlotTests {
  private static let plot = LinePlot(
    x: .init(label: "Elevation <m>", scale: AxisScale(from: 0, to: 1000, intervals: 5)),
    y: .init(label: "Score", scale: AxisScale(from: 0, to: 100, intervals: 5)),
    points: [.init(x: 250, y: 0), .init(x: 500, y: 100)],
    marks: [.init(point: .init(x: 500, y: 100), label: "500 m: 100")], isLevelBeyond: true,
    title: "A \"curve\"", description: "two knots", identifier: "model-a")

  @Test("points stand where their values are on the axes") func places() {
    let source = Self.plot.markup { "\($0) \($1)" }.source
    // The plot is 300 × 166 with its corner at (46, 178): x = 46 + 0.3·value, y = 178 − 1.66·value.
    #expect(source.contains("d=\"M121 178L196 12\""))
    #expect(source.contains("class=\"knot\" cx=\"196\" cy=\"12\""))
    #expect(source.contains("<title>500 m: 100</title>"))
    // Level to both ends.
    #expect(source.contains("d=\"M46 178H121M196 12H346\""))
    #expect(source.contains(">200.0 0</text>") && source.contains(">60.0 0</text>"))
  }

  @Test("a title and a description are bound to the drawing, texts are escaped") func accessible() {
    let source = Self.plot.markup { "\($0) \($1)" }.source
    #expect(source.contains("role=\"img\" aria-labelledby=\"model-a-title model-a-desc\""))
    #expect(source.contains("<title id=\"model-a-title\">A &quot;curve&quot;</title>"))
    #expect(source.contains("<desc id=\"model-a-desc\">two knots</desc>"))
    #expect(source.contains("Elevation &lt;m&gt;") && !source.contains("<m>"))
  }
}
