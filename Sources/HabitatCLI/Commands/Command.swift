import RasterCore

/// A word behind `habitat` and what it does.
protocol Command {
  static var description: CommandDescription { get }
  /// Whether it opens files, for which too low limits are reported beforehand.
  static var opensFiles: Bool { get }
  /// Does the work and returns the exit code.
  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32
}

extension Command {
  static var opensFiles: Bool { true }
}
