import GeoIO
import HabitatKit
import RasterCore
import RasterLoader
import Reclassification
import ZonalStatistics

/// Each stage of a run alone, on one thread, over every cell of the land cover.
struct Stages {
  struct Result: Sendable {
    let name: String
    /// Nanoseconds per cell of the land cover.
    let cost: Double
    /// Bytes that the stage wrote, where it did.
    var bytes: Int?
  }

  private let files: BenchLandscape
  private let land: LandCoverSource
  private let codes: CodeTable
  private let grid: Grid
  private let scorer: SuitabilityScorer
  private let index: ZoneIndex

  private static let tile = 512

  /// - Throws: `.input`.
  init(_ files: BenchLandscape) throws(HabitatError) {
    self.files = files
    land = try LandCoverSource([try Self.tile(files.landCover, "landcover")])
    grid = land.grid
    codes = CodeTable { code in
      LandCategory(rawValue: UInt8(clamping: code)).map { LandState($0) } ?? .nodata
    }
    scorer = try SuitabilityScorer(
      model: try SpeciesModel.builtIn(named: "leopard"), present: [.landCover, .elevation, .slope]
    ).tabulated()
    index = Self.index(on: grid)
  }

  /// - Throws: `.input`, `.cannotWrite`.
  func measure() throws(HabitatError) -> [Result] {
    GeospatialLibraries.limitBlockCache(toBytes: 128 << 20)
    var results: [Result] = []
    func add<Failure: Error>(
      _ name: String, _ body: () throws(Failure) -> Void
    ) throws(Failure) {
      results.append(Result(name: name, cost: perCell(try seconds(body))))
    }
    try add("parks: coverage and areas") { () throws(HabitatError) in
      _ = try MeasuredStages.parks(of: Landscape.VectorLayer(path: files.parks), on: grid)
    }
    try add("SHA-256 of the inputs") { () throws(HabitatError) in
      _ = try MeasuredStages.digests(
        of: [files.landCover, files.geographicElevation, files.parks])
    }
    try add("land cover: read and code") { () throws(HabitatError) in
      var reader = LandCoverReader(land, codes)
      var block = LandCoverBlock()
      for chunk in chunks { try reader.read(chunk, into: &block) }
    }
    try add("terrain with slope, DEM in EPSG:4326") { () throws(HabitatError) in
      try sampleTerrain(files.geographicElevation)
    }
    try add("terrain with slope, DEM on the grid") { () throws(HabitatError) in
      try sampleTerrain(files.alignedElevation)
    }
    results += try scoreRows()
    let raster = try classRaster()
    try add("overviews") { () throws(HabitatError) in
      for strip in raster {
        _ = MeasuredStages.overviews(of: strip, columns: grid.columns, grid: grid)
      }
    }
    for compressor in Compressor.all { results.append(try encode(raster, compressor)) }
    return results
  }

  // MARK: Stages

  private func sampleTerrain(_ path: String) throws(HabitatError) {
    let source = try ElevationSource([try Self.tile(path, "dem")], sampledOn: grid)
    var sampler = try TerrainSampler(source)
    var (elevation, slope) = (Self.chunkOfHeights, Self.chunkOfHeights)
    for chunk in chunks {
      try sampler.sample(chunk, elevation: &elevation, slope: &slope, withSlope: true)
    }
  }

  /// Classification and tally, timed apart over the same rows; reading and sampling are not counted.
  private func scoreRows() throws(HabitatError) -> [Result] {
    let source = try ElevationSource(
      [try Self.tile(files.alignedElevation, "dem")], sampledOn: grid)
    var sampler = try TerrainSampler(source)
    var reader = LandCoverReader(land, codes)
    var block = LandCoverBlock()
    var (elevation, slope) = (Self.chunkOfHeights, Self.chunkOfHeights)
    var tally = ZoneTally(index, layers: 2)
    var (classifying, tallying) = (0.0, 0.0)
    for chunk in chunks {
      try reader.read(chunk, into: &block)
      try sampler.sample(chunk, elevation: &elevation, slope: &slope, withSlope: true)
      let cells = CellValues(
        categories: block.states, planes: [.elevation: elevation, .slope: slope])
      var outcomes = [[UInt8]](
        repeating: [UInt8](repeating: 0, count: chunk.columns), count: chunk.rows)
      classifying += seconds {
        classify(chunk, cells, &outcomes)
      }
      tallying += seconds {
        for row in 0..<chunk.rows {
          let cells = row * chunk.columns..<(row + 1) * chunk.columns
          tally.add(
            row: chunk.row + row, firstColumn: chunk.column,
            codes: block.states.span.extracting(cells), layer: 0)
          tally.add(
            row: chunk.row + row, firstColumn: chunk.column,
            codes: outcomes[row], layer: 1)
        }
      }
    }
    return [
      Result(name: "classification of rows", cost: perCell(classifying)),
      Result(name: "tally: land states and one species", cost: perCell(tallying)),
    ]
  }

  private func classify(
    _ chunk: Window, _ cells: CellValues, _ outcomes: inout [[UInt8]]
  ) {
    for row in 0..<chunk.rows {
      var target = outcomes[row].mutableSpan
      scorer.classify(
        row * chunk.columns..<(row + 1) * chunk.columns, of: cells, into: &target)
    }
  }

  /// Writes the class raster of the latest run again, without overviews.
  private func encode(
    _ raster: [[UInt8]], _ compressor: Compressor
  ) throws(HabitatError) -> Result {
    let path = files.folder + "/encoded.tif"
    let time = try seconds { () throws(HabitatError) in
      let writer = try RasterWriter(
        creating: path, grid: grid, typeName: "Byte", nodata: 0,
        options: compressor.options(threads: 1))
      for (strip, cells) in zip(strips, raster) { try writer.write(cells, to: strip) }
      try writer.close()
    }
    var result = Result(name: "encoding, \(compressor.name)", cost: perCell(time))
    if case .bytes(let bytes) = FileSystem.size(of: path) { result.bytes = bytes }
    return result
  }

  /// The class raster that the latest run has left, strip by strip.
  private func classRaster() throws(HabitatError) -> [[UInt8]] {
    let dataset = try RasterDataset(
      reading: Case.standard.output(in: files) + "/leopard_class.tif")
    var raster: [[UInt8]] = []
    for strip in strips {
      var cells = [UInt8](repeating: 0, count: strip.cellCount)
      try dataset.read(strip, band: 1, into: &cells)
      raster.append(cells)
    }
    return raster
  }

  // MARK: Pieces

  private func perCell(_ seconds: Double) -> Double { seconds * 1e9 / Double(grid.cellCount) }

  private static var chunkOfHeights: [Float] { [Float](repeating: 0, count: tile * tile) }

  private var strips: [Window] {
    stride(from: 0, to: grid.rows, by: Self.tile).map { row in
      Window(
        column: 0, row: row, columns: grid.columns, rows: min(Self.tile, grid.rows - row))
    }
  }

  private var chunks: [Window] {
    strips.flatMap { strip in
      stride(from: 0, to: strip.columns, by: Self.tile).map { column in
        Window(
          column: column, row: strip.row, columns: min(Self.tile, strip.columns - column),
          rows: strip.rows)
      }
    }
  }

  private static func tile(_ path: String, _ layer: String) throws(HabitatError) -> RasterTile {
    try RasterTile(
      inspecting: path, layer: layer, RasterTile.Corrections(),
      unknownDatum: try CoordinateReferenceSystem(userInput: "EPSG:4326"))
  }

  /// The bench's parks, with areas that differ from cell to cell as those of UTM do.
  private static func index(on grid: Grid) -> ZoneIndex {
    let zones = ParkOutlines(on: grid).shapes.map { ZoneCoverage(of: $0, in: grid) }
    let nodes = ArealScaleLattice.nodes(cells: grid.columns, intervals: 15)
    let scale = nodes.indices.map { 1.0008 - 2e-5 * Double(($0 - 7) * ($0 - 7)) }
    let lattice = ArealScaleLattice(
      columns: nodes, rows: nodes, values: nodes.flatMap { _ in scale })
    return ZoneIndex(zones: zones, cellAreas: CellAreas(grid: grid, arealScale: lattice))
  }
}
