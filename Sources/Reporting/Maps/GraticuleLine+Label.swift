import RasterCore

extension ReportMap.GraticuleLine {
  /// Where its label stands: where the line leaves a view, a meridian below and a parallel on the left, or
  /// ends before it gets there, as on a map that does not fill its frame.
  ///
  /// - Parameter clear: map units at the beginning and the end of that edge that are to be kept clear.
  /// - Returns: `nil` where there is no such place.
  func labelPlace(in view: Extent, clear: (before: Double, after: Double)) -> Point? {
    let edge = isMeridian ? view.maxY : view.minX
    func isClear(_ place: Point) -> Bool {
      isMeridian
        ? place.x > view.minX + clear.before && place.x < view.maxX - clear.after
        : place.y > view.minY + clear.before && place.y < view.maxY - clear.after
    }
    let crossings = isMeridian ? points.crossings(ofY: edge) : points.crossings(ofX: edge)
    if let place = crossings.first(where: isClear) { return place }
    let end = isMeridian ? points.max { $0.y < $1.y } : points.min { $0.x < $1.x }
    guard let end, isClear(end) else { return nil }
    let isSeen =
      isMeridian
      ? (view.minY...view.maxY).contains(end.y) : (view.minX...view.maxX).contains(end.x)
    return isSeen ? end : nil
  }
}
