import Foundation
import RasterCore
import RemoteFiles
import Synchronization
import TestSupport
import Testing

@testable import GeoIO

/// Settings are of the process, and the network is open for single addresses only: other suites count on its being shut.
@Suite("Rasters on a server", .serialized)
struct RemoteRasterTests {
  private static let side = 1024
  private static let grid = try! Grid.northUp(
    "EPSG:32652", west: 500_000, north: 4_800_000, step: 10, columns: side, rows: side)
  private static let raster = Raster<UInt8>(grid) { column, row in
    UInt8(truncatingIfNeeded: (column &* 7919) ^ (row &* 104_729) &+ column / 128)
  }

  private static let files = Mutex<[[String]: [UInt8]]>([:])

  /// The bytes of a raster of 64 blocks of 16 KiB.
  private static func file(_ options: [String], _ folder: TemporaryFolder) throws -> [UInt8] {
    if let known = files.withLock({ $0[options] }) { return known }
    try raster.write(
      to: folder.path("a.tif"), on: grid,
      options: ["TILED=YES", "BLOCKXSIZE=128", "BLOCKYSIZE=128"] + options)
    let bytes = [UInt8](try folder.contents(of: "a.tif"))
    files.withLock { $0[options] = bytes }
    return bytes
  }

  private typealias Faults = @Sendable (Int, RangeServer.Request) -> RangeServer.Fault?

  /// Runs `body` with a cache of its own.
  private static func with(
    _ options: [String] = [],
    fault: @escaping Faults = { _, _ in nil },
    _ body: (RangeServer, [UInt8]) throws -> Void
  ) throws {
    try TemporaryFolder.with { folder in
      let bytes = try file(options, folder)
      let server = try #require(RangeServer(["/a.tif": bytes], fault: fault))
      defer { server.stop() }
      GeospatialLibraries.ready
      RemoteSources.use(.init(cache: folder.path("cache"), agent: "habitat/test"))
      defer { RemoteSources.use(.init()) }
      RemoteSources.permit([server.address + "/a.tif", server.address + "/none.tif"])
      try body(server, bytes)
    }
  }

  private static func cells(
    of dataset: borrowing RasterDataset, _ window: Window
  ) throws(HabitatError) -> [UInt8] {
    var cells = [UInt8](repeating: 0, count: window.columns * window.rows)
    try dataset.read(window, band: 1, into: &cells)
    return cells
  }

  private static func allCells(of path: String) throws -> [UInt8] {
    let dataset = try RasterDataset(reading: path)
    return try cells(of: dataset, grid.window)
  }

  @Test("a window costs the head and its blocks, and nothing beside the file is asked for")
  func counts() throws {
    try Self.with { server, bytes in
      let window = Window(column: 300, row: 600, columns: 300, rows: 200)
      // Columns 256–639 and rows 512–895: blocks 2–4 of rows 4–6.
      let blocks = TIFFFile(Data(bytes)).blocks()
      let needed = [4, 5, 6].flatMap { row in [2, 3, 4].map { blocks[row * 8 + $0] } }
      let dataset = try RasterDataset(reading: "/vsicurl/" + server.address + "/a.tif")
      #expect(dataset.geotransform == Self.grid.geotransform && dataset.crs == Self.grid.crs)
      _ = (dataset.metadata, dataset.overviewSizes, dataset.categoryNames(ofBand: 1))
      #expect(server.requests.count == 1)
      #expect(
        dataset.storedRanges(of: window, band: 1).map { RangeSet($0) } == RangeSet(needed))
      try dataset.fetchAhead(window, band: 1)
      #expect(try Self.cells(of: dataset, window) == Self.raster.cut(window).cells)
      #expect(server.requests.count == 1 + 3)
      let sent = server.requests.reduce(0) {
        $0 + ($1.range.map { $0.clamped(to: 0..<bytes.count).count } ?? bytes.count)
      }
      #expect(sent == 65536 + needed.reduce(0) { $0 + $1.count })
      #expect(server.requests.allSatisfy { $0.method == "GET" && $0.path == "/a.tif" })
      #expect(server.requests.allSatisfy { $0.headers.contains("User-Agent: habitat/test") })
    }
  }

  @Test("all of it is read without a plan too, and again from the cache without a server")
  func whole() throws {
    try Self.with { server, bytes in
      let path = server.address + "/a.tif"
      let cells = try Self.allCells(of: path)
      #expect(cells == Self.raster.cells)
      #expect(FileSystem.size(of: path) == .bytes(bytes.count))
      let count = server.requests.count
      #expect(count < 10)
      server.stop()
      var settings = RemoteSources.settings
      settings.isOffline = true
      RemoteSources.use(settings)
      let again = try Self.allCells(of: path)
      #expect(again == Self.raster.cells)
      var read: [UInt8] = []
      #expect(
        FileSystem.read(path) {
          read += $0
          return true
        })
      #expect(read == bytes)
      #expect(server.requests.count == count)
    }
  }

  /// GDAL goes on with a tile that it could not read, and takes the head of the file for it.
  @Test(
    "whichever request fails, cells and place are right or there is an error",
    arguments: [RangeServer.Fault.exchanged, .status(403), .status(404), .whole, .signIn])
  func faults(fault: RangeServer.Fault) throws {
    for options in [[], ["COMPRESS=DEFLATE"], ["TILED=NO"]] {
      var outcomes: [String] = []
      for number in (fault == .exchanged ? 2 : 1)...9 {
        let faults: Faults = { count, _ in count >= number ? fault : nil }
        try Self.with(options, fault: faults) { server, _ in
          do throws(HabitatError) {
            let dataset = try RasterDataset(reading: server.address + "/a.tif")
            let place = dataset.geotransform
            let crs = dataset.crs
            var cells: [UInt8] = []
            for row in stride(from: 0, to: Self.side, by: 128) {
              let window = Window(column: 0, row: row, columns: Self.side, rows: 128)
              cells += try Self.cells(of: dataset, window)
            }
            #expect(cells == Self.raster.cells && place == Self.grid.geotransform)
            #expect(crs == Self.grid.crs)
            outcomes.append("whole")
          } catch {
            outcomes.append(error.slug)
          }
        }
      }
      let slugs = Set(outcomes)
      let expected: Set<String> =
        switch fault {
        case .exchanged: ["input-changed"]
        case .status(404): ["input-missing", "input-changed"]
        case .whole: ["source-no-ranges"]
        default: ["source-refused"]
        }
      // Exchanged before the first request, it would be another file, whole.
      #expect(slugs.subtracting(expected).isSubset(of: ["whole"]), "\(outcomes)")
      #expect(!slugs.isDisjoint(with: expected))
    }
  }

  @Test("what is not there, and what nobody has named, is said")
  func missing() throws {
    try Self.with { server, _ in
      let error = #expect(throws: HabitatError.self) {
        _ = try RasterDataset(reading: server.address + "/none.tif").columns
      }
      #expect(error?.slug == "input-missing")
      let count = server.requests.count
      let other = #expect(throws: HabitatError.self) {
        _ = try RasterDataset(reading: server.address + "/b.tif").columns
      }
      #expect(other?.slug == "source-remote" && server.requests.count == count)
    }
  }

  @Test("outlines on a server are read as a file is, by their address and as /vsicurl/")
  func outlines() throws {
    let text = """
      { "type": "FeatureCollection", "features": [ { "type": "Feature", "properties": { "name": "a" },
        "geometry": { "type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]] } } ] }
      """
    try TemporaryFolder.with { folder in
      let server = try #require(RangeServer(["/a.geojson": Array(text.utf8)]))
      defer { server.stop() }
      GeospatialLibraries.ready
      RemoteSources.use(.init(cache: folder.path("cache")))
      defer { RemoteSources.use(.init()) }
      RemoteSources.permit([server.address + "/a.geojson"])
      for path in [server.address + "/a.geojson", "/vsicurl/" + server.address + "/a.geojson"] {
        let layer = try PolygonLayer(reading: path, .init())
        #expect(layer.features.map(\.name) == ["a"] && layer.files == [path])
      }
      #expect(server.requests.map(\.path) == ["/a.geojson"])
    }
  }

  @Test("the stamp of a file is what its server told, and its failure afterwards")
  func stamps() throws {
    let faults: Faults = { number, _ in number > 1 ? .exchanged : nil }
    try Self.with(fault: faults) { server, bytes in
      let path = "/vsicurl/" + server.address + "/a.tif"
      let stamp = FileStamp(path)
      #expect(stamp.remote == .found(["\"a\"", "", String(bytes.count)]))
      #expect(FileStamp(path) == stamp && server.requests.count == 1)
      let source = try #require(RemoteSources.source(in: path))
      #expect(throws: RemoteFailure.self) { try source.fetch([bytes.count - 10..<bytes.count]) }
      guard case .failed(let error) = FileStamp(path).remote else {
        Issue.record("the failure is forgotten")
        return
      }
      #expect(error.slug == "input-changed" && error.location == path)
    }
  }

  @Test(
    "the address behind a path",
    arguments: [
      ("s3://copernicus-dem-30m/a/b.tif", "https://copernicus-dem-30m.s3.amazonaws.com/a/b.tif"),
      ("GTIFF_DIR:2:/vsicurl/https://a/b.tif", "https://a/b.tif"),
      ("NETCDF:\"https://a/b.nc\":v", "https://a/b.nc"), ("/vsis3/b/a.tif", nil),
      ("/vsicurl/ftp://a/b", nil),
    ])
  func address(path: String, address: String?) {
    #expect(RemoteSources.address(in: path)?.url == address)
  }
}
