import Documents
import HabitatKit
import RasterCore

/// `habitat species`: the models.
enum SpeciesCommand: Command {
  static let description = CommandDescription(
    command: .species, usage: "[list | show NAME | lint FILE] [options]",
    summary: "Lists the species models, shows one as the file it is, or checks a file of your own.",
    examples: [
      "habitat species", "habitat species list --format json",
      "habitat species show leopard > my-leopard.json", "habitat species lint my-leopard.json",
    ],
    actions: [
      Action(name: "list", help: "the species that come with the program"),
      Action(
        name: "show",
        operand: Operand(placeholder: "NAME", type: .name(.species), noun: "a species"),
        help: "the file of a model, to be saved and changed"),
      Action(
        name: "lint",
        operand: Operand(placeholder: "FILE", type: .file(extensions: ["json"]), noun: "a file"),
        help: "whether a model of your own is sound"),
    ],
    groups: [.list],
    notes: ["A model is a JSON5 file; save one, change it, and run it with --model FILE."],
    exitCodes: [
      (0, "done"), (2, "usage, or an unknown species"),
      (3, "the file is missing or its model wrong"),
    ])

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    try arguments.refuseFormatUnlessListing(description)
    switch arguments.action {
    case "show": Terminal.write(try Catalogue.modelText(named: arguments.operands[0]))
    case "lint": Terminal.write(try Catalogue.lintModel(file: arguments.operands[0]) + "\n")
    default:
      arguments.writeList(
        try Catalogue.species().map { ($0.name, $0.title, $0.json) }, indentation: 18)
    }
    return 0
  }
}

/// `habitat legends`: crosswalks of land-cover products to the ten categories.
enum LegendsCommand: Command {
  static let description = CommandDescription(
    command: .legends, usage: "[list | show NAME|FILE] [options]",
    summary: "Lists the crosswalks of land-cover products, or shows one as CSV.",
    examples: [
      "habitat legends", "habitat legends list --format json",
      "habitat legends show esa_worldcover > my-legend.csv",
    ],
    actions: [
      Action(name: "list", help: "the legends that come with the program"),
      Action(
        name: "show",
        operand: Operand(placeholder: "NAME|FILE", type: .name(.legends), noun: "a legend"),
        help: "the codes of a legend, to be saved and changed"),
    ],
    groups: [.list],
    notes: ["Save one, change it, and use it with --legend FILE."],
    exitCodes: [(0, "done"), (2, "usage, or an unknown legend"), (3, "the file cannot be read")])

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    try arguments.refuseFormatUnlessListing(description)
    if arguments.action == "show" {
      Terminal.write(try Catalogue.legendText(named: arguments.operands[0]))
      return 0
    }
    arguments.writeList(
      try Catalogue.legends().map { ($0.name, $0.summary, $0.json) }, indentation: 26)
    return 0
  }
}

extension OptionGroup {
  fileprivate static let list = OptionGroup("The list", [.tableOrJSON])
}

extension Arguments {
  /// Writes what there is to choose from, in the form that is asked for.
  ///
  /// - Parameter indentation: columns before the summaries.
  fileprivate func writeList(
    _ entries: [(name: String, summary: String, json: JSONValue)], indentation: Int
  ) {
    if value("--format") == "json" {
      return Terminal.write(JSONValue.array(entries.map(\.json)).text + "\n")
    }
    for entry in entries {
      Terminal.write(
        HelpText.standard.entry("  " + entry.name, entry.summary, indentation: indentation))
    }
  }

  /// What is shown is a file as it is, whatever is asked for.
  ///
  /// - Throws: `.usage`, slug `bad-option`.
  fileprivate func refuseFormatUnlessListing(
    _ command: CommandDescription
  ) throws(HabitatError) {
    guard has("--format"), let action, action != "list" else { return }
    throw HabitatError(
      .usage, "bad-option", "--format goes with list, not with \(action)",
      at: "\(command.path) \(action)", fix: "leave out --format")
  }
}
