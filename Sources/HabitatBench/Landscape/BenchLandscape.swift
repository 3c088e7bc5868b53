import Foundation
import GeoIO
import RasterCore

/// A landscape of one size: where its files are and how they are made.
struct BenchLandscape: Sendable {
  let folder: String
  /// Cells along a side of the land cover.
  let size: Int

  var landCover: String { folder + "/landcover.tif" }
  /// EPSG:4326, 1 arc-second.
  var geographicElevation: String { folder + "/dem-4326.tif" }
  /// On the grid of the land cover.
  var alignedElevation: String { folder + "/dem-aligned.tif" }
  var parks: String { folder + "/parks.gpkg" }

  private static let rowsAtOnce = 256
  static let noHeight = -32_768.0
  /// As products come.
  static let creationOptions = [
    "TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256", "COMPRESS=DEFLATE", "BIGTIFF=IF_SAFER",
    "NUM_THREADS=ALL_CPUS",
  ]

  /// The grid of the land cover: UTM zone 52N, cells of 30 m, in the middle of the zone.
  func grid() throws(HabitatError) -> Grid {
    let half = Double(size) * 15
    return Grid(
      crs: try CoordinateReferenceSystem(userInput: "EPSG:32652"),
      geotransform: Geotransform(
        originX: 500_000 - half, columnStepX: 30, originY: 4_800_000 + half, rowStepY: -30),
      columns: size, rows: size)
  }

  /// Makes the files that are not there yet.
  ///
  /// - Parameter withAlignedElevation: the DEM on the land cover's grid, too.
  /// - Throws: `.cannotWrite`.
  func write(withAlignedElevation: Bool = true) throws(HabitatError) {
    try makeFolder()
    let grid = try grid()
    let geographic = try geographicGrid(around: grid)
    try making(landCover) { path throws(HabitatError) in try writeLandCover(to: path, grid) }
    try making(geographicElevation) { path throws(HabitatError) in
      try writeElevation(to: path, geographic)
    }
    if withAlignedElevation {
      try making(alignedElevation) { path throws(HabitatError) in
        try writeElevation(to: path, grid)
      }
    }
    try making(parks) { path throws(HabitatError) in
      try writeParks(to: path, grid, geographic.crs)
    }
  }

  /// - Throws: `.cannotWrite`.
  func makeFolder() throws(HabitatError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw HabitatError(
        .cannotWrite, "write-failed",
        "the folder cannot be made: \(error.localizedDescription)", at: folder,
        fix: "choose another --keep")
    }
  }

  /// A file appears under its name when it is whole.
  func making(
    _ path: String, _ make: (String) throws(HabitatError) -> Void
  ) throws(HabitatError) {
    guard FileSystem.size(of: path) == .missing else { return }
    let partial = folder + "/partial-" + String(path.split(separator: "/").last ?? "")
    try? FileManager.default.removeItem(atPath: partial)
    try make(partial)
    do {
      try FileManager.default.moveItem(atPath: partial, toPath: path)
    } catch {
      throw HabitatError(
        .cannotWrite, "write-failed",
        "the file cannot be moved to its name: \(error.localizedDescription)", at: path,
        fix: "check the permissions of the folder")
    }
  }

  /// Whole arc-seconds around the land cover and a little more.
  func geographicGrid(around grid: Grid) throws(HabitatError) -> Grid {
    let crs = try CoordinateReferenceSystem(userInput: "EPSG:4326")
    let transform = try CoordinateTransform(from: grid.crs, to: crs)
    let steps = (0...64).map { Double($0) / 64 }
    var rim = steps.flatMap { step in
      let along = step * Double(size)
      let far = Double(size)
      return [(along, 0), (along, far), (0, along), (far, along)].map {
        grid.geotransform.point(column: $0.0, row: $0.1)
      }
    }
    transform.transform(&rim)
    guard let box = Extent(around: rim) else { preconditionFailure("a rim has points") }
    let margin = 20.0
    let west = (box.minX * 3_600).rounded(.down) - margin
    let north = (box.maxY * 3_600).rounded(.up) + margin
    return Grid(
      crs: crs,
      geotransform: Geotransform(
        originX: west / 3_600, columnStepX: 1 / 3_600, originY: north / 3_600,
        rowStepY: -1 / 3_600),
      columns: Int((box.maxX * 3_600).rounded(.up) + margin - west),
      rows: Int(north - (box.minY * 3_600).rounded(.down) + margin))
  }

  // MARK: Cells

  private func writeLandCover(to path: String, _ grid: Grid) throws(HabitatError) {
    let (broad, fine) = (HashNoise(seed: 1), HashNoise(seed: 2))
    try write(to: path, grid, typeName: "Byte", nodata: 0, options: []) { row, sums in
      broad.add(row: row, shift: 7, amplitude: 1_600, to: &sums)
      broad.add(row: row, shift: 4, amplitude: 300, to: &sums)
      return sums.indices.map { column -> UInt8 in
        // One cell in 64 differs from the patch that it lies in.
        let speck = fine.hash(column, row)
        if speck & 63 == 0 { return UInt8(1 + (speck &>> 8) % 10) }
        return UInt8(max(1, min(10, 1 + (Int(sums[column]) - 350) / 120)))
      }
    }
  }

  private func writeElevation(to path: String, _ grid: Grid) throws(HabitatError) {
    let relief = HashNoise(seed: 3)
    let octaves = [(9, 1_200), (7, 500), (5, 120), (3, 25), (1, 3)]
    try write(
      to: path, grid, typeName: "Int16", nodata: Self.noHeight, options: ["PREDICTOR=2"]
    ) { row, sums in
      for (shift, amplitude) in octaves {
        relief.add(row: row, shift: shift, amplitude: amplitude, to: &sums)
      }
      // A metre up or down from cell to cell, as in any measured DEM: without it none is so small.
      return sums.indices.map { column in
        Int16(truncatingIfNeeded: sums[column] - 100 + Int32(relief.hash(column, row) & 1))
      }
    }
  }

  /// - Parameter cells: of a row, given its number and as many zeros as it has columns.
  private func write<Cell: RasterCell>(
    to path: String, _ grid: Grid, typeName: String, nodata: Double, options: [String],
    _ cells: (Int, inout [Int32]) -> [Cell]
  ) throws(HabitatError) {
    let writer = try RasterWriter(
      creating: path, grid: grid, typeName: typeName, nodata: nodata,
      options: Self.creationOptions + options)
    for first in stride(from: 0, to: grid.rows, by: Self.rowsAtOnce) {
      let rows = min(Self.rowsAtOnce, grid.rows - first)
      var block: [Cell] = []
      block.reserveCapacity(rows * grid.columns)
      for row in first..<first + rows {
        var sums = [Int32](repeating: 0, count: grid.columns)
        block += cells(row, &sums)
      }
      try writer.write(
        block, to: Window(column: 0, row: first, columns: grid.columns, rows: rows))
    }
    try writer.close()
  }

  private func writeParks(
    to path: String, _ grid: Grid, _ crs: CoordinateReferenceSystem
  ) throws(HabitatError) {
    let transform = try CoordinateTransform(from: grid.crs, to: crs)
    let shapes = ParkOutlines(on: grid).shapes.map { shape in
      PolygonShape(
        rings: shape.rings.map { ring in
          var ring = ring
          transform.transform(&ring)
          return ring
        })
    }
    let writer = try VectorWriter(creating: path)
    try writer.addLayer(
      "parks", crs: crs, kind: .polygon, fields: [("park_id", .whole), ("name", .text)],
      features: shapes.enumerated().map { index, shape in
        (.polygon(shape), [.whole(index + 1), .text("Park \(index + 1)")])
      })
    try writer.close()
  }
}
