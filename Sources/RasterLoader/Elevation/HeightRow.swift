import RasterCore

/// Heights that no place on Earth has: undeclared voids such as −32768, 65535 or −9999.
public enum ImpossibleHeight {
  /// The Challenger Deep is at −10,935 m, Everest at 8,849 m.
  public static let range: ClosedRange<Float> = -12_000...9_000
  /// The usual mark of a void; the only sea floor so deep lies in trenches.
  public static let mark: Float = -9999

  @inline(__always) public static func isImpossible(_ metres: Float) -> Bool {
    metres < range.lowerBound || metres > range.upperBound || metres == mark
  }
}

/// Looks at stored numbers of a row of a DEM, in loops that the compiler turns into vectors.
enum HeightRow {
  /// Whole numbers; whether all are heights that may be: none is `nodata` or impossible.
  static func convert(
    _ numbers: UnsafeBufferPointer<Int16>, into cells: UnsafeMutableBufferPointer<Float>,
    nodata: Int16?
  ) -> Bool {
    let mark = Int16(ImpossibleHeight.mark)
    let nodata = nodata ?? mark
    var (lowest, highest, marks): (Int16, Int16, Int16) = (0, 0, 0)
    for index in numbers.indices {
      let z = unsafe numbers[index]
      lowest = min(lowest, z)
      highest = max(highest, z)
      marks |= (z == mark ? 1 : 0) | (z == nodata ? 1 : 0)
      unsafe cells[index] = Float(z)
    }
    return marks == 0 && ImpossibleHeight.range.contains(Float(lowest))
      && ImpossibleHeight.range.contains(Float(highest))
  }

  /// Whether all numbers are heights that may be: none is NaN, `nodata` or impossible.
  static func isPlain(_ numbers: UnsafeMutableBufferPointer<Float>, nodata: Float) -> Bool {
    let (lowest, highest) = (ImpossibleHeight.range.lowerBound, ImpossibleHeight.range.upperBound)
    let mark = ImpossibleHeight.mark
    var good: UInt32 = 1
    for index in numbers.indices {
      let z = unsafe numbers[index]
      // Written so that NaN fails.
      let isInRange: UInt32 = (z >= lowest ? 1 : 0) & (z <= highest ? 1 : 0)
      good &= isInRange & (z != mark ? 1 : 0) & (z != nodata ? 1 : 0)
    }
    return good == 1
  }

  /// Turns numbers into metres, voids and impossible heights into NaN; the lowest number that is an undeclared void.
  static func interpret(
    _ numbers: UnsafeMutableBufferPointer<Float>, nodata: Float, scale: Float, offset: Float,
    marks: VoidMarks
  ) -> Float? {
    var lowest: Float?
    for index in numbers.indices {
      let number = unsafe numbers[index]
      var metres = number * scale + offset
      if number == nodata {
        metres = .nan
      } else if ImpossibleHeight.isImpossible(metres) || marks.contains(number) {
        lowest = min(number, lowest ?? .infinity)
        metres = .nan
      }
      unsafe numbers[index] = metres
    }
    return lowest
  }

  static func hasVoids(_ heights: UnsafeBufferPointer<Float>) -> Bool {
    var found: UInt32 = 0
    for index in heights.indices {
      let z = unsafe heights[index]
      found |= z != z ? 1 : 0
    }
    return found != 0
  }
}
