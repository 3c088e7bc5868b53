import Foundation
import GeoIO
import RasterCore

/// A script that does the same job with other tools, run as a program of its own.
struct Peer: Sendable {
  let name: String
  let script: String
  /// What an interpreter must be able to import, or programs that must be on the path.
  let modules: [String]
  let programs: [String]
  /// Of its class raster.
  let compressor: Compressor
  /// Behind the six arguments that all scripts take.
  let moreArguments: @Sendable (_ workFolder: String, _ python: String) -> [String]

  static let all = [
    Peer(
      name: "Python: numba + exactextract", script: "peer_numba.py",
      modules: ["numba", "rasterio", "exactextract", "fiona", "numpy"], programs: [],
      compressor: .deflate1,
      moreArguments: { _, _ in ["2", "2048", "1"] }),
    Peer(
      name: "Python: numba + exactextract", script: "peer_numba.py",
      modules: ["numba", "rasterio", "exactextract", "fiona", "numpy"], programs: [],
      compressor: .deflate6,
      moreArguments: { _, _ in ["2", "2048", "6"] }),
    Peer(
      name: "Python: rasterio + rasterstats", script: "peer_rasterstats.py",
      modules: ["rasterio", "rasterstats", "fiona", "numpy"], programs: [], compressor: .deflate6,
      moreArguments: { _, _ in [] }),
    Peer(
      name: "GDAL command line + exactextract", script: "peer_gdal_cli.sh",
      modules: ["exactextract", "fiona"],
      programs: ["gdalwarp", "gdaldem", "gdal_calc.py"], compressor: .deflate6,
      moreArguments: { work, python in [work, python] }),
  ]

  struct Result: Sendable {
    var seconds: Double
    var processorSeconds: Double
    /// Mebibytes of its largest process.
    var peakMemory: Double
  }

  /// What keeps it from running here, `nil` where nothing does.
  func obstacle(in folder: String, python: String) -> String? {
    guard case .bytes = FileSystem.size(of: folder + "/" + script) else {
      return "\(script) is not there"
    }
    for program in programs where !Self.succeeds(["which", program]) {
      return "\(program) is not installed"
    }
    let imports = modules.map { "import \($0)" }.joined(separator: "; ")
    return Self.succeeds([python, "-c", imports])
      ? nil : "\(python) lacks one of \(modules.joined(separator: ", "))"
  }

  /// Runs the script once.
  ///
  /// - Throws: `.fault`, slug `bench-failed`, where the script fails.
  func measure(
    in folder: String, python: String, _ landscape: BenchLandscape
  ) throws(HabitatError) -> Result {
    let work = landscape.folder + "/peer-work"
    try? FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: work) }
    let interpreter = script.hasSuffix(".py") ? python : "bash"
    var usage: Usage?
    let time = seconds {
      usage = Self.run(
        [
          interpreter, folder + "/" + script, landscape.landCover, landscape.geographicElevation,
          landscape.parks, folder + "/leopard.json", work + "/class.tif", work + "/table.csv",
        ] + moreArguments(work, python))
    }
    guard let usage else {
      throw HabitatError(
        .fault, "bench-failed", "\(script) failed", at: folder, fix: "run it by hand to see why")
    }
    return Result(
      seconds: time, processorSeconds: usage.processorSeconds, peakMemory: usage.peakMemory)
  }

  // MARK: Outlines

  /// Whether exactextract reads rasters and outlines with an interpreter.
  static func canExtract(python: String) -> Bool {
    succeeds([python, "-c", "import exactextract, rasterio, fiona"])
  }

  /// The coverage of a raster's cells by outlines, by exactextract.
  ///
  /// - Throws: `.fault`, slug `bench-failed`.
  static func extract(
    _ outlines: String, from raster: String, python: String
  ) throws(HabitatError) -> Result {
    let script =
      "import sys, exactextract as e; e.exact_extract(sys.argv[1], sys.argv[2], ['count'])"
    var usage: Usage?
    let time = seconds { usage = run([python, "-c", script, raster, outlines]) }
    guard let usage else {
      throw HabitatError(
        .fault, "bench-failed", "exactextract failed", at: outlines,
        fix: "run it by hand to see why")
    }
    return Result(
      seconds: time, processorSeconds: usage.processorSeconds, peakMemory: usage.peakMemory)
  }

  private struct Usage {
    let processorSeconds: Double
    /// Mebibytes.
    let peakMemory: Double
  }

  private static func succeeds(_ words: [String]) -> Bool { run(words) != nil }

  /// Runs a program without its output; `nil` where it fails.
  ///
  /// Not `Process`: only who waits for a process by itself is told what that one used.
  private static func run(_ words: [String]) -> Usage? {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    for file in [STDOUT_FILENO, STDERR_FILENO] {
      unsafe posix_spawn_file_actions_addopen(&actions, file, "/dev/null", O_WRONLY, 0)
    }
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var child = pid_t()
    guard unsafe posix_spawnp(&child, words[0], &actions, nil, &arguments, environ) == 0 else {
      return nil
    }
    var (status, usage) = (Int32(0), rusage())
    guard unsafe wait4(child, &status, 0, &usage) == child, status == 0 else { return nil }
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return Usage(
      processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peakMemory: Double(usage.ru_maxrss) / 1_024)
  }
}
