import Foundation
import GeoIO
public import RasterCore

/// Makes the demonstration landscape and writes it as a folder.
public struct LandscapeWriter: Sendable {
  private let terrain: Terrain
  private let settlements: [Settlement]
  private let cover: LandCover
  private let network: RoadNetwork

  /// Works the whole landscape out: some 40 s.
  public init() {
    terrain = Terrain()
    settlements = Settlement.all(on: terrain)
    cover = LandCover(terrain: terrain, settlements: settlements)
    network = RoadNetwork(joining: settlements, on: terrain)
  }

  /// Writes land cover, elevation, parks, infrastructure and `landscape.json` into `folder`.
  ///
  /// The files are made beside the folder and moved when all are complete.
  ///
  /// - Returns: the files' paths within the folder.
  /// - Throws: `.cannotWrite`.
  public func write(to folder: String) throws(HabitatError) -> [String] {
    let partial = folder + ".partial"
    try Self.moving(partial) { files in
      try? files.removeItem(atPath: partial)
      for part in ["landcover", "dem"] {
        try files.createDirectory(
          atPath: "\(partial)/\(part)", withIntermediateDirectories: true)
      }
    }
    let crs = try CoordinateReferenceSystem(userInput: "EPSG:32652")
    let geographic = try CoordinateReferenceSystem(userInput: "EPSG:4326")
    try writeCover(to: partial + "/landcover", crs)
    try writeElevation(to: partial + "/dem", geographic)
    try writeParks(to: partial + "/parks.gpkg", geographic)
    try writeInfrastructure(to: partial + "/infrastructure.gpkg", geographic)
    var written: [String] = []
    try Self.moving(folder) { files in
      try Data(LandscapeFile.text.utf8).write(to: URL(fileURLWithPath: partial + "/landscape.json"))
      for part in ["landcover", "dem"] {
        try files.createDirectory(atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
      }
      for path in try files.subpathsOfDirectory(atPath: partial).sorted()
      where !["landcover", "dem"].contains(path) {
        try? files.removeItem(atPath: "\(folder)/\(path)")
        try files.moveItem(atPath: "\(partial)/\(path)", toPath: "\(folder)/\(path)")
        written.append(path)
      }
      try files.removeItem(atPath: partial)
    }
    return written
  }

  private static func moving(
    _ path: String, _ body: (FileManager) throws -> Void
  ) throws(HabitatError) {
    do {
      try body(FileManager.default)
    } catch {
      throw HabitatError(
        .cannotWrite, "write-failed",
        "the landscape cannot be written: \(error.localizedDescription)", at: path,
        fix: "check free space and permissions")
    }
  }

  private static func options(block: Int) -> [String] {
    [
      "COMPRESS=DEFLATE", "ZLEVEL=9", "PREDICTOR=2", "TILED=YES", "BLOCKXSIZE=\(block)",
      "BLOCKYSIZE=\(block)",
    ]
  }

  private func writeCover(
    to folder: String, _ crs: CoordinateReferenceSystem
  ) throws(HabitatError) {
    let (columns, rows) = (Frame.columnsPerTile, Frame.rowsPerTile)
    let whole = Geotransform(
      originX: Frame.minX, columnStepX: Frame.cellSize, originY: Frame.maxY,
      rowStepY: -Frame.cellSize)
    for tile in 0..<(Frame.tileColumns * Frame.tileRows) {
      let (down, right) = tile.quotientAndRemainder(dividingBy: Frame.tileColumns)
      let grid = Grid(
        crs: crs, geotransform: whole.moved(column: right * columns, row: down * rows),
        columns: columns, rows: rows)
      let writer = try RasterWriter(
        creating: "\(folder)/landcover_r\(down + 1)c\(right + 1).tif", grid: grid,
        typeName: "Byte", nodata: 0,
        // A predictor spoils codes.
        options: Self.options(block: 512).filter { $0 != "PREDICTOR=2" })
      writer.setColours(Self.colours)
      writer.setCategoryNames(["No data"] + LandCategory.allCases.map(\.name))
      writer.setDescription("land cover, synthetic")
      var cells: [UInt8] = []
      for row in (down * rows)..<((down + 1) * rows) {
        let start = row * Frame.columns + right * columns
        cells += cover.codes[start..<(start + columns)]
      }
      try writer.write(cells, to: grid.window)
      try writer.close()
    }
  }

  private static let colours: [UInt8: UInt32] = [
    1: 0x6FAE4E, 2: 0x2F7D32, 3: 0x0F4C3A, 4: 0xB5A642, 5: 0xD9E67A, 6: 0x3F7FD0, 7: 0xB8B0A8,
    8: 0xF0C36A, 9: 0x7FD6C8, 10: 0xC0392B,
  ]

  private func writeElevation(
    to folder: String, _ crs: CoordinateReferenceSystem
  ) throws(HabitatError) {
    let count = Frame.cellsPerDegree
    for tile in ElevationTile.all {
      let grid = Grid(
        crs: crs,
        geotransform: Geotransform(
          originX: Double(tile.longitude), columnStepX: 1 / Double(count),
          originY: Double(tile.latitude + 1), rowStepY: -1 / Double(count)),
        columns: count, rows: count)
      let writer = try RasterWriter(
        creating: "\(folder)/\(tile.name)", grid: grid, typeName: "Int16",
        nodata: Double(ElevationTile.nodata), options: Self.options(block: 256))
      writer.setDescription("elevation in metres, synthetic")
      try writer.write(tile.cells(of: terrain), to: grid.window)
      try writer.close()
    }
  }

  private func writeParks(
    to path: String, _ crs: CoordinateReferenceSystem
  ) throws(HabitatError) {
    let writer = try VectorWriter(creating: path)
    try writer.addLayer(
      "parks", crs: crs, kind: .polygon,
      fields: [("park_id", .whole), ("name", .text), ("country", .text)],
      features: Park.all.map { park in
        (
          .polygon(PolygonShape(rings: [Self.counterClockwise(park.outline)])),
          [.whole(park.id), .text(park.name), .text(park.country)]
        )
      })
    try writer.close()
  }

  private func writeInfrastructure(
    to path: String, _ crs: CoordinateReferenceSystem
  ) throws(HabitatError) {
    let writer = try VectorWriter(creating: path)
    try writer.addLayer(
      "roads", crs: crs, kind: .line, fields: [("highway", .text)],
      features: network.roads.map { road in
        (.line(road.line.map { Self.place($0) }), [.text(road.highway)])
      })
    try writer.addLayer(
      "settlements", crs: crs, kind: .polygon, fields: [("place", .text), ("name", .text)],
      features: settlements.map { settlement in
        let outline = settlement.outline(threshold: cover.builtThreshold(for: settlement))
        return (
          .polygon(
            PolygonShape(rings: [Self.counterClockwise(outline.map { Self.place($0) })])),
          [.text(settlement.kind.rawValue), .text(settlement.name)]
        )
      })
    try writer.close()
  }

  /// Longitude and latitude to about a decimetre.
  private static func place(_ point: Point) -> Point {
    let place = TransverseMercator.unproject(point)
    return Point(x: (place.x * 1e6).rounded() / 1e6, y: (place.y * 1e6).rounded() / 1e6)
  }

  private static func counterClockwise(_ ring: [Point]) -> [Point] {
    var doubled = 0.0
    for (index, point) in ring.enumerated() {
      let next = ring[(index + 1) % ring.count]
      doubled += point.x * next.y - next.x * point.y
    }
    return doubled < 0 ? ring.reversed() : ring
  }
}
