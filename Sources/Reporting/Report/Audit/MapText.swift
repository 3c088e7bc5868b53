import Foundation
public import RasterCore

/// What the maps of a report's page draw with, read out of its HTML alone.
public struct MapText: Sendable {
  public struct Picture: Sendable {
    public let id: String
    /// A species, or what else is shown.
    public let key: String
    public let window: Window
    public let block: Int
    /// In map units.
    public let box: Extent
    public let png: [UInt8]
    public let shares: [UInt8]?
  }

  public struct Outline: Sendable {
    public let id: String
    public let shape: PolygonShape
  }

  /// Those that could be read.
  public let pictures: [Picture]
  public let outlines: [Outline]

  public init(_ html: String) {
    pictures = Self.tags("<image id=\"picture-", in: html).compactMap(Self.picture)
    outlines = ["outline-", "park-outline-"].flatMap { kind in
      Self.tags("<path id=\"\(kind)", in: html).compactMap { attributes in
        guard let id = attributes["id"], let path = attributes["d"] else { return nil }
        return Outline(id: id, shape: Self.shape(path))
      }
    }
  }

  private static func tags(_ start: String, in html: String) -> [[String: String]] {
    html.components(separatedBy: start).dropFirst().compactMap { part in
      guard let end = part.range(of: "/>") else { return nil }
      let source = start.drop { $0 != " " } + part[..<end.lowerBound]
      return ReportText.attributes(in: Substring(source))
    }
  }

  private static func picture(_ attributes: [String: String]) -> Picture? {
    guard let id = attributes["id"], let key = attributes["data-key"],
      let window = attributes["data-window"]?.split(separator: " ").compactMap({ Int($0) }),
      window.count == 4, window.allSatisfy({ $0 >= 0 }), window[2] > 0, window[3] > 0,
      let block = attributes["data-block"].flatMap(Int.init), block > 0,
      let png = attributes["href"].flatMap(bytes)
    else { return nil }
    let sides = ["x", "y", "width", "height"].compactMap { attributes[$0].flatMap(Double.init) }
    guard sides.count == 4 else { return nil }
    return Picture(
      id: id, key: key,
      window: Window(column: window[0], row: window[1], columns: window[2], rows: window[3]),
      block: block,
      box: Extent(
        minX: sides[0], minY: sides[1], maxX: sides[0] + sides[2], maxY: sides[1] + sides[3]),
      png: png, shares: attributes["data-shares"].flatMap(bytes))
  }

  private static func bytes(of address: String) -> [UInt8]? {
    let start = "data:image/png;base64,"
    guard address.hasPrefix(start) else { return nil }
    return Data(base64Encoded: String(address.dropFirst(start.count))).map { [UInt8]($0) }
  }

  /// The rings of a path that begins each with M and goes on by l; a frame of h and v is no ring.
  static func shape(_ path: String) -> PolygonShape {
    let rings = path.split(separator: "M").filter { !$0.contains("h") }.map { part in
      var ring: [Point] = []
      for step in part.split(whereSeparator: { "lz".contains($0) }) {
        let numbers = step.split(separator: " ").compactMap { Double($0) }
        guard numbers.count == 2 else { continue }
        let last = ring.last ?? Point(x: 0, y: 0)
        ring.append(Point(x: last.x + numbers[0], y: last.y + numbers[1]))
      }
      return ring
    }
    return PolygonShape(rings: rings)
  }
}
