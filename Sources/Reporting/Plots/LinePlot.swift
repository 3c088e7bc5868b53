/// A line through points on two axes, drawn as SVG that prints and that a screen reader can tell.
struct LinePlot {
  /// How the axis is called, with its unit.
  struct Axis {
    let label: String
    let scale: AxisScale
  }

  let x: Axis
  let y: Axis
  /// By increasing x.
  let points: [Point]
  /// Points that are marked: knots of a curve.
  let marks: [Mark]
  /// Whether the line goes on level beyond its outer points.
  let isLevelBeyond: Bool
  let title: String
  /// What the drawing shows, in words and numbers.
  let description: String
  /// Unique within the page; letters, digits and hyphens.
  let identifier: String

  struct Point: Hashable {
    let x: Double
    let y: Double
  }

  struct Mark {
    let point: Point
    let label: String
  }

  private static let size = (width: 360.0, height: 220.0)
  private static let margin = (left: 46.0, right: 14.0, top: 12.0, bottom: 42.0)
  private static let radius = 3.2

  private func place(_ point: Point) -> Point {
    Point(
      x: Self.margin.left
        + x.scale.position(of: point.x)
        * (Self.size.width - Self.margin.left - Self.margin.right),
      y: Self.size.height - Self.margin.bottom
        - y.scale.position(of: point.y)
        * (Self.size.height - Self.margin.top - Self.margin.bottom))
  }

  /// - Parameter number: writes the labels of the ticks.
  func markup(_ number: (Double, _ decimals: Int) -> String) -> Markup {
    """
    <svg class="plot" viewBox="0 0 \(coordinate: Self.size.width) \(coordinate: Self.size.height)" \
    role="img" aria-labelledby="\(identifier)-title \(identifier)-desc">
    <title id="\(identifier)-title">\(title)</title>
    <desc id="\(identifier)-desc">\(description)</desc>
    \(ticks(number))\(axisLabels)\(line)\(marks.map(mark))</svg>

    """
  }

  private func ticks(_ number: (Double, _ decimals: Int) -> String) -> Markup {
    let corner = place(Point(x: x.scale.lower, y: y.scale.lower))
    let end = place(Point(x: x.scale.upper, y: y.scale.upper))
    var markup: Markup = ""
    for tick in x.scale.ticks {
      let at = place(Point(x: tick, y: y.scale.lower)).x
      markup += """
        <line class="grid" x1="\(coordinate: at)" y1="\(coordinate: end.y)" \
        x2="\(coordinate: at)" y2="\(coordinate: corner.y)"/>\
        <text class="tick" text-anchor="middle" x="\(coordinate: at)" \
        y="\(coordinate: corner.y + 14)">\(number(tick, x.scale.decimals))</text>

        """
    }
    for tick in y.scale.ticks {
      let at = place(Point(x: x.scale.lower, y: tick)).y
      markup += """
        <line class="grid" x1="\(coordinate: corner.x)" y1="\(coordinate: at)" \
        x2="\(coordinate: end.x)" y2="\(coordinate: at)"/>\
        <text class="tick" text-anchor="end" x="\(coordinate: corner.x - 5)" \
        y="\(coordinate: at + 3.5)">\(number(tick, y.scale.decimals))</text>

        """
    }
    return markup + """
      <path class="axis" d="M\(coordinate: corner.x) \(coordinate: end.y)V\(coordinate: corner.y)\
      H\(coordinate: end.x)"/>

      """
  }

  private var axisLabels: Markup {
    let middle = (Self.margin.top + Self.size.height - Self.margin.bottom) / 2
    return """
      <text class="name" text-anchor="middle" \
      x="\(coordinate: (Self.margin.left + Self.size.width - Self.margin.right) / 2)" \
      y="\(coordinate: Self.size.height - 8)">\(x.label)</text>
      <text class="name" text-anchor="middle" \
      transform="translate(12 \(coordinate: middle)) rotate(-90)">\(y.label)</text>

      """
  }

  private var line: Markup {
    let places = points.map(place)
    guard let first = places.first, let last = places.last else { return "" }
    var path: Markup = "<path class=\"curve\" d=\""
    for (index, point) in places.enumerated() {
      path += "\(index == 0 ? "M" : "L")\(coordinate: point.x) \(coordinate: point.y)"
    }
    path += "\"/>\n"
    guard isLevelBeyond else { return path }
    let start = place(Point(x: x.scale.lower, y: y.scale.lower)).x
    let end = place(Point(x: x.scale.upper, y: y.scale.upper)).x
    return path + """
      <path class="beyond" d="M\(coordinate: start) \(coordinate: first.y)H\(coordinate: first.x)\
      M\(coordinate: last.x) \(coordinate: last.y)H\(coordinate: end)"/>

      """
  }

  private func mark(_ mark: Mark) -> Markup {
    let point = place(mark.point)
    return """
      <circle class="knot" cx="\(coordinate: point.x)" cy="\(coordinate: point.y)" \
      r="\(coordinate: Self.radius)"><title>\(mark.label)</title></circle>

      """
  }
}
