import Foundation
import Machine
public import RasterCore
import RunFolder

/// A verification as a user asks for it, in the words of the command line.
public struct VerificationOptions: Sendable {
  /// The folder of a finished run.
  public var folder: String
  /// Whether the run is repeated and its files compared.
  public var rerun = false
  public var threads: Int?
  public var memory: Int?
  private let withdrawal = Withdrawal()

  public init(folder: String) { self.folder = folder }

  /// - Throws: `.input`, slugs `manifest-missing`, `bad-json`, `bad-manifest`; with `rerun` whatever a run
  ///   throws; `.interrupted`.
  public func verify(
    _ observer: ScoreRun.Observer = ScoreRun.Observer()
  ) throws(HabitatError) -> VerificationReport {
    try OutputFolder.completeInterrupted(in: folder)
    var verification = Verification(folder: folder, observer: observer, runsAgain: rerun)
    try verification.compareFiles()
    if rerun { try verification.repeatRun(threads: threads, memory: memory, withdrawal) }
    return verification.report
  }

  /// Calls a verification off from another thread: the folder in which it runs again is removed at once.
  public func withdraw() { _ = withdrawal.withdraw() }
}
