import HabitatKit
import RasterCore

/// `habitat species`: the models.
enum SpeciesCommand: Command {
  static let name = "species"

  static let help = HelpText(
    usage: "habitat species [list | show NAME | lint FILE]",
    summary: "Lists the species models, shows one as the file it is, or checks a file of your own.",
    examples: [
      "habitat species", "habitat species show leopard > my-leopard.json",
      "habitat species lint my-leopard.json",
    ],
    sections: [],
    notes: "A model is a JSON5 file; save one, change it, and run it with --model FILE.")

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    let words = arguments.positional
    switch words.first ?? "list" {
    case "list":
      try arguments.refuseWords(beyond: 1, command: path)
      for model in try Catalogue.species() {
        Terminal.write(HelpText.entry("  " + model.name, model.title, indentation: 18))
      }
    case "show":
      let name = try Self.operand(words, "a species", "habitat species show leopard")
      Terminal.write(try Catalogue.modelText(named: name))
    case "lint":
      let file = try Self.operand(words, "a file", "habitat species lint my-leopard.json")
      Terminal.write(try Catalogue.lintModel(file: file) + "\n")
    default: throw Self.unknownAction(words[0], ["list", "show", "lint"])
    }
    return 0
  }
}

/// `habitat legends`: crosswalks of land-cover products to the ten categories.
enum LegendsCommand: Command {
  static let name = "legends"

  static let help = HelpText(
    usage: "habitat legends [list | show NAME|FILE]",
    summary: "Lists the crosswalks of land-cover products, or shows one as CSV.",
    examples: ["habitat legends", "habitat legends show esa_worldcover > my-legend.csv"],
    sections: [],
    notes: "Save one, change it, and use it with --legend FILE.")

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    let words = arguments.positional
    switch words.first ?? "list" {
    case "list":
      try arguments.refuseWords(beyond: 1, command: path)
      for legend in try Catalogue.legends() {
        Terminal.write(HelpText.entry("  " + legend.name, legend.summary, indentation: 26))
      }
    case "show":
      let name = try Self.operand(words, "a legend", "habitat legends show esa_worldcover")
      Terminal.write(try Catalogue.legendText(named: name))
    default: throw Self.unknownAction(words[0], ["list", "show"])
    }
    return 0
  }
}

extension Command {
  /// The one word behind an action.
  fileprivate static func operand(
    _ words: [String], _ what: String, _ example: String
  ) throws(HabitatError) -> String {
    guard words.count == 2 else {
      throw HabitatError(
        .usage, "bad-option", "\(words[0]) takes \(what)", at: path, fix: "write \(example)")
    }
    return words[1]
  }

  fileprivate static func unknownAction(_ word: String, _ known: [String]) -> HabitatError {
    let nearest = word.nearest(in: known).map { "did you mean \($0)? " } ?? ""
    return HabitatError(
      .usage, "unknown-command", "there is no \"\(path) \(word)\"", at: path,
      fix: nearest + "known: \(known.joined(separator: ", "))")
  }
}
