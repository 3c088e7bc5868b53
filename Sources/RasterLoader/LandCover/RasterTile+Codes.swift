import GeoIO
public import RasterCore

/// How the cells of a land-cover band become class codes, none of them as another.
extension RasterTile {
  /// The type that holds all numbers of the band.
  public enum CodeType: Sendable {
    case byte
    /// At most 32 bits with a sign.
    case int32
    case int64
    case uint64
    case double
  }

  public var codeType: CodeType {
    switch band.typeName {
    case "Byte": band.isSignedByte ? .int32 : .byte
    case "UInt32", "Int64": .int64
    case "UInt64": .uint64
    default: band.isFloatingPoint ? .double : .int32
    }
  }

  /// The code that a stored whole number is; `nil` is "no value".
  ///
  /// - Throws: `.input`, slug `code-too-large`, beyond 63 bits.
  public func code(of stored: Int128) throws(HabitatError) -> Int? {
    // GDAL 3.6 hands signed bytes out as unsigned ones.
    let number = band.isSignedByte && stored > 127 ? stored - 256 : stored
    if isNodata(number) { return nil }
    guard let code = Int(exactly: number) else { throw codeTooLarge("\(number)") }
    return code
  }

  /// The code that a stored number is; `nil` is "no value", as NaN always is.
  ///
  /// - Throws: `.input`: `code-not-whole`; `code-too-large` where doubles are too coarse to tell a code from
  ///   the next.
  public func code(of number: Double) throws(HabitatError) -> Int? {
    if number.isNaN || isNodata(number) { return nil }
    if number.isFinite, abs(number) > 0x1p53 {
      throw codeTooLarge(abs(number) < 0x1p63 ? "\(Int(number))" : "\(number)")
    }
    guard let code = Int(exactly: number) else {
      throw HabitatError(
        .input, "code-not-whole", "the band holds \(number), which is no class code",
        at: "\(layer): \(path)", fix: "give a raster of whole class codes, or another band")
    }
    return code
  }

  /// Whether a number is a fraction or infinite, and so neither a code nor "no value".
  public func isFraction(_ number: Double) -> Bool {
    !number.isNaN && (number != number.rounded() || number.isInfinite) && !isNodata(number)
  }

  /// Whether a number is the nodata value as the band's own type holds it.
  private func isNodata(_ number: Double) -> Bool {
    guard let nodata else { return false }
    return number == nodata || number == Double(Float(nodata)) && band.typeName == "Float32"
  }

  /// The file's own nodata value is exact. A user's is a `Double`: all numbers count that it stands for.
  private func isNodata(_ number: Int128) -> Bool {
    if let wholeNodata { return number == wholeNodata }
    return nodata == Double(number)
  }

  private func codeTooLarge(_ number: String) -> HabitatError {
    HabitatError(
      .input, "code-too-large",
      "the band holds \(number), a number too large for a class code",
      at: "\(layer): \(path)",
      fix: "if it marks cells without a value, add --nodata \(layer)=\(number); if not, give a "
        + "raster of class codes, or another band")
  }
}
