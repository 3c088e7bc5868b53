import Documents
import HabitatKit
import RasterCore

/// What other programs are given of the commands, so that they can offer them in a form of their own.
extension CommandDescription {
  static func document(
    of commands: [CommandDescription], in words: CommandWords = CommandWords(.english)
  ) -> JSONValue {
    .object([
      .init("program", .string("habitat")), .init("version", .string(Habitat.version)),
      .init("language", .string(words.language.rawValue)),
      .init("commands", .array(commands.map { $0.json(words) })),
    ])
  }

  private func json(_ words: CommandWords) -> JSONValue {
    .object([
      .init("name", .string(name)), .init("summary", .string(words[summary])),
      .init("usage", .string(synopsis)), .init("examples", .array(examples.map { .string($0) })),
      .init(
        "actions",
        .array(
          actions.map { action in
            .object([
              .init("name", .string(action.name)), .init("help", .string(words[action.help])),
              .init("operand", action.operand?.json(words) ?? .null),
            ])
          })), .init("operands", .array(operands.map { $0.json(words) })),
      .init(
        "groups",
        .array(
          groups.map { group in
            .object([
              .init("title", .string(words[group.title])),
              .init(
                "options",
                .array(group.options.map { $0.json(saying: words.help(of: $0, in: self)) })),
            ])
          })), .init("notes", .array(notes.map { .string(words[$0]) })),
      .init(
        "exit_codes",
        .array(
          exitCodes.map { code, meaning in
            .object([
              .init("code", .number(Double(code))), .init("meaning", .string(words[meaning])),
            ])
          })),
    ])
  }
}

extension Operand {
  fileprivate func json(_ words: CommandWords) -> JSONValue {
    .object(
      [
        .init("placeholder", .string(placeholder)), .init("noun", .string(words[noun])),
        .init("required", .boolean(isRequired)), .init("type", .string(type.key)),
      ] + type.members)
  }
}

extension Option {
  fileprivate func json(saying help: String) -> JSONValue {
    .object(
      [
        .init("name", .string(name)), .init("help", .string(help)),
        .init("type", .string(type?.key ?? "flag")),
        .init("placeholder", .string(placeholder)),
        .init("separator", .string(separator.rawValue)),
        .init("extra_words", .array(extraWords.map { .string($0) })),
        .init("default", standard.map { .string($0) } ?? .null),
        .init("required", .boolean(isRequired)), .init("advanced", .boolean(isAdvanced)),
      ] + (type?.members ?? []))
  }
}

extension ValueType {
  /// What belongs to this type alone.
  fileprivate var members: [JSONValue.Member] {
    switch self {
    case .vector(let geometry), .rasterOrVector(let geometry):
      [.init("geometry", .string(geometry.rawValue))]
    case .layer(let option): [.init("of", .string(option))]
    case .field(let option, let layer):
      [.init("of", .string(option)), .init("layer", .string(layer))]
    case .file(let extensions):
      [.init("extensions", .array(extensions.map { .string($0) }))]
    case .choice(let words): [.init("choices", .array(words.map { .string($0) }))]
    case .name(let names):
      [
        .init("choices", .array(names.words.map { .string($0) })),
        .init(
          "listed_by", names.listing.map { .array($0.map { .string($0) }) } ?? .null),
        .init("takes_files", .boolean(takesFiles)),
      ]
    case .ofLayer(let layers, let words):
      [
        .init("layers", .array(layers.map { .string($0) })),
        .init("choices", .array(words.map { .string($0) })),
      ]
    case .integer(let minimum): [.init("minimum", .number(Double(minimum)))]
    case .raster, .folder, .cellSize, .crs, .extent, .place, .date, .text: []
    }
  }
}
