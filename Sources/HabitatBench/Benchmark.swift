import Documents
import Foundation
import GeoIO
import RasterCore

/// Rounds of all cases and stages, one after another, so that a busy minute hits all alike.
struct Benchmark {
  let options: BenchOptions

  /// - Throws: what making the landscape, running and writing throw.
  func run() throws(HabitatError) {
    let folder =
      options.keep.map { "\($0)/\(options.size)" }
      ?? NSTemporaryDirectory() + "habitat-bench-\(ProcessInfo.processInfo.processIdentifier)"
    let landscape = BenchLandscape(folder: folder, size: options.size)
    defer {
      clean(landscape)
      if let side = options.scale { clean(scaled(side)) }
    }
    tell("making the landscape in \(folder)")
    try landscape.write()
    var report = try measure(landscape)
    if let peers = options.peers { try measurePeers(in: peers, landscape, &report) }
    if let side = options.scale { report.atScale = try measureScale(side) }
    report.outlines = try measureOutlines(in: folder)
    report.park = try measurePark(in: options.scale.map { scaled($0) } ?? landscape)
    print(report.text, terminator: "")
    guard let path = options.json else { return }
    do {
      try Data((report.json.text + "\n").utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      throw HabitatError(
        .cannotWrite, "write-failed",
        "the numbers cannot be written: \(error.localizedDescription)", at: path,
        fix: "choose another --json")
    }
  }

  private func measure(_ landscape: BenchLandscape) throws(HabitatError) -> BenchReport {
    var report = BenchReport(size: options.size)
    // Inputs are in the kernel's cache in every round, the first one too.
    let inputs = [landscape.landCover, landscape.geographicElevation, landscape.alignedElevation]
    for path in inputs { _ = FileSystem.read(path) { _ in true } }
    let stages = try Stages(landscape)
    for round in 1...options.runs {
      for (number, item) in Case.all.enumerated() {
        tell("round \(round) of \(options.runs): \(item.name), \(item.compressor.name)")
        let floor = try MeasuredProcess.measure(number, isFloor: true, landscape)
        let run = try MeasuredProcess.measure(number, isFloor: false, landscape)
        report.rounds[number].append(
          BenchReport.Round(
            run: run, floor: floor, classBytes: classBytes(in: item.output(in: landscape))))
      }
      tell("round \(round) of \(options.runs): stages")
      report.stages.append(try stages.measure())
    }
    return report
  }

  /// A larger landscape.
  private func scaled(_ side: Int) -> BenchLandscape {
    BenchLandscape(
      folder: options.keep.map { "\($0)/\(side)" }
        ?? NSTemporaryDirectory()
        + "habitat-bench-\(ProcessInfo.processInfo.processIdentifier)-scale",
      size: side)
  }

  /// One species on a larger landscape, once a round.
  private func measureScale(_ side: Int) throws(HabitatError) -> BenchReport.AtScale {
    let landscape = scaled(side)
    tell("making the landscape in \(landscape.folder)")
    try landscape.write(withAlignedElevation: false)
    var runs: [MeasuredProcess.Result] = []
    for round in 1...options.runs {
      tell("round \(round) of \(options.runs): \(side) × \(side) cells")
      runs.append(try MeasuredProcess.measure(0, isFloor: false, landscape))
    }
    return BenchReport.AtScale(size: side, runs: runs)
  }

  /// The peers that can run, each beside this program with their model at their compression.
  private func measurePeers(
    in folder: String, _ landscape: BenchLandscape, _ report: inout BenchReport
  ) throws(HabitatError) {
    try PeerModel.write(from: folder, for: landscape)
    for peer in Peer.all {
      if let obstacle = peer.obstacle(in: folder, python: options.python) {
        report.missingPeers.append("\(peer.name): \(obstacle)")
        continue
      }
      guard
        let own = Case.forPeers.firstIndex(where: { $0.compressor.name == peer.compressor.name })
      else { continue }
      var pairs: [BenchReport.PeerRound] = []
      for round in 1...options.runs {
        tell("round \(round) of \(options.runs): \(peer.name), \(peer.compressor.name)")
        let theirs = try peer.measure(in: folder, python: options.python, landscape)
        let ours = try MeasuredProcess.measure(Case.all.count + own, isFloor: false, landscape)
        pairs.append(BenchReport.PeerRound(theirs: theirs, ours: ours))
      }
      report.peers.append(BenchReport.PeerFigures(peer: peer, rounds: pairs))
    }
  }

  /// Large outlines on a small raster, each with exactextract beside it where that is installed.
  private func measureOutlines(
    in folder: String
  ) throws(HabitatError) -> [[BenchReport.OutlineFigures]] {
    let landscape = BenchLandscape(folder: folder + "/outlines", size: OutlineCase.size)
    defer { clean(landscape) }
    try landscape.write(withAlignedElevation: false)
    let hasPeer = Peer.canExtract(python: options.python)
    var kinds: [[BenchReport.OutlineFigures]] = []
    for sizes in OutlineCase.all(share: options.shareOfOutlines) {
      var kind: [BenchReport.OutlineFigures] = []
      for item in sizes {
        try item.write(into: landscape)
        var (runs, peers): ([MeasuredProcess.Result], [Peer.Result]) = ([], [])
        for round in 1...options.runs {
          tell("round \(round) of \(options.runs): \(item.count) \(item.name)")
          runs.append(try MeasuredProcess.measure(outlines: item.path(in: landscape), landscape))
          if hasPeer {
            peers.append(
              try Peer.extract(
                item.path(in: landscape), from: landscape.landCover, python: options.python))
          }
        }
        kind.append(BenchReport.OutlineFigures(item: item, runs: runs, peers: peers))
      }
      kinds.append(kind)
    }
    return kinds
  }

  /// The box of one park in the largest landscape that there is.
  private func measurePark(
    in tile: BenchLandscape
  ) throws(HabitatError) -> [BenchReport.ParkRound] {
    let park = ParkInTile(in: tile)
    defer { clean(park.cutOut) }
    try park.write()
    var rounds: [BenchReport.ParkRound] = []
    for round in 1...options.runs {
      tell("round \(round) of \(options.runs): a park in \(tile.size) × \(tile.size) cells")
      rounds.append(
        BenchReport.ParkRound(
          inTile: try MeasuredProcess.measure(park: park, isCutOut: false),
          cutOut: try MeasuredProcess.measure(park: park, isCutOut: true)))
      try park.compareTables()
    }
    return rounds
  }

  private func classBytes(in folder: String) -> Int {
    FileSystem.names(in: folder).filter { $0.hasSuffix("_class.tif") }.reduce(0) { sum, name in
      guard case .bytes(let bytes) = FileSystem.size(of: folder + "/" + name) else { return sum }
      return sum + bytes
    }
  }

  /// Leaves the landscape alone where it is to be kept.
  private func clean(_ landscape: BenchLandscape) {
    let files = FileManager.default
    guard options.keep != nil else {
      try? files.removeItem(atPath: landscape.folder)
      return
    }
    try? files.removeItem(atPath: Case.standard.output(in: landscape))
    for name in FileSystem.names(in: landscape.folder)
    where name.hasPrefix("floor-") || name == "encoded.tif" {
      try? files.removeItem(atPath: landscape.folder + "/" + name)
    }
  }

  private func tell(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
