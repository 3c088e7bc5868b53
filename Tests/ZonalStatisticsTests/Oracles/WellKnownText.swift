import RasterCore

/// The rings of the polygons in a text, of any nesting; shells positive with y upwards, holes negative.
enum WellKnownText {
  static func rings(_ text: String) -> [[Point]] {
    var rings: [[Point]] = []
    // A bracket right after a bracket opens a polygon: the first ring is its shell.
    var opened = false
    var isShell = true
    var current = ""
    for character in text {
      switch character {
      case "(":
        (isShell, opened, current) = (opened, true, "")
      case ")":
        if !current.isEmpty { rings.append(ring(current, isShell: isShell)) }
        (current, opened) = ("", false)
      case " " where current.isEmpty: continue
      default:
        if character == ",", current.isEmpty {
          opened = false
        } else {
          current.append(character)
          opened = false
        }
      }
    }
    return rings
  }

  private static func ring(_ text: String, isShell: Bool) -> [Point] {
    var points = text.split(separator: ",").map { pair in
      let numbers = pair.split(separator: " ").compactMap { Double($0) }
      return Point(x: numbers[0], y: numbers[1])
    }
    if points.count > 1, points.first == points.last { points.removeLast() }
    return (Shapes.signedArea(points) >= 0) == isShell ? points : points.reversed()
  }
}
