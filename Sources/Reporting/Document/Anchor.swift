/// Fragments that links lead to, made from names out of data.
enum Anchor {
  /// Letters and digits of ASCII as they are, all other bytes by their number.
  static func text(_ name: String) -> String {
    name.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = byte < 0x80 && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
      return isPlain ? String(scalar) : "-" + String(byte, radix: 16)
    }.joined()
  }
}
