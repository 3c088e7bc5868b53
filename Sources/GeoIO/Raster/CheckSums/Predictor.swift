/// What a TIFF stores in place of the cells of a row, so that they pack better.
///
/// Source: TIFF 6.0, section 14; Adobe Photoshop TIFF Technical Note 3 (2005) for floating-point numbers.
enum Predictor: Int {
  case none = 1
  /// The difference to the cell on the left.
  case difference = 2
  /// The first bytes of all cells, then the second ones and so on, each less the byte before it.
  case floatingPoint = 3

  /// The check sum of cells as they are stored.
  ///
  /// - Parameters:
  ///   - cells: whole rows of `columns` cells, in this machine's byte order.
  ///   - size: bytes of a cell.
  func checkSum(of cells: UnsafeRawBufferPointer, columns: Int, size: Int) -> UInt32 {
    var sum = Adler32()
    let rowBytes = columns * size
    guard self != .none, rowBytes > 0 else {
      unsafe sum.add(cells)
      return sum.value
    }
    var stored = [UInt8](repeating: 0, count: rowBytes)
    var planes = self == .floatingPoint ? stored : []
    for row in 0..<cells.count / rowBytes {
      let line = unsafe UnsafeRawBufferPointer(
        rebasing: cells[row * rowBytes..<(row + 1) * rowBytes])
      unsafe stored.withUnsafeMutableBytes { stored in
        if self == .difference {
          switch size {
          case 2: unsafe Self.subtract(line, UInt16.self, into: stored)
          case 4: unsafe Self.subtract(line, UInt32.self, into: stored)
          case 8: unsafe Self.subtract(line, UInt64.self, into: stored)
          default: unsafe Self.subtract(line, UInt8.self, into: stored)
          }
        } else {
          unsafe planes.withUnsafeMutableBytes { planes in
            switch size {
            case 2: unsafe Self.part(line, UInt16.self, into: planes)
            case 8: unsafe Self.part(line, UInt64.self, into: planes)
            default: unsafe Self.part(line, UInt32.self, into: planes)
            }
            unsafe Self.subtract(UnsafeRawBufferPointer(planes), UInt8.self, into: stored)
          }
        }
        unsafe sum.add(UnsafeRawBufferPointer(stored))
      }
    }
    return sum.value
  }

  @inline(__always) private static func subtract<Number: FixedWidthInteger>(
    _ line: UnsafeRawBufferPointer, _: Number.Type, into target: UnsafeMutableRawBufferPointer
  ) {
    let (source, target) = unsafe (
      line.assumingMemoryBound(to: Number.self), target.assumingMemoryBound(to: Number.self)
    )
    guard !source.isEmpty else { return }
    unsafe target[0] = source[0]
    for index in 1..<source.count {
      unsafe target[index] = source[index] &- source[index &- 1]
    }
  }

  /// The most significant byte of every cell, then the next.
  @inline(__always) private static func part<Number: FixedWidthInteger>(
    _ line: UnsafeRawBufferPointer, _: Number.Type, into target: UnsafeMutableRawBufferPointer
  ) {
    let source = unsafe line.assumingMemoryBound(to: Number.self)
    let count = source.count
    for plane in 0..<MemoryLayout<Number>.size {
      let shift = Number.bitWidth &- 8 &* (plane &+ 1)
      let bytes = unsafe UnsafeMutableRawBufferPointer(
        rebasing: target[plane * count..<(plane + 1) * count])
      for index in 0..<count {
        unsafe bytes[index] = UInt8(truncatingIfNeeded: source[index] &>> shift)
      }
    }
  }
}
