/// The tokens of a JSON text that comes in pieces, of any length.
///
/// It is no judge of the grammar: whoever asks it has another reader that is.
struct JSONTokens {
  enum Token {
    case beginObject, endObject, beginArray, endArray
    /// `text` holds its beginning.
    case key, string
    /// Told at its first digit.
    case number
    /// `null`, `true`, `false`, or what is none of JSON's words; told at its first letter.
    case word
  }

  /// Of the key or the string told last, its first 64 bytes as they stand.
  private(set) var text: [UInt8] = []
  /// Whether the string told last holds the character of number 0, written `\u0000`.
  private(set) var holdsZero = false
  private var state = State.between
  /// How many zeros of `\u0000` are read.
  private var zeros = 0
  private var isKeyNext = false
  private var areObjects: [Bool] = []

  private enum State { case between, number, word, string, escape, zero }

  mutating func take(_ byte: UInt8) -> Token? {
    switch state {
    case .number where byte.isPartOfNumber: return nil
    case .number where byte > 0x20 && !byte.isStructural:
      state = .word
      return .word
    case .word where byte > 0x20 && !byte.isStructural: return nil
    case .string:
      switch byte {
      case UInt8(ascii: "\\"): state = .escape
      case UInt8(ascii: "\""):
        state = .between
        defer { isKeyNext = false }
        return isKeyNext ? .key : .string
      default: if text.count < 64 { text.append(byte) }
      }
      return nil
    case .escape:
      (state, zeros) = (byte == UInt8(ascii: "u") ? .zero : .string, 0)
      return nil
    case .zero where byte == UInt8(ascii: "0"):
      zeros += 1
      if zeros == 4 { (state, holdsZero) = (.string, true) }
      return nil
    case .zero:
      state = .string
      return nil
    case .number, .word, .between: state = .between
    }
    return begin(byte)
  }

  private mutating func begin(_ byte: UInt8) -> Token? {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      isKeyNext = byte == UInt8(ascii: "{")
      areObjects.append(isKeyNext)
      return isKeyNext ? .beginObject : .beginArray
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      _ = areObjects.popLast()
      isKeyNext = false
      return byte == UInt8(ascii: "}") ? .endObject : .endArray
    case UInt8(ascii: ","):
      isKeyNext = areObjects.last ?? false
      return nil
    case UInt8(ascii: "\""):
      text.removeAll(keepingCapacity: true)
      holdsZero = false
      state = .string
      return nil
    case _ where byte.isPartOfNumber && byte < UInt8(ascii: "A"):
      state = .number
      return .number
    case 0x21... where byte != UInt8(ascii: ":"):
      state = .word
      return .word
    default: return nil
    }
  }
}

extension UInt8 {
  fileprivate var isPartOfNumber: Bool {
    switch self {
    case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: false
    }
  }

  fileprivate var isStructural: Bool {
    switch self {
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "\""):
      true
    default: false
    }
  }
}
