import GeoIO

/// Stored numbers that mark voids by custom, whichever unit and scale the heights are in.
///
/// −9999 feet are −3,048 m, which is a depth that there is, and so the range of heights does not tell.
public struct VoidMarks: Sendable {
  /// NaN, which no number equals, where there are fewer.
  private var numbers = SIMD8<Float>(repeating: .nan)

  /// Below every shore on land, that of the Dead Sea too.
  private static let lowestLand = -450.0
  private static let customary: [Float] = [-9999, -32_768, -32_767]

  /// None where heights are metres as stored: there `ImpossibleHeight` tells them.
  ///
  /// The ends of the type's range count, but for 0 and those of bytes; so do the customary marks, unless an offset makes
  /// land of them, as in files whose heights are spread over all numbers of the type.
  init(_ tile: RasterTile) {
    let (scale, offset) = (tile.heightScale, tile.heightOffset)
    guard scale != 1 || offset != 0 else { return }
    let marks =
      Self.ends(ofType: tile.band.typeName)
      + Self.customary.filter { offset == 0 || Double($0) * scale + offset < Self.lowestLand }
    for (index, mark) in marks.enumerated() { numbers[index] = mark }
  }

  private static func ends(ofType name: String) -> [Float] {
    switch name {
    case "Int16": [Float(Int16.min), Float(Int16.max)]
    case "UInt16": [Float(UInt16.max)]
    case "Int32": [Float(Int32.min), Float(Int32.max)]
    case "UInt32": [Float(UInt32.max)]
    default: []
    }
  }

  @inline(__always) public func contains(_ number: Float) -> Bool {
    any(numbers .== SIMD8(repeating: number))
  }
}

extension RasterTile {
  public var voidMarks: VoidMarks { VoidMarks(self) }
}
