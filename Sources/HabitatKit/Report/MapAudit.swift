import Foundation
import GeoIO
import RasterCore
import Reporting

/// Compares what the maps of a report show with the class rasters and the parks of its run, dot by dot and
/// point by point.
struct MapAudit {
  private(set) var pictures = 0
  private(set) var outlines = 0
  private(set) var differences: [(place: String, what: String)] = []

  /// - Throws: `.input`, slug `output-changed`, where the run's files cannot be read.
  init(html: String, run: FinishedRun, species: [String]) throws(HabitatError) {
    let maker = MapMaker(run: run, species: species)
    guard let grid = try maker.grid() else { return }
    let frame = try MapFrame(grid)
    let page = MapText(html)
    for species in species where run.has(MapPictures.classRaster(of: species)) {
      let shown = page.pictures.filter { $0.key == species }
      if !shown.contains(where: { $0.id == "picture-\(species)" }) {
        differences.append((place: "picture-\(species)", what: "the report has no such map"))
      }
      try check(shown, of: species, run, frame)
    }
    let dots = page.pictures.filter { species.contains($0.key) }
    try check(page.outlines, dots, of: try maker.parks(on: frame), frame)
  }

  // MARK: Pictures

  private mutating func check(
    _ shown: [MapText.Picture], of species: String, _ run: FinishedRun,
    _ frame: borrowing MapFrame
  ) throws(HabitatError) {
    let name = MapPictures.classRaster(of: species)
    let dataset = try run.raster(name)
    let pictures = MapPictures(run: run, species: [species])
    let landCover = try pictures.landCover(on: frame)
    for picture in shown {
      self.pictures += 1
      guard let plan = BlockPlan(picture.window, block: picture.block, of: frame.grid.window),
        let codes = Self.cells(of: picture.png),
        codes.columns == plan.columns, codes.rows == plan.rows
      else {
        differences.append((place: picture.id, what: "it is no picture of \(name)"))
        continue
      }
      let place = frame.box(of: plan.blocks)
      let reach = frame.cell / 2
      if !place.expanded(byX: reach, y: reach).contains(picture.box)
        || !picture.box.expanded(byX: reach, y: reach).contains(place)
      {
        differences.append((place: picture.id, what: "it does not lie where its cells are"))
      }
      let blocks = try pictures.blocks(plan, of: dataset, name, over: landCover, on: frame)
      let wrong = zip(codes.cells, blocks.codes.cells).count { $0 != $1 }
      if wrong > 0 {
        differences.append(
          (
            place: picture.id,
            what: "\(wrong) of \(codes.cells.count) dots show another class than \(name)"
          ))
      }
      if let shares = blocks.shares,
        picture.shares.flatMap(Self.cells)?.cells != shares.cells
      {
        differences.append(
          (place: picture.id, what: "it names other shares of its blocks than \(name) has"))
      }
    }
  }

  private static func cells(of png: [UInt8]) -> Raster<UInt8>? {
    let memory = MemoryFolder()
    do throws(HabitatError) {
      let dataset = try RasterDataset(
        reading: try memory.write(png, to: "picture.png"), drivers: ["PNG"])
      var cells = [UInt8](repeating: 0, count: dataset.columns * dataset.rows)
      try dataset.read(
        Window(column: 0, row: 0, columns: dataset.columns, rows: dataset.rows), band: 1,
        into: &cells)
      return Raster(columns: dataset.columns, rows: dataset.rows, cells: cells)
    } catch {
      return nil
    }
  }

  // MARK: Outlines

  private mutating func check(
    _ drawn: [MapText.Outline], _ pictures: [MapText.Picture], of parks: [MapMaker.Park],
    _ frame: borrowing MapFrame
  ) throws(HabitatError) {
    /// Half a dot of the picture on which an outline is drawn.
    func reach(_ park: String?) -> Double {
      let all = pictures.filter { $0.id == "picture-\($0.key)" }
      let own = pictures.filter { picture in park.map { picture.id.hasSuffix("-\($0)") } ?? false }
      let block = (own.isEmpty ? all : own).map(\.block).min() ?? 1
      return Double(block) * frame.cell / 2
    }
    for park in parks {
      for (kind, reach) in [("outline-", reach(nil)), ("park-outline-", reach(park.anchor))] {
        guard let outline = drawn.first(where: { $0.id == kind + park.anchor }) else {
          // What is smaller than a dot may be left out.
          if max(park.box.width, park.box.height) > 4 * reach {
            differences.append(
              (place: kind + park.anchor, what: "the report does not draw the park \(park.name)"))
          }
          continue
        }
        outlines += 1
        if !Self.isNear(outline.shape, to: park.shape, within: reach) {
          differences.append(
            (
              place: outline.id,
              what: "the outline lies more than half a dot from that of the park \(park.name)"
            ))
        }
      }
    }
  }

  /// Whether the points of each are near the lines of the other. Parts that are smaller than a dot may be
  /// left out.
  private static func isNear(
    _ drawn: PolygonShape, to park: PolygonShape, within reach: Double
  ) -> Bool {
    let large = park.rings.filter { ring in
      Extent(around: ring).map { max($0.width, $0.height) > 4 * reach } ?? false
    }
    return !drawn.isEmpty && Lines(park).areNear(drawn.rings, within: reach)
      && Lines(drawn).areNear(large, within: reach)
  }

  private struct Lines {
    private let pieces: [(a: Point, b: Point)]
    private let tree: BoxTree

    init(_ shape: PolygonShape) {
      pieces = shape.rings.flatMap { ring in
        zip(ring, ring.dropFirst() + ring.prefix(1)).map { (a: $0, b: $1) }
      }
      tree = BoxTree(pieces.map { Extent(around: [$0.a, $0.b]) })
    }

    func areNear(_ rings: [[Point]], within reach: Double) -> Bool {
      rings.allSatisfy { ring in
        ring.allSatisfy { point in
          let box = Extent(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y)
          var isNear = false
          tree.forEach(meeting: box.expanded(byX: reach, y: reach)) { index in
            isNear = isNear || Self.distance(from: point, to: pieces[index]) <= reach
          }
          return isNear
        }
      }
    }

    private static func distance(from point: Point, to piece: (a: Point, b: Point)) -> Double {
      let (dx, dy) = (piece.b.x - piece.a.x, piece.b.y - piece.a.y)
      let length = dx * dx + dy * dy
      let along =
        length > 0
        ? min(max(((point.x - piece.a.x) * dx + (point.y - piece.a.y) * dy) / length, 0), 1) : 0
      return hypot(piece.a.x + along * dx - point.x, piece.a.y + along * dy - point.y)
    }
  }
}
