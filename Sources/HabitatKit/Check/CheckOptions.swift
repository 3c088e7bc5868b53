import Foundation
public import RasterCore

/// A check of inputs as a user asks for it, in the words of the command line.
public struct CheckOptions: Sendable {
  public var inputs = InputOptions()
  public var threads: Int?
  /// Mebibytes.
  public var memory: Int?

  public init() {}

  /// - Throws: `.usage` for values that do not fit their option, `.input` for a bad landscape file.
  public func check() throws(HabitatError) -> InputCheck {
    var check = InputCheck(
      landscape: try inputs.makeLandscape(), customGrid: try inputs.makeGrid(),
      allowGaps: inputs.allowGaps)
    check.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    check.memory = memory ?? check.memory
    return check
  }
}
