extension Int {
  /// The lowest bytes of the number, the lowest first, as files hold whole numbers.
  public func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
  }
}
