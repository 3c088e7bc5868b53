import Documents
import RasterCore

/// A dBASE III table in UTF-8, without a clock: the date of its header is fixed, so that equal content is
/// equal bytes.
struct DBFTable {
  enum Kind {
    case text
    case number(decimals: UInt8)
  }

  struct Field {
    let name: String
    let kind: Kind
    let width: Int

    /// - Parameter name: at most ten bytes.
    init(_ name: String, _ kind: Kind, width: Int) {
      precondition(name.utf8.count <= 10 && (1...254).contains(width))
      (self.name, self.kind, self.width) = (name, kind, width)
    }
  }

  let fields: [Field]
  /// Values as text, in the order of the fields.
  let records: [[String]]

  var bytes: [UInt8] {
    let headerSize = 32 + 32 * fields.count + 1
    let recordSize = 1 + fields.reduce(0) { $0 + $1.width }
    // Version 3, 1 January 2000.
    var bytes: [UInt8] = [3, 100, 1, 1]
    bytes += records.count.bytes(4)
    bytes += headerSize.bytes(2) + recordSize.bytes(2)
    bytes += [UInt8](repeating: 0, count: 20)
    for field in fields { bytes += Self.descriptor(of: field) }
    bytes.append(0x0D)
    for record in records {
      bytes.append(UInt8(ascii: " "))
      for (field, value) in zip(fields, record) { bytes += Self.cell(value, of: field) }
    }
    return bytes + [0x1A]
  }

  private static func descriptor(of field: Field) -> [UInt8] {
    let name = Array(field.name.utf8)
    var bytes = name + [UInt8](repeating: 0, count: 11 - name.count)
    switch field.kind {
    case .text: bytes += [UInt8(ascii: "C"), 0, 0, 0, 0, UInt8(field.width), 0]
    case .number(let decimals):
      bytes += [UInt8(ascii: "N"), 0, 0, 0, 0, UInt8(field.width), decimals]
    }
    return bytes + [UInt8](repeating: 0, count: 32 - bytes.count)
  }

  /// Texts stand left and are cut at whole characters, numbers stand right.
  private static func cell(_ value: String, of field: Field) -> [UInt8] {
    var text = value
    while text.utf8.count > field.width { text.removeLast() }
    let space = [UInt8](repeating: UInt8(ascii: " "), count: field.width - text.utf8.count)
    switch field.kind {
    case .text: return Array(text.utf8) + space
    case .number: return space + Array(text.utf8)
    }
  }
}
