import Documents
import Foundation
import GeoIO
import RasterCore
import RunFolder

/// Looks at what a record lists and at what is there.
struct Verification {
  let observer: ScoreRun.Observer
  /// How much of the work it is to look at the files; the rest is running again.
  let shareOfFiles: Double
  /// Inputs on the network are looked at, too.
  private let fetches: Bool
  private(set) var report: VerificationReport
  /// `nil` where it cannot be read any more.
  private(set) var record: RunRecord?

  init(folder: String, observer: ScoreRun.Observer, runsAgain: Bool) {
    self.observer = observer
    shareOfFiles = runsAgain ? 0.1 : 1
    fetches = runsAgain
    report = VerificationReport(folder: folder)
  }

  /// - Throws: `.input`, slugs `manifest-missing`, `bad-json`, `bad-manifest`; `.interrupted`.
  mutating func compareFiles() throws(HabitatError) {
    report.recordIsIntact = RunRecord.isIntact(try RunRecord.data(in: report.folder))
    if !report.recordIsIntact {
      add(
        "manifest-changed", "the record is not as it was written: its digest does not fit",
        RunRecord.fileName, "take it from where the folder came from, or run again")
    }
    do throws(HabitatError) {
      let record = try RunRecord(readingFrom: report.folder)
      let (inputs, outputs) = (try record.inputs(), try record.outputs())
      self.record = record
      if fetches { NetworkAccess.allow(for: inputs.map(\.file.path)) }
      noteVersions(of: record)
      try compare(inputs: inputs, outputs: outputs)
    } catch {
      // That an altered record makes no sense has been said.
      guard error.kind == .input, !report.recordIsIntact else { throw error }
    }
  }

  private func tell(_ share: Double) {
    observer.progress(RunProgress(stage: .verifying, share: share * shareOfFiles, cells: 0))
  }

  mutating func add(_ slug: String, _ what: String, _ name: String, _ fix: String) {
    report.differences.append(
      HabitatError(.unmetQuality, slug, what, at: report.folder + "/" + name, fix: fix))
  }

  mutating func warn(_ slug: String, _ what: String, _ location: String, _ fix: String) {
    report.warnings.append(HabitatWarning(slug, what, at: location, fix: fix))
  }

  mutating func count(rerun: VerificationReport.Count, sparesReports: Bool) {
    (report.rerun, report.sparesReports) = (rerun, sparesReports)
  }

  // MARK: Files

  private enum State { case same, changed, missing, remote }

  private func state(
    of recorded: InputFile.Record, at path: String
  ) throws(HabitatError) -> State {
    if observer.isCancelled() { throw .interrupted }
    switch FileSystem.size(of: path) {
    case .missing, .folder: return .missing
    case .special: return .changed
    case .bytes: break
    }
    guard
      let found = try? InputFile(layer: recorded.file.layer, path: path)
        .record(of: recorded.part)
    else {
      return .missing
    }
    return found.bytes == recorded.bytes && found.sha256 == recorded.sha256 ? .same : .changed
  }

  private mutating func compare(
    inputs: [InputFile.Record], outputs: [InputFile.Record]
  ) throws(HabitatError) {
    let total = Double(inputs.count + outputs.count)
    var missing: [InputFile] = []
    for (index, input) in inputs.enumerated() {
      tell(Double(index) / total)
      if try compare(input: input) == .missing { missing.append(input.file) }
    }
    report(missing: missing, of: inputs.map(\.file))
    warnAboutNewSideFiles(of: inputs.map(\.file.path))
    for (index, output) in outputs.enumerated() {
      tell(Double(inputs.count + index) / total)
      try compare(output: output)
    }
    let known = Set(outputs.map(\.file.path) + [RunRecord.fileName])
    for name in (try? OpenFolder(report.folder))?.fileNames ?? []
    where !known.contains(name) && name.isOutputName {
      warn(
        "output-extra", "the file is none of the run's", report.folder + "/" + name,
        "it may be a viewer's or your own; the record says nothing of it")
    }
    tell(1)
  }

  /// - Returns: what became of it; a missing one is not reported yet, nor a side file that is not needed.
  private mutating func compare(input: InputFile.Record) throws(HabitatError) -> State {
    let path = input.file.path
    let place = "\(input.file.layer): \(path)"
    // A record is no word of the user's: what it says may be changed.
    guard fetches || !NetworkAccess.isRemote(path) else {
      warn(
        "input-remote", "the input is on the network and is not fetched", place,
        "habitat verify --rerun fetches it")
      return .remote
    }
    report.inputs.total += 1
    let state = try state(of: input, at: path)
    switch state {
    case .same: report.inputs.same += 1
    case _ where path.isSideFile:
      warn(
        "statistics-changed", "the sidecar file of an input is not what it was", place,
        "viewers write statistics into it; run again if something else changed")
      return .changed
    case .changed:
      report.differences.append(
        HabitatError(
          .unmetQuality, "input-changed", "the input is not what it was", at: place,
          fix: "take the file that the run has read, or run again"))
    case .missing, .remote: break
    }
    return state
  }

  /// Told once where no relative path leads anywhere: then it is the folder that is another.
  private mutating func report(missing: [InputFile], of inputs: [InputFile]) {
    func isRelative(_ file: InputFile) -> Bool { !file.path.hasPrefix("/") }
    func add(_ what: String, _ location: String, _ fix: String) {
      report.differences.append(
        HabitatError(.unmetQuality, "input-missing", what, at: location, fix: fix))
    }
    let elsewhere = "its path starts in the folder in which habitat ran"
    let fix = "verify in the folder in which the run was started, or put it back"
    let relative = missing.filter(isRelative)
    let needed = inputs.filter { isRelative($0) && !$0.path.isSideFile }
    if relative.count > 1, relative.count == needed.count {
      add(
        "none of \(relative.count) inputs is there; their paths start in the folder in which habitat ran",
        relative.map { "\($0.layer): \($0.path)" }.listed, fix)
    } else {
      for file in relative {
        add("the input is not there; \(elsewhere)", "\(file.layer): \(file.path)", fix)
      }
    }
    for file in missing where !isRelative(file) {
      add("the input is not there", "\(file.layer): \(file.path)", "put it back")
    }
  }

  /// Side files that lie beside an input and did not when it was read: they may change what it holds.
  private mutating func warnAboutNewSideFiles(of paths: [String]) {
    let known = Set(paths)
    for path in paths where !NetworkAccess.isRemote(path) {
      for side in path.rasterSideFiles where !known.contains(side) {
        guard case .bytes = FileSystem.size(of: side) else { continue }
        warn(
          "side-file-new", "a sidecar file lies beside the input that was not there", side,
          "viewers write .aux.xml with statistics; a nodata value, a mask or a place in it would change results"
        )
      }
    }
  }

  private mutating func compare(output: InputFile.Record) throws(HabitatError) {
    report.outputs.total += 1
    let name = output.file.path
    switch try state(of: output, at: report.folder + "/" + name) {
    case .same: report.outputs.same += 1
    case _ where name.isSideFile:
      warn(
        "statistics-changed", "the sidecar file is not as the run left it",
        report.folder + "/" + name, "viewers write statistics into it; nothing else needs it")
    case .changed:
      add("output-changed", "the file is not as the run left it", name, Self.remedy(for: name))
    case .missing, .remote:
      add("output-missing", "the file is not there any more", name, Self.remedy(for: name))
    }
  }

  private static func remedy(for name: String) -> String {
    ReportFiles.names.contains(name) ? "make it again with habitat report" : "run again"
  }

  private mutating func noteVersions(of record: RunRecord) {
    if let warning = record.versionDifferences { report.warnings.append(warning) }
  }
}

extension String {
  /// Files that GDAL would read with a raster of this path: metadata, mask, world files.
  fileprivate var rasterSideFiles: [String] {
    guard let dot = lastIndex(of: "."), !self[dot...].contains("/") else { return [] }
    let (stem, ending) = (self[..<dot], self[index(after: dot)...])
    guard let first = ending.first, let last = ending.last, !isSideFile else { return [] }
    return [self + ".aux.xml", self + ".msk"]
      + ["\(first)\(last)w", "\(ending)w", "wld"].map { "\(stem).\($0)" }
  }
}
