/// Options and operands that several commands have.
extension Option {
  static func species(_ help: String) -> Option {
    .value(
      "--species", "NAME,…|all", .name(.species), help, separator: .commas, or: ["all"])
  }

  static func models(_ help: String) -> Option {
    .value("--model", "FILE", .file(extensions: ["json"]), help, separator: .words)
  }

  static let tableOrJSON = Option.value(
    "--format", "NAME", .choice(["table", "json"]), "for people or for scripts",
    standard: "table")

  /// How much of the machine a run may take.
  static let resources: [Option] = [
    .value(
      "--threads", "N", .integer(atLeast: 1),
      "threads; default all cores; the result does not depend on it", isAdvanced: true),
    .value(
      "--memory", "MB", .integer(atLeast: 16), "megabytes that the program may take",
      standard: "512", isAdvanced: true),
  ]

  static func quiet(_ help: String) -> Option { .flag("--quiet", help) }

  static let progress = Option.value(
    "--progress", "STYLE", .choice(ProgressDisplay.Style.allCases.map(\.rawValue)),
    "progress on standard error, and with json errors and warnings as lines of JSON, too",
    standard: ProgressDisplay.Style.auto.rawValue, isAdvanced: true)
}

extension Operand {
  static let finishedRun = Operand(placeholder: "DIR", type: .folder, noun: "the folder of a run")
}
