/// Shares drawn as bars; the figures beside them say the same, so they are hidden from screen readers.
enum Bar {
  /// - Parameters:
  ///   - share: per cent.
  ///   - colour: a class of the style sheet that fills shapes.
  static func one(share: Double, colour: String) -> Markup {
    """
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">\
    <rect class="rest" width="100" height="4"/>\
    <rect class="\(colour)" width="\(coordinate: min(max(share, 0), 100))" height="4"/></svg>
    """
  }

  /// The colour of a class or category beside its name.
  static func swatch(_ colour: String) -> Markup {
    """
    <svg class="swatch" viewBox="0 0 18 12" preserveAspectRatio="none" aria-hidden="true">\
    <rect class="\(colour)" width="18" height="12"/></svg>
    """
  }

  /// The colour and the name, which breaks into lines beside it and never below.
  static func key(_ colour: String, _ name: String) -> Markup {
    "<span class=\"key\">\(swatch(colour))<span>\(name)</span></span>"
  }

  /// Shares one after another.
  static func stacked(_ parts: [(share: Double, colour: String)]) -> Markup {
    var left = 0.0
    let rectangles = parts.map { part -> Markup in
      defer { left += part.share }
      return """
        <rect class="\(part.colour)" x="\(coordinate: left)" \
        width="\(coordinate: max(part.share, 0))" height="8"/>
        """
    }
    return """
      <svg class="bar stacked" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">\
      <rect class="rest" width="100" height="8"/>\(rectangles)</svg>
      """
  }
}
