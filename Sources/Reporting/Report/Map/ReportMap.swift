import Foundation
public import RasterCore

/// What the maps of a report show, in map units: x to the right and y down from the north-western corner
/// of the grid, the same length of ground in both directions at its middle.
public struct ReportMap: Sendable {
  /// Map units along the longer side of the grid.
  public static let side = 10_000.0

  /// A raster as a PNG picture.
  public struct Picture: Sendable {
    /// A species, or one of `hillshade` and `landcover`.
    public let key: String
    public let png: [UInt8]
    public let box: Extent
    /// Cells along the width.
    public let columns: Int
    /// The values that occur in it; 0 is no data.
    public let codes: Set<UInt8>
    public init(key: String, png: [UInt8], box: Extent, columns: Int, codes: Set<UInt8>) {
      (self.key, self.png, self.box, self.columns) = (key, png, box, columns)
      self.codes = codes
    }
  }

  /// Among the classes of a species' picture: land of the first class that is water.
  public static let waterCode: UInt8 = 5

  /// How a part of the map lies on the ground.
  public struct Ground: Hashable, Sendable {
    /// In its middle; 0 where that is not known.
    public let metresPerUnit: Double
    /// The direction of true north there, in degrees clockwise from up.
    public let north: Double
    public init(metresPerUnit: Double, north: Double) {
      (self.metresPerUnit, self.north) = (metresPerUnit, north)
    }
  }

  /// The outline of a park.
  public struct Outline: Sendable {
    public let anchor: String
    public let name: String
    public let shape: PolygonShape
    /// Where its name is written.
    public let label: Point
    /// Around it, for a map of its own.
    public let ground: Ground
    public init(
      anchor: String, name: String, shape: PolygonShape, label: Point, ground: Ground
    ) {
      (self.anchor, self.name, self.shape) = (anchor, name, shape)
      (self.label, self.ground) = (label, ground)
    }
  }

  /// A meridian or a parallel.
  public struct GraticuleLine: Sendable {
    public let isMeridian: Bool
    /// Minutes of arc east or north.
    public let minutes: Int
    /// 0 is shown from the start, 1 and 2 when the map is zoomed in.
    public let level: Int
    public let points: [Point]
    public init(isMeridian: Bool, minutes: Int, level: Int, points: [Point]) {
      (self.isMeridian, self.minutes) = (isMeridian, minutes)
      (self.level, self.points) = (level, points)
    }
  }

  /// Longitude and latitude in degrees at evenly spaced places from corner to corner of the grid, row by
  /// row; empty where they are not known everywhere.
  public struct Lattice: Sendable {
    public let columns: Int
    public let rows: Int
    public let places: [Point]
    public init(columns: Int, rows: Int, places: [Point]) {
      (self.columns, self.rows, self.places) = (columns, rows, places)
    }
  }

  /// The grid.
  public let width: Double
  public let height: Double
  /// What is seen at first.
  public let view: Extent
  public let pictures: [Picture]
  public let outlines: [Outline]
  public let graticule: [GraticuleLine]
  public let lattice: Lattice
  /// Of the view.
  public let ground: Ground

  public init(
    width: Double, height: Double, view: Extent, pictures: [Picture], outlines: [Outline],
    graticule: [GraticuleLine], lattice: Lattice, ground: Ground
  ) {
    (self.width, self.height, self.view) = (width, height, view)
    (self.pictures, self.outlines, self.graticule) = (pictures, outlines, graticule)
    (self.lattice, self.ground) = (lattice, ground)
  }

  func has(_ key: String) -> Bool { pictures.contains { $0.key == key } }

  func shows(_ code: UInt8, in key: String) -> Bool {
    pictures.contains { $0.key == key && $0.codes.contains(code) }
  }

  /// What all maps draw with, once in the page.
  var definitions: Markup {
    """
    <svg class="definitions" width="0" height="0" aria-hidden="true"><defs>
    \(pictures.map(Self.image))\(outlines.map(Self.path))\
    \(outlines.isEmpty ? "" : veil("veil", sparing: outlines))\
    \(outlines.count > 1 ? outlines.map { veil("veil-\($0.anchor)", sparing: [$0]) } : [])</defs></svg>

    """
  }

  private static func image(_ picture: Picture) -> Markup {
    let data = Markup(trusted: Data(picture.png).base64EncodedString())
    let box = picture.box
    return """
      <image id="picture-\(picture.key)" data-cell="\(coordinate: box.width / Double(picture.columns))" x="\(coordinate: box.minX)" \
      y="\(coordinate: box.minY)" width="\(coordinate: box.width)" height="\(coordinate: box.height)" \
      preserveAspectRatio="none" href="data:image/png;base64,\(data)"/>

      """
  }

  private static func path(_ outline: Outline) -> Markup {
    "<path id=\"outline-\(outline.anchor)\" vector-effect=\"non-scaling-stroke\" data-park=\"\(outline.name)\" d=\"\(outline.shape.path)\"/>\n"
  }

  /// All but some parks, a wide margin included.
  private func veil(_ id: String, sparing parks: [Outline]) -> Markup {
    let (far, wide, high) = (Self.side, width + 2 * Self.side, height + 2 * Self.side)
    let frame: Markup =
      "M\(coordinate: -far) \(coordinate: -far)h\(coordinate: wide)v\(coordinate: high)h\(coordinate: -wide)z"
    return "<path id=\"\(id)\" d=\"\(frame)\(parks.map(\.shape.path))\"/>\n"
  }
}

extension PolygonShape {
  /// The rings as the data of an SVG path, to a whole unit.
  var path: Markup {
    rings.map { ring -> Markup in
      var (x, y) = (0, 0)
      var path: Markup = ""
      for (index, point) in ring.enumerated() {
        let (nextX, nextY) = (
          Int(bounded: point.x.rounded()), Int(bounded: point.y.rounded())
        )
        if index > 0, nextX == x, nextY == y { continue }
        let step = index == 0 ? "M\(nextX) \(nextY)" : "l\(nextX - x) \(nextY - y)"
        path += Markup(trusted: step)
        (x, y) = (nextX, nextY)
      }
      return path + "z"
    }.joined()
  }
}

extension [Point] {
  /// The points as the data of an SVG path, to a whole unit.
  var path: Markup {
    enumerated().map { index, point -> Markup in
      "\(index == 0 ? "M" : "L")\(Int(bounded: point.x.rounded())) \(Int(bounded: point.y.rounded()))"
    }.joined()
  }
}
