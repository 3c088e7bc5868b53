import RasterCore

/// A word behind `habitat` and what it does.
protocol Command {
  static var name: String { get }
  static var help: HelpText { get }
  /// Does the work and returns the exit code.
  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32
}

extension Command {
  static var path: String { "habitat \(name)" }
  static var options: [Option] { help.sections.flatMap(\.options) }
}
