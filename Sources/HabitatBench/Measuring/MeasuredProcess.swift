import Foundation
import GeoIO
import HabitatKit
import RasterCore
import RasterLoader
import Reclassification

/// One run or one floor in a process of its own, so that its peak memory is its own.
enum MeasuredProcess {
  struct Result: Sendable {
    var seconds: Double
    /// Of all threads, which other programs disturb less.
    var processorSeconds: Double
    /// Mebibytes.
    var peakMemory: Double
  }

  /// The hidden first argument.
  static let argument = "measure-one"

  /// Starts this program again for a case and waits for it.
  ///
  /// - Throws: `.fault`, slug `bench-failed`.
  static func measure(
    _ number: Int, isFloor: Bool, _ landscape: BenchLandscape
  ) throws(HabitatError) -> Result {
    try measure(number, isFloor ? "floor" : "run", landscape)
  }

  /// The same for a run of the first case with other parks, and whatever memory they take.
  static func measure(
    outlines: String, _ landscape: BenchLandscape
  ) throws(HabitatError) -> Result {
    try measure(0, outlines, landscape)
  }

  /// The same for the box of a park, in the tile or in the cells that were cut out of it.
  static func measure(
    park: ParkInTile, isCutOut: Bool
  ) throws(HabitatError) -> Result {
    try measure(0, park.park, isCutOut ? park.cutOut : park.tile, reach: ParkInTile.reach)
  }

  private static func measure(
    _ number: Int, _ what: String, _ landscape: BenchLandscape, reach: Double? = nil
  ) throws(HabitatError) -> Result {
    let process = Process()
    let own = "/proc/self/exe"
    process.executableURL = URL(
      fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(atPath: own)) ?? own)
    process.arguments = [
      argument, String(number), what, landscape.folder, String(landscape.size),
      reach.map { String($0) } ?? "",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    let data: Data
    do {
      try process.run()
      data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    } catch {
      throw failure("the measured process cannot be run: \(error.localizedDescription)")
    }
    process.waitUntilExit()
    let numbers = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .compactMap { Double($0) }
    guard process.terminationStatus == 0, numbers.count == 3 else {
      throw failure("the measured process ended with \(process.terminationStatus)")
    }
    return Result(
      seconds: numbers[0], processorSeconds: numbers[1], peakMemory: numbers[2])
  }

  /// What the process started by `measure` does: prints seconds, seconds of processors and
  /// mebibytes.
  static func main(_ arguments: [String]) throws(HabitatError) {
    guard arguments.count == 6, let number = Int(arguments[1]), let size = Int(arguments[4]),
      Case.withPeers.indices.contains(number)
    else { throw failure("bad arguments") }
    let (run, landscape) = (
      Case.withPeers[number], BenchLandscape(folder: arguments[3], size: size)
    )
    let time =
      arguments[2] == "floor"
      ? try seconds { () throws(HabitatError) in
        try Floor(run, landscape).run(on: try landscape.grid())
      }
      : try seconds { () throws(HabitatError) in
        var request = try request(run, landscape)
        if arguments[2] != "run" {
          request.landscape.parks = Landscape.VectorLayer(path: arguments[2])
          request.memory = 1 << 14
          request.grid.extent = Double(arguments[5]).map { .parks(ParkReach(kilometres: $0)) }
        }
        _ = try ScoreRun(request).run()
      }
    print(time, processorSeconds(), peakMemory())
  }

  private static func request(
    _ run: Case, _ files: BenchLandscape
  ) throws(HabitatError) -> ScoreRequest {
    var landscape = Landscape(name: "bench")
    landscape.landCover = Landscape.RasterLayer(paths: [files.landCover])
    landscape.legend = "ten_categories"
    landscape.elevation = Landscape.RasterLayer(paths: [run.elevation(of: files)])
    landscape.parks = Landscape.VectorLayer(path: files.parks)
    var models: [SpeciesModel] = []
    if run.usesPeersModel {
      let file = PeerModel.path(in: files)
      models = [try SpeciesModel(json5: Data(try FileSystem.contents(of: file)), file: file)]
    } else {
      models = try ModelCatalogue().models(chosenBy: run.species)
    }
    var request = ScoreRequest(landscape: landscape, models: models)
    (request.output, request.overwrite) = (run.output(in: files), true)
    (request.creationOptions, request.threads) = (run.compressor.options, run.threads)
    return request
  }

  private static func processorSeconds() -> Double {
    var usage = rusage()
    unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  /// The kernel's high-water mark of this process's own memory: unlike `ru_maxrss` it does not begin with
  /// that of the process that started it.
  private static func peakMemory() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
    return (kibibytes.flatMap { Double($0) } ?? 0) / 1_024
  }

  private static func failure(_ what: String) -> HabitatError {
    HabitatError(
      .fault, "bench-failed", what, at: "habitat-bench", fix: "see the messages above")
  }
}
