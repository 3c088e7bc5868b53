import Foundation
import HabitatKit
import RasterCore

/// What can stand where the cursor is, as a shell asks with `habitat --complete SHELL WORDS…`.
struct Completion {
  struct Candidate: Equatable {
    let text: String
    var explanation = ""
  }

  private(set) var candidates: [Candidate] = []
  private(set) var takesFiles = false
  private(set) var takesFolders = false
  /// More may follow in the same word, so that the shell sets no blank.
  private(set) var isOpen = false

  private let commands: [CommandDescription]

  /// - Parameter words: those behind `habitat` up to the cursor; the last is the one at the cursor and may be
  ///   empty.
  init(of words: [String], among commands: [CommandDescription]) {
    self.commands = commands
    let current = words.last ?? ""
    guard words.count > 1 else {
      offer(
        commands.map { Candidate(text: $0.name, explanation: $0.summary) })
      offer(
        ["--help", "--version"].filter { _ in current.hasPrefix("-") }.map { Candidate(text: $0) })
      keep(beginningWith: current)
      return
    }
    guard let command = commands.first(where: { $0.name == words[0] }) else { return }
    let place = Place(after: words.dropFirst().dropLast(), in: command)
    if current.hasPrefix("-"), !(place.needsValue && current == "-") {
      offerOptions(of: command, place, current)
    } else if let option = place.option {
      offerValues(of: option, place, for: current)
    } else if let operand = place.operand(of: command) {
      offer(operand)
    } else if current.isEmpty {
      offerOptions(of: command, place, current)
    }
    keep(beginningWith: current)
  }

  private mutating func offer(_ more: [Candidate]) { candidates += more }

  private mutating func keep(beginningWith current: String) {
    candidates.removeAll { !$0.text.hasPrefix(current) }
  }

  // MARK: Where the cursor is

  private struct Place {
    /// The option that the word at the cursor may be a value of.
    var option: Option?
    var needsValue = false
    var given: Set<String> = []
    /// The first value of each option.
    var values: [String: String] = [:]
    var operands: [String] = []

    init(after words: ArraySlice<String>, in command: CommandDescription) {
      for word in words {
        if Arguments.isOption(word) {
          let parts = word.split(separator: "=", maxSplits: 1)
          let found = command.option(String(parts[0]))
          given.insert(String(parts[0]))
          if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
          needsValue = found?.type != nil && parts.count == 1
          option = needsValue || found?.separator == .words ? found : nil
        } else if needsValue {
          needsValue = false
          if let option { values[option.name] = values[option.name] ?? word }
          if option?.separator != .words { option = nil }
        } else if option == nil {
          operands.append(word)
        }
      }
    }

    /// What can be chosen in the file that one option names, or else in that of the landscape's parks, in the layer
    /// that another does.
    func parks(
      in option: String, _ layer: String? = nil
    ) -> (layers: [String], fields: [String]) {
      let layer = layer.flatMap { values[$0] }
      if let path = path(option) { return Catalogue.parks(in: path, layer: layer) }
      return path("--landscape")
        .map { Catalogue.parks(ofLandscape: $0, layer: layer) } ?? ([], [])
    }

    /// The value of an option as the shell would hand it on.
    private func path(_ option: String) -> String? {
      let home = ProcessInfo.processInfo.environment["HOME"] ?? "~"
      return values[option].map { $0.hasPrefix("~/") ? home + $0.dropFirst() : $0 }
    }

    /// What stands beside options next.
    enum Beside {
      case actions([Action])
      case operand(Operand)
    }

    func operand(of command: CommandDescription) -> Beside? {
      guard !command.actions.isEmpty else {
        return command.operands.dropFirst(operands.count).first.map { .operand($0) }
      }
      guard let name = operands.first else { return .actions(command.actions) }
      let action = command.actions.first { $0.name == name }
      return operands.count == 1 ? action?.operand.map { .operand($0) } : nil
    }
  }

  // MARK: What can stand there

  private mutating func offer(_ beside: Place.Beside) {
    switch beside {
    case .actions(let actions):
      offer(actions.map { Candidate(text: $0.name, explanation: $0.help) })
    case .operand(let operand):
      offer(candidates(of: operand.type))
      (takesFiles, takesFolders) = (operand.type.takesFiles, operand.type == .folder)
    }
  }

  private mutating func offerOptions(
    of command: CommandDescription, _ place: Place, _ current: String
  ) {
    if let sign = current.firstIndex(of: "="), let option = command.option(String(current[..<sign]))
    {
      let head = String(current[...sign])
      offerValues(of: option, place, for: String(current[current.index(after: sign)...]))
      candidates = candidates.map {
        Candidate(text: head + $0.text, explanation: $0.explanation)
      }
      return
    }
    let options = command.options.filter { option in
      !place.given.contains(option.name) || [.words, .repeated].contains(option.separator)
    }
    offer(options.map { Candidate(text: $0.name, explanation: $0.help) })
    offer([Candidate(text: "--help", explanation: "explains the command")])
  }

  private mutating func offerValues(
    of option: Option, _ place: Place, for current: String
  ) {
    guard let type = option.type else { return }
    (takesFiles, takesFolders) = (type.takesFiles, type == .folder)
    switch type {
    case .layer(let file):
      return offer(place.parks(in: file).layers.map { Candidate(text: $0) })
    case .field(let file, let layer):
      return offer(place.parks(in: file, layer).fields.map { Candidate(text: $0) })
    case .ofLayer(let layers, let words):
      if let sign = current.firstIndex(of: "=") {
        offer(words.map { Candidate(text: current[...sign] + $0) })
      } else {
        offer(layers.map { Candidate(text: $0 + "=") })
        isOpen = true
      }
      return
    default: break
    }
    let extra = option.extraWords.map { Candidate(text: $0) }
    guard option.separator == .commas else { return offer(candidates(of: type) + extra) }
    let taken = current.split(separator: ",", omittingEmptySubsequences: false).dropLast()
      .map(String.init)
    let head = taken.map { $0 + "," }.joined()
    let names =
      candidates(of: type).filter { !taken.contains($0.text) } + (taken.isEmpty ? extra : [])
    offer(names.map { Candidate(text: head + $0.text, explanation: $0.explanation) })
    isOpen = !names.isEmpty
  }
}

extension Completion {
  /// The words that can stand for a type, with what they mean.
  private func candidates(of type: ValueType) -> [Candidate] {
    switch type {
    case .name(.species):
      ((try? Catalogue.species()) ?? []).map { Candidate(text: $0.name, explanation: $0.title) }
    case .name(.legends):
      ((try? Catalogue.legends()) ?? []).map { Candidate(text: $0.name, explanation: $0.summary) }
    case .name(.commands): commands.map { Candidate(text: $0.name, explanation: $0.summary) }
    default: type.words.map { Candidate(text: $0) }
    }
  }
}
