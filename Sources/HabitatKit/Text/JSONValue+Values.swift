import Documents
import RasterCore

extension JSONValue {
  /// Square kilometres with six decimals, as in the tables.
  static func area(_ area: Double) -> JSONValue { .literal(area.formatted(decimals: 6)) }
  static func optionalArea(_ area: Double?) -> JSONValue { area.map { .area($0) } ?? .null }
  static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// A number of a file, which may be one that JSON has no digits for.
  static func number(orText number: Double) -> JSONValue {
    number.isFinite ? .number(number) : .string("\(number)")
  }
}
