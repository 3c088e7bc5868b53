import Documents
import RasterCore
import RunFolder

/// Work that leaves a folder of files with a record of itself, from which the same can be made again: `score` is the
/// first. What verifies and reports goes by the record and knows no job but by this.
protocol Job: Sendable {
  /// The command that does it, by which its records name it.
  static var command: String { get }

  /// The job as a record tells it.
  ///
  /// - Throws: `.input`, slug `bad-manifest`, and what reading the files of models throws.
  init(recordedIn record: RunRecord) throws(HabitatError)

  /// Does it once more, into another folder.
  ///
  /// - Parameters:
  ///   - folder: must not exist yet.
  ///   - threads: those that are there where it is `nil`.
  ///   - memory: mebibytes, by default as ever.
  /// - Throws: what the job throws.
  func run(
    into folder: String, threads: Int?, memory: Int?, _ observer: ScoreRun.Observer
  ) throws(HabitatError)
}

enum Jobs {
  /// All that leave a record.
  private static let all: [any Job.Type] = [ScoreRequest.self]

  /// The job that a record is of.
  ///
  /// - Throws: `.input`, slug `bad-manifest`, and what reading the files of models throws.
  static func job(recordedIn record: RunRecord) throws(HabitatError) -> any Job {
    let node = try record.member("command")
    let command = try node.string()
    guard let job = all.first(where: { $0.command == command }) else {
      throw node.failure(
        "this version knows no job \"\(command)\"",
        fix: "use the version that the record names: habitat_version")
    }
    return try job.init(recordedIn: record)
  }
}
