import RasterCore

/// Thin white lines over what lies outside the parks.
///
/// Between them each colour stays the legend's own: a veil would move it towards that of another class.
struct OutsideLines {
  /// Of its element in the page.
  let id: String
  /// The view in which they are so far apart; where the map is zoomed the script keeps that.
  let view: Extent

  /// The share of the ground that the lines cover. Seen from afar they mix with the colours, which must be
  /// nearest to their own in the legend all the same, as sRGB measures it and as the eye does (CIELAB).
  static let share = 0.1
  /// How many there are across the view.
  let count: Double

  /// The pattern that fills with them, from the upper left to the lower right: those of what has no data
  /// run the other way.
  var definition: Markup {
    let pace = max(view.width, view.height) / count
    func length(_ value: Double) -> String {
      value.shortened(decimals: ReportMap.decimals(for: pace / 100))
    }
    return """
      <defs><pattern id="\(id)" class="lines" patternUnits="userSpaceOnUse" width="\(length(pace))" \
      height="\(length(pace))" patternTransform="rotate(-45)">\
      <rect width="\(length(Self.share * pace))" height="\(length(pace))" fill="#fff"/></pattern></defs>

      """
  }
}
