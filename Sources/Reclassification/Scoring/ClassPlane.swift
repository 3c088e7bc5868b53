import RasterCore

/// The class of every combination of a category and two layers' bins, for models with just two layers
/// beside land cover: one look-up a cell.
///
/// Neighbouring bins of `ClassBrackets` are joined, so that the table stays near the processor. A place
/// whose brackets lie on both sides of a bound is open: its cells, like those that lack a value, are
/// left to the finer brackets.
struct ClassPlane: Sendable {
  /// By category 0…15, then by joined bin of the first and of the second layer.
  let outcomes: [UInt8]
  /// Eight bins of the first layer and sixteen of the second are one: 256 by 128 places a category.
  static var firstShift: UInt32 { 3 }
  static var secondShift: UInt32 { 4 }
  static var firstBits: UInt32 { ClassBrackets.Bins.bits - firstShift }
  static var secondBits: UInt32 { ClassBrackets.Bins.bits - secondShift }

  /// `nil` unless two layers take part.
  init?(_ brackets: ClassBrackets, _ rule: Combination.Rule) {
    guard brackets.bins.count == 2 else { return nil }
    let first = Self.joined(brackets, layer: 0, by: 1 << Int(Self.firstShift))
    let second = Self.joined(brackets, layer: 1, by: 1 << Int(Self.secondShift))
    outcomes = (0..<16).flatMap { category -> [UInt8] in
      let row = brackets.rows[category]
      guard row.settled == ClassBrackets.open else {
        return [UInt8](repeating: row.settled, count: first.count * second.count)
      }
      return rule == .minimum
        ? Self.outcomes(row, first, second, Least.self)
        : Self.outcomes(row, first, second, Sum.self)
    }
  }

  private static func outcomes<Rule: Joining>(
    _ row: ClassBrackets.Row, _ first: [ClassBrackets.Bracket], _ second: [ClassBrackets.Bracket],
    _ rule: Rule.Type
  ) -> [UInt8] {
    var outcomes = [UInt8](repeating: ClassBrackets.open, count: first.count * second.count)
    var place = 0
    for one in first {
      for other in second {
        if let outcome = row.outcome(of: Rule.join(one, other)) { outcomes[place] = outcome }
        place += 1
      }
    }
    return outcomes
  }

  /// Brackets of as many bins each.
  private static func joined(
    _ brackets: ClassBrackets, layer: Int, by count: Int
  ) -> [ClassBrackets.Bracket] {
    let start = brackets.bins[layer].offset
    return stride(from: start, to: start + ClassBrackets.Bins.count, by: count).map { place in
      let bins = brackets.brackets[place..<place + count]
      return bins.dropFirst().reduce(bins[place]) { joined, bin in
        ClassBrackets.Bracket(min(joined.x, bin.x), max(joined.y, bin.y))
      }
    }
  }
}

extension RowClassifier {
  /// Classes cells by the table of two layers, four at a time.
  func classify(
    _ count: Int, _ categories: UnsafePointer<UInt8>, by plane: ClassPlane,
    into outcomes: UnsafeMutablePointer<UInt8>
  ) {
    guard layerCount == 2 else { return }
    let (first, second) = (layers[0], layers[1])
    unsafe scorer.withTables { _, _, _, rows, brackets in
      func settle(_ index: Int) {
        unsafe outcomes[index] = outcome(categories[index], index, rows, brackets)
      }
      unsafe plane.outcomes.withUnsafeBufferPointer { table in
        guard let table = table.baseAddress else { return }
        let whole = count & ~3
        for index in stride(from: 0, to: whole, by: 4) {
          let (one, other) = (first.four(at: index), second.four(at: index))
          let four = unsafe UnsafeRawPointer(categories + index).loadUnaligned(
            as: SIMD4<UInt8>.self)
          // Beyond the ten all are alike.
          let known = SIMD4<UInt32>(truncatingIfNeeded: pointwiseMin(four, SIMD4(repeating: 15)))
          let places =
            known &<< (ClassPlane.firstBits + ClassPlane.secondBits)
            | (first.bins.numbers(of: one) &>> ClassPlane.firstShift) &<< ClassPlane.secondBits
            | second.bins.numbers(of: other) &>> ClassPlane.secondShift
          let (a, b) = unsafe (UInt32(table[Int(places.x)]), UInt32(table[Int(places.y)]))
          let (c, d) = unsafe (UInt32(table[Int(places.z)]), UInt32(table[Int(places.w)]))
          let codes = a | b &<< 8 | c &<< 16 | d &<< 24
          unsafe UnsafeMutableRawPointer(outcomes + index).storeBytes(
            of: codes.littleEndian, as: UInt32.self)
          let check = one + other
          let isMissing = check .!= check
          // Of all outcomes only `open` has the highest bit.
          guard codes & 0x8080_8080 != 0 || any(isMissing) else { continue }
          for lane in 0..<4 {
            let outcome = unsafe outcomes[index + lane]
            if isMissing[lane] || outcome == ClassBrackets.open { settle(index + lane) }
          }
        }
        for index in whole..<count { settle(index) }
      }
    }
  }
}
