/// How the numbers of a grid's cells lie in memory: row by row, with a border, so that every cell has eight
/// neighbours and none needs to be asked for.
struct PlaneShape: Hashable, Sendable {
  let columns: Int
  let rows: Int
  /// Numbers of a row, border included.
  let stride: Int

  init(columns: Int, rows: Int) {
    (self.columns, self.rows, stride) = (columns, rows, columns + 2)
  }

  /// A second row below, for the coarser grid may reach a cell farther; and what vectors read past the end.
  var count: Int { stride * (rows + 3) + 16 }

  @inline(__always) func index(row: Int, column: Int) -> Int { (row + 1) * stride + column + 1 }
  /// Of a cell that is numbered row by row.
  func index(_ cell: Int) -> Int { index(row: cell / columns, column: cell % columns) }
}

/// A number for each cell of a grid, 0 on its border.
///
/// Loops over cells take the pointer: a bounds check at each of the two dozen numbers that a cell's relaxation reads
/// would cost more than its arithmetic. A plane lives as long as whoever holds it, and is used by one thread.
@safe final class Plane<Scalar: SIMDScalar & BinaryFloatingPoint> {
  let numbers: UnsafeMutablePointer<Scalar>
  let count: Int

  init(_ shape: PlaneShape) {
    count = shape.count
    unsafe numbers = .allocate(capacity: count)
    unsafe numbers.initialize(repeating: 0, count: count)
  }

  deinit { unsafe numbers.deallocate() }

  subscript(index: Int) -> Scalar {
    get {
      precondition(index >= 0 && index < count)
      return unsafe numbers[index]
    }
    set {
      precondition(index >= 0 && index < count)
      unsafe numbers[index] = newValue
    }
  }

  func clear() { unsafe numbers.update(repeating: 0, count: count) }
}

extension UnsafeMutablePointer<Float> {
  /// Eight numbers from a place on.
  @unsafe @inline(__always) subscript(lanes index: Int) -> SIMD8<Float> {
    get { unsafe UnsafeRawPointer(self + index).loadUnaligned(as: SIMD8<Float>.self) }
    nonmutating set {
      unsafe UnsafeMutableRawPointer(self + index).storeBytes(of: newValue, as: SIMD8<Float>.self)
    }
  }
}

extension UnsafeMutablePointer<Double> {
  /// Four numbers from a place on.
  @unsafe @inline(__always) subscript(lanes index: Int) -> SIMD4<Double> {
    get { unsafe UnsafeRawPointer(self + index).loadUnaligned(as: SIMD4<Double>.self) }
    nonmutating set {
      unsafe UnsafeMutableRawPointer(self + index).storeBytes(of: newValue, as: SIMD4<Double>.self)
    }
  }
}
