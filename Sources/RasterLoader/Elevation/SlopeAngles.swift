/// Angles of slopes whose squared tangents are known.
extension UnsafeMutableBufferPointer<Float> {
  /// Degrees, right to 1e-5, in the place of squared tangents, which are at least 0; NaN stays.
  ///
  /// - Parameter anyAbove45: whether any square may be above 1; without them an angle takes half the time.
  func replaceSquaredTangentsWithDegrees(anyAbove45: Bool) {
    if !anyAbove45 {
      for index in indices { unsafe self[index] = self[index].angleUpTo45 }
    } else {
      for index in indices {
        let square = unsafe self[index]
        // Beyond 45° the cotangent. The division is made everywhere, as no branch is.
        let isSteep = square > 1
        let angle = (isSteep ? 1 / square : square).angleUpTo45
        unsafe self[index] = isSteep ? 90 - angle : angle
      }
    }
  }
}

extension Float {
  /// Degrees of the angle whose squared tangent this is, 0…1.
  ///
  /// Of the magnitude: for negative numbers the library's root calls out, which keeps a loop from becoming
  /// vectors. Source: Abramowitz and Stegun (1964), 4.4.49, here in degrees, off by 2e-8 radians.
  @inline(__always) fileprivate var angleUpTo45: Float {
    let q = self
    let high = ((0.164_222_637 * q - 0.926_228_488) * q + 2.458_539_77) * q
    let middle = ((high - 4.313_778_61) * q + 6.105_588_95) * q - 8.141_099_68
    let perTangent = ((middle * q + 11.455_460_8) * q - 19.098_485_4) * q + 57.295_779_5
    return perTangent * q.magnitude.squareRoot()
  }
}
