/// Where the sums of one zone and layer lie among all.
struct CodeSlot {
  let base: Int
  let codeCount: Int

  /// The place of a code's sum; a code beyond the last would fall to another zone, so it stops.
  @inline(__always) subscript(code: UInt8) -> Int {
    precondition(Int(code) < codeCount, "a code is beyond the last one")
    return base &+ Int(code)
  }
}

/// Sums by code, to which a run of cells is added, eight neighbours of one code at once.
extension MutableSpan<Int64> {
  /// Cells of which a zone covers the same share, of equal area or by prefix sums of areas.
  @inline(__always) mutating func add(
    _ codes: Span<UInt8>, _ cells: Range<Int>, to slot: CodeSlot, share: UInt32,
    uniform: Int64?, prefix: Span<Int64>
  ) {
    switch (uniform, share == CoverageRun.whole) {
    case (let area?, true): add(codes, cells, to: slot, area: area)
    case (let area?, false): add(codes, cells, to: slot, area: CoverageRun.part(share, of: area))
    case (nil, true): add(codes, cells, to: slot, prefix: prefix)
    case (nil, false): add(codes, cells, to: slot, prefix: prefix, share: share)
    }
  }

  /// Cells of equal area.
  private mutating func add(
    _ codes: Span<UInt8>, _ cells: Range<Int>, to slot: CodeSlot, area: Int64
  ) {
    var cell = cells.lowerBound
    while cell + 8 <= cells.upperBound {
      if let code = commonCode(codes, cell) {
        self[slot[code]] &+= 8 &* area
      } else {
        for next in cell..<cell + 8 { self[slot[codes[next]]] &+= area }
      }
      cell += 8
    }
    for next in cell..<cells.upperBound { self[slot[codes[next]]] &+= area }
  }

  /// Cells whose areas are the differences of prefix sums.
  private mutating func add(
    _ codes: Span<UInt8>, _ cells: Range<Int>, to slot: CodeSlot, prefix: Span<Int64>
  ) {
    var cell = cells.lowerBound
    while cell + 8 <= cells.upperBound {
      if let code = commonCode(codes, cell) {
        self[slot[code]] &+= prefix[cell + 8] &- prefix[cell]
      } else {
        for next in cell..<cell + 8 {
          self[slot[codes[next]]] &+= prefix[next + 1] &- prefix[next]
        }
      }
      cell += 8
    }
    for next in cell..<cells.upperBound {
      self[slot[codes[next]]] &+= prefix[next + 1] &- prefix[next]
    }
  }

  /// Cells covered in part; each is rounded by itself, whatever its neighbours.
  private mutating func add(
    _ codes: Span<UInt8>, _ cells: Range<Int>, to slot: CodeSlot, prefix: Span<Int64>,
    share: UInt32
  ) {
    for cell in cells {
      self[slot[codes[cell]]] &+= CoverageRun.part(share, of: prefix[cell + 1] &- prefix[cell])
    }
  }
}

/// The code of eight neighbours, if they have one.
@inline(__always) private func commonCode(_ codes: Span<UInt8>, _ first: Int) -> UInt8? {
  // Bounds are checked; only the type is taken on trust, and any eight bytes are a whole number.
  let word = unsafe codes.bytes.unsafeLoadUnaligned(fromByteOffset: first, as: UInt64.self)
  let code = word & 0xFF
  return word == code &* 0x0101_0101_0101_0101 ? UInt8(truncatingIfNeeded: code) : nil
}
