extension FixedWidthInteger {
  /// The whole number of a number that may be anything, as those of files and of users are: its fraction is
  /// left out, NaN is 0, and what the type does not hold, or doubles do not count one by one (beyond 2⁵³),
  /// is the last number that is.
  @inlinable public init(bounded value: Double) {
    let limit = Swift.min(Double(Self.max), 0x1p53)
    let lowest = Self.isSigned ? -limit : 0
    self = value.isNaN ? 0 : Self(Swift.min(Swift.max(value, lowest), limit))
  }
}
