import Documents
import Foundation
import GeoIO
import Machine
import RasterCore
import RunFolder

extension Verification {
  /// Runs again, with the parameters of the record, into a temporary folder, and compares what came out
  /// with what is recorded.
  ///
  /// - Parameter withdrawal: begun with the folder's removal.
  /// - Throws: what a run throws.
  mutating func repeatRun(
    threads: Int?, memory: Int?, _ withdrawal: Withdrawal
  ) throws(HabitatError) {
    guard let record else { return }
    guard report.inputs.same == report.inputs.total else {
      return warn(
        "rerun-skipped", "the run is not repeated: its inputs are not what they were",
        report.folder, "put back the inputs that are named above")
    }
    let job: any Job
    do throws(HabitatError) {
      job = try Jobs.job(recordedIn: record)
    } catch {
      // That an altered record makes no sense has been said.
      guard report.recordIsIntact else { return }
      throw error
    }
    let folder = try RerunFolder()
    defer { folder.remove() }
    try withdrawal.begin { folder.remove() }
    let output = folder.path + "/run"
    let (told, before) = (observer.progress, shareOfFiles)
    let part = ScoreRun.Observer(
      progress: { run in
        told(
          RunProgress(
            stage: run.stage, share: before + (1 - before) * run.share, cells: run.cells))
      }, isCancelled: observer.isCancelled)
    try job.run(into: output, threads: threads, memory: memory, part)
    // A report names the digest of the record, which changes where the time of the run is part of it.
    if !isTimed { try RunReport.make(likeThatOf: report.folder, in: output) }
    try compare(try RunRecord(readingFrom: output), with: record)
  }

  private var isTimed: Bool { record?.members["finished"] != nil }

  private mutating func compare(
    _ again: RunRecord, with record: RunRecord
  ) throws(HabitatError) {
    let recorded = try record.outputs().filter {
      !isTimed || !ReportFiles.names.contains($0.file.path)
    }
    let found = try again.outputs()
    var rerun = VerificationReport.Count(total: recorded.count, same: 0)
    for output in recorded {
      let name = output.file.path
      guard let other = found.first(where: { $0.file.path == name }) else {
        add("rerun-differs", "running again does not make the file", name, Self.fix)
        continue
      }
      if other == output {
        rerun.same += 1
      } else {
        add("rerun-differs", "running again makes other bytes", name, Self.fix)
      }
    }
    for output in found where !recorded.contains(where: { $0.file.path == output.file.path }) {
      add("rerun-differs", "running again makes one more file", output.file.path, Self.fix)
    }
    for key in record.members.keys.sorted() where !Self.otherwiseCompared.contains(key) {
      guard let (one, two) = pair(record.members[key], again.members[key]),
        one.isSameDocument(as: two)
      else {
        add(
          "rerun-differs", "running again records another \"\(key)\"", RunRecord.fileName, Self.fix)
        continue
      }
    }
    count(rerun: rerun, sparesReports: isTimed)
  }

  private func pair(_ one: DocumentNode<HabitatError>?, _ two: DocumentNode<HabitatError>?) -> (
    JSONValue, JSONValue
  )? {
    guard let one, let two else { return nil }
    return (one.value, two.value)
  }

  /// Members that are compared file by file, told as a warning, or of the moment.
  private static let otherwiseCompared: Set<String> = [
    "digest", "outputs", "habitat_version", "libraries", "finished",
  ]

  private static let fix =
    "see the versions, the inputs and new sidecar files; with the same ones it is a fault of habitat"
}
