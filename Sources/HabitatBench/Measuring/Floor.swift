import Foundation
import GeoIO
import RasterCore
import Synchronization

/// The least that any program must do: decode both inputs and encode class rasters of the land cover's
/// size with the tiles and the compressor of a run.
///
/// Decoding runs on all threads, each with a dataset of its own; encoding on as many threads of GDAL's.
/// The classes are a table of 256 entries over the land cover.
struct Floor {
  let landCover: String
  let elevation: String
  /// One class raster each.
  let outputs: [String]
  let compressor: Compressor
  let threads: Int

  private static let stripRows = 512
  private static let classes = (0...255).map { (code: Int) -> UInt8 in
    code == 0 ? 0 : UInt8(1 + (code * 7 + 3) % 4)
  }

  init(_ run: Case, _ landscape: BenchLandscape) {
    (landCover, elevation) = (landscape.landCover, run.elevation(of: landscape))
    outputs = (0..<run.speciesCount).map { "\(landscape.folder)/floor-\($0).tif" }
    (compressor, threads) = (run.compressor, run.threads)
  }

  /// - Throws: `.input`, `.cannotWrite`.
  func run(on grid: Grid) throws(HabitatError) {
    GeospatialLibraries.limitBlockCache(toBytes: 128 << 20)
    var writers: [SharedWriter] = []
    for path in outputs {
      writers.append(
        try SharedWriter(
          RasterWriter(
            creating: path, grid: grid, typeName: "Byte", nodata: 0,
            options: compressor.options(threads: threads))))
    }
    let open = writers
    let next = Counter()
    let failure = Mutex<HabitatError?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      do throws(HabitatError) {
        try work(taking: next, open)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    for writer in writers { try writer.close() }
  }

  /// One thread's share: strips of the land cover, then strips of the DEM.
  private func work(taking next: Counter, _ writers: [SharedWriter]) throws(HabitatError) {
    let unchecked = BlockChecks(of: .nothing)
    let land = try RasterDataset(reading: landCover, sharing: unchecked)
    let heights = try RasterDataset(reading: elevation, sharing: unchecked)
    let landStrips = (land.rows + Self.stripRows - 1) / Self.stripRows
    let count = landStrips + (heights.rows + Self.stripRows - 1) / Self.stripRows
    var codes: [UInt8] = []
    var metres: [Int16] = []
    while true {
      let number = next.take()
      guard number < count else { return }
      guard number < landStrips else {
        let strip = Self.strip(number - landStrips, heights.columns, heights.rows)
        metres.fit(strip.cellCount)
        try heights.read(strip, band: 1, into: &metres)
        continue
      }
      let strip = Self.strip(number, land.columns, land.rows)
      codes.fit(strip.cellCount)
      try land.read(strip, band: 1, into: &codes)
      let classes = codes.map { Self.classes[Int($0)] }
      for writer in writers { try writer.write(classes, to: strip) }
    }
  }

  private static func strip(_ number: Int, _ columns: Int, _ rows: Int) -> Window {
    let row = number * stripRows
    return Window(column: 0, row: row, columns: columns, rows: min(stripRows, rows - row))
  }
}

/// Numbers from 0, each given out once.
private final class Counter: Sendable {
  private let next = Atomic<Int>(0)
  func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
}

/// A raster that several threads write to.
///
/// Sendable although GDAL handles are not: every use is under the lock, and GDAL lets threads use a handle
/// one after another.
private final class SharedWriter: @unchecked Sendable {
  private let lock = NSLock()
  private var writer: RasterWriter?

  init(_ writer: consuming RasterWriter) { self.writer = consume writer }

  func write(_ cells: [UInt8], to window: Window) throws(HabitatError) {
    lock.lock()
    defer { lock.unlock() }
    try writer?.write(cells, to: window)
  }

  func close() throws(HabitatError) {
    lock.lock()
    defer { lock.unlock() }
    try writer.take()?.close()
  }
}

extension [UInt8] {
  fileprivate mutating func fit(_ count: Int) {
    if self.count < count { self = [UInt8](repeating: 0, count: count) }
  }
}

extension [Int16] {
  fileprivate mutating func fit(_ count: Int) {
    if self.count < count { self = [Int16](repeating: 0, count: count) }
  }
}
