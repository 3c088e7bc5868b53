import Foundation
public import RasterCore

/// What the maps of a report show, in map units: x to the right and y down from the north-western corner
/// of the grid, the same length of ground in both directions at its middle.
public struct ReportMap: Sendable {
  /// Map units along the longer side of the grid.
  public static let side = 10_000.0

  /// A raster as a PNG picture.
  public struct Picture: Sendable {
    /// What a picture shows of the raster's cells.
    public struct Cells: Hashable, Sendable {
      public let window: Window
      /// Cells along a side of a block, which is one dot of the picture.
      public let block: Int
      /// Per cent of its block that the class has, as greys of a PNG picture; `nil` where blocks are single
      /// cells, or nobody counted.
      public let shares: [UInt8]?
      public init(window: Window, block: Int, shares: [UInt8]?) {
        (self.window, self.block, self.shares) = (window, block, shares)
      }
    }

    /// A species, or one of `hillshade` and `landcover`.
    public let key: String
    /// The anchor of the park that it is about; `nil` where it is about all.
    public let park: String?
    public let png: [UInt8]
    public let box: Extent
    /// Dots along the width.
    public let columns: Int
    /// The values that occur in it; 0 is no data.
    public let codes: Set<UInt8>
    public let cells: Cells
    public init(
      key: String, park: String?, png: [UInt8], box: Extent, columns: Int, codes: Set<UInt8>,
      cells: Cells
    ) {
      (self.key, self.park, self.png, self.box) = (key, park, png, box)
      (self.columns, self.codes, self.cells) = (columns, codes, cells)
    }

    /// Of its element in the page.
    var id: String { "picture-\(key)" + (park.map { "-\($0)" } ?? "") }
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
    /// As the map of all parks shows it.
    public let shape: PolygonShape
    /// Where its name is written.
    public let label: Point
    /// Around it, for a map of its own.
    public let ground: Ground
    /// `nil` where it has no map of its own.
    public let inset: Inset?
    public init(
      anchor: String, name: String, shape: PolygonShape, label: Point, ground: Ground,
      inset: Inset? = nil
    ) {
      (self.anchor, self.name, self.shape) = (anchor, name, shape)
      (self.label, self.ground, self.inset) = (label, ground, inset)
    }
  }

  /// The map of a single park.
  public struct Inset: Sendable {
    public let view: Extent
    /// The park's outline, as finely as this map shows it.
    public let shape: PolygonShape
    /// How far that may lie from the park, in map units.
    public let slack: Double
    /// What is seen of the other parks; they have no maps of their own here.
    public let others: [Outline]
    /// Empty where the park is seen as well on the map of all.
    public let graticule: [GraticuleLine]
    public init(
      view: Extent, shape: PolygonShape, slack: Double, others: [Outline],
      graticule: [GraticuleLine]
    ) {
      (self.view, self.shape, self.slack, self.others) = (view, shape, slack, others)
      self.graticule = graticule
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

  /// Longitude and latitude in degrees at evenly spaced places from corner to corner of a part of the map,
  /// row by row; empty where they are not known everywhere.
  public struct Lattice: Sendable {
    public let box: Extent
    public let columns: Int
    public let rows: Int
    public let places: [Point]
    /// With which degrees are told.
    public let decimals: Int
    public init(box: Extent, columns: Int, rows: Int, places: [Point], decimals: Int) {
      (self.box, self.columns, self.rows) = (box, columns, rows)
      (self.places, self.decimals) = (places, decimals)
    }
  }

  /// The grid, in map units and in cells.
  public let width: Double
  public let height: Double
  public let columns: Int
  public let rows: Int
  /// The part of it that can be looked at.
  public let bounds: Extent
  /// What is seen at first.
  public let view: Extent
  public let pictures: [Picture]
  public let outlines: [Outline]
  /// What is seen of the neighbours of the one park that a map is about.
  public let neighbours: [Outline]
  /// How far the outlines on the map of all parks may lie from the parks, in map units.
  public let slack: Double
  public let graticule: [GraticuleLine]
  public let lattice: Lattice
  /// Of the view.
  public let ground: Ground

  public init(
    width: Double, height: Double, columns: Int, rows: Int, bounds: Extent, view: Extent,
    pictures: [Picture], outlines: [Outline], neighbours: [Outline] = [], slack: Double,
    graticule: [GraticuleLine], lattice: Lattice, ground: Ground
  ) {
    (self.width, self.height, self.columns, self.rows) = (width, height, columns, rows)
    (self.bounds, self.view) = (bounds, view)
    (self.pictures, self.outlines, self.neighbours) = (pictures, outlines, neighbours)
    self.slack = slack
    (self.graticule, self.lattice, self.ground) = (graticule, lattice, ground)
  }

  func has(_ key: String) -> Bool { picture(key) != nil }

  /// The picture of all parks, or of one where that has its own.
  public func picture(_ key: String, of park: String? = nil) -> Picture? {
    pictures.first { $0.key == key && $0.park == park }
      ?? pictures.first { $0.key == key && $0.park == nil }
  }

  /// Relief that is not so much coarser than classes that it would say of a small part of the map what is not
  /// there.
  func relief(in view: Extent, under classes: Picture) -> Picture? {
    guard let relief = picture("hillshade") else { return nil }
    let dot = relief.box.width / Double(relief.columns)
    return dot < view.width / 100 || dot < 2 * classes.box.width / Double(classes.columns)
      ? relief : nil
  }

  /// The map of one park, `nil` where the one of all shows as much of it.
  public func map(of park: Outline, for species: String) -> ReportMap? {
    guard let inset = park.inset, let own = picture(species, of: park.anchor), own.park != nil
    else { return nil }
    let classes = Picture(
      key: own.key, park: nil, png: own.png, box: own.box, columns: own.columns, codes: own.codes,
      cells: own.cells)
    let outline = Outline(
      anchor: park.anchor, name: park.name, shape: inset.shape, label: park.label,
      ground: park.ground)
    return ReportMap(
      width: width, height: height, columns: columns, rows: rows, bounds: bounds, view: inset.view,
      pictures: [classes] + (relief(in: inset.view, under: own).map { [$0] } ?? []),
      outlines: [outline], neighbours: inset.others, slack: inset.slack,
      graticule: inset.graticule, lattice: lattice, ground: park.ground)
  }

  func shows(_ code: UInt8, in key: String) -> Bool {
    pictures.contains { $0.key == key && $0.codes.contains(code) }
  }

  /// What all maps draw with, once in the page.
  var definitions: Markup {
    """
    <svg class="definitions" width="0" height="0" aria-hidden="true"><defs>
    \(pictures.map(image))\(outlines.map(paths))\
    \(outlines.isEmpty ? "" : outside)</defs></svg>

    """
  }

  /// The script reads the raster's cells off its attributes.
  private func image(_ picture: Picture) -> Markup {
    let (box, cells) = (picture.box, picture.cells)
    let window: Markup =
      "\(cells.window.column) \(cells.window.row) \(cells.window.columns) \(cells.window.rows)"
    let shares: Markup = cells.shares.map { " data-shares=\"\(Self.address(of: $0))\"" } ?? ""
    return """
      <image id="\(picture.id)" data-key="\(picture.key)" data-window="\(window)" data-block="\(cells.block)" \
      x="\(length(box.minX))" y="\(length(box.minY))" width="\(length(box.width))" \
      height="\(length(box.height))" preserveAspectRatio="none"\(shares) \
      href="\(Self.address(of: picture.png))"/>

      """
  }

  private static func address(of png: [UInt8]) -> Markup {
    Markup(trusted: "data:image/png;base64," + Data(png).base64EncodedString())
  }

  /// A place or a length on the map, to the fiftieth part of a cell.
  func length(_ value: Double) -> Markup {
    Markup(trusted: value.shortened(decimals: Self.decimals(for: width / Double(columns) / 50)))
  }

  /// Decimals that show a length.
  static func decimals(for length: Double) -> Int {
    length > 0 ? min(max(Int(bounded: (-log10(length)).rounded(.up)), 0), 9) : 2
  }

  /// The outline for the map of all parks; and the one for its own map, in a frame that makes it cover all
  /// else.
  private func paths(of outline: Outline) -> Markup {
    var paths: Markup =
      "<path id=\"outline-\(outline.anchor)\" vector-effect=\"non-scaling-stroke\" d=\"\(outline.shape.path(within: slack))\"/>\n"
    if let inset = outline.inset {
      paths += """
        <path id="park-outline-\(outline.anchor)" vector-effect="non-scaling-stroke" \
        data-park="\(outline.name)" data-slack="\(Markup(trusted: String(inset.slack * Self.stroke)))" \
        d="\(frame)\(inset.shape.path(within: inset.slack))"/>

        """
    }
    return paths
  }

  /// An outline and the rounding of its places together, in units of its slack.
  private static let stroke = 1.25

  /// All but the parks, as a mask: land of two parks is in a park all the same, as it would not be by the
  /// even-odd rule of one path.
  private var outside: Markup {
    """
    <mask id="outside" maskUnits="userSpaceOnUse" x="\(coordinate: -Self.side)" y="\(coordinate: -Self.side)" \
    width="\(coordinate: width + 2 * Self.side)" height="\(coordinate: height + 2 * Self.side)">
    <path d="\(frame)" fill="#fff"/>
    \(outlines.map { "<use href=\"#outline-\($0.anchor)\" class=\"inside\"/>\n" as Markup })</mask>

    """
  }

  /// The map with a wide margin.
  private var frame: Markup {
    let (far, wide, high) = (Self.side, width + 2 * Self.side, height + 2 * Self.side)
    return
      "M\(coordinate: -far) \(coordinate: -far)h\(coordinate: wide)v\(coordinate: high)h\(coordinate: -wide)z"
  }
}

extension PolygonShape {
  /// The rings as the data of an SVG path, to the tenth part of a length.
  func path(within slack: Double) -> Markup {
    let decimals = ReportMap.decimals(for: slack / 5)
    let scale = pow(10, Double(decimals))
    func text(_ steps: Int) -> String { (Double(steps) / scale).shortened(decimals: decimals) }
    return Markup(
      trusted: rings.map { ring in
        var (x, y) = (0, 0)
        var path = ""
        for (index, point) in ring.enumerated() {
          let (nextX, nextY) = (
            Int(bounded: (point.x * scale).rounded()), Int(bounded: (point.y * scale).rounded())
          )
          if index > 0, nextX == x, nextY == y { continue }
          path +=
            index == 0
            ? "M\(text(nextX)) \(text(nextY))" : "l\(text(nextX - x)) \(text(nextY - y))"
          (x, y) = (nextX, nextY)
        }
        return path + "z"
      }.joined())
  }
}

extension [Point] {
  /// The points as the data of an SVG path, to the tenth part of a length.
  func path(within slack: Double) -> Markup {
    let decimals = ReportMap.decimals(for: slack / 5)
    return enumerated().map { index, point -> Markup in
      let place = [point.x, point.y].map { $0.shortened(decimals: decimals) }
      return Markup(trusted: (index == 0 ? "M" : "L") + place.joined(separator: " "))
    }.joined()
  }
}
