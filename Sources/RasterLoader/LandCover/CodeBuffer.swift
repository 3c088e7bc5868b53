import GeoIO
import RasterCore

/// The states of a window of one tile, and the buffers that reading it needs.
struct CodeBuffer {
  var states: [UInt8] = []
  private var numbers: [Int32] = []
  private var long: [Int64] = []
  private var unsigned: [UInt64] = []
  private var real: [Double] = []
  private var mask: [UInt8] = []

  /// Collects the raw codes beside their states, on the rare path that must name them.
  final class CodesOfState {
    let state: LandState
    var codes: [Int] = []
    init(_ state: LandState) { self.state = state }
  }

  /// Reads codes of whatever type the tile has and looks their states up.
  mutating func read(
    _ window: Window, of tile: RasterTile, from tiles: inout OpenTiles, _ table: CodeTable,
    keeping marked: CodesOfState? = nil
  ) throws(HabitatError) {
    let count = window.cellCount
    if states.count < count { states = [UInt8](repeating: 0, count: count) }
    switch tile.codeType {
    case .byte: try readBytes(window, of: tile, from: &tiles, table, keeping: marked)
    case .int32:
      try Self.read(window, of: tile, from: &tiles, &numbers)
      try Self.look(up: numbers, count, of: tile, table, &states, keeping: marked)
    case .int64:
      try Self.read(window, of: tile, from: &tiles, &long)
      try Self.look(up: long, count, of: tile, table, &states, keeping: marked)
    case .uint64:
      try Self.read(window, of: tile, from: &tiles, &unsigned)
      try Self.look(up: unsigned, count, of: tile, table, &states, keeping: marked)
    case .double:
      try Self.read(window, of: tile, from: &tiles, &real)
      try lookUpReal(count, of: tile, table, keeping: marked)
    }
    if tile.band.hasMask {
      if mask.count < count { mask = [UInt8](repeating: 0, count: count) }
      try tiles.readMask(window, of: tile, into: &mask)
      for index in 0..<count where mask[index] == 0 { states[index] = LandState.nodata.rawValue }
    }
  }

  private mutating func readBytes(
    _ window: Window, of tile: RasterTile, from tiles: inout OpenTiles, _ table: CodeTable,
    keeping marked: CodesOfState?
  ) throws(HabitatError) {
    let count = window.cellCount
    try tiles.read(window, of: tile, into: &states)
    marked?.codes = states[..<count].map(Int.init)
    var bytes = table.bytes
    if let nodata = tile.nodata.flatMap({ UInt8(exactly: $0) }) {
      bytes[Int(nodata)] = LandState.nodata.rawValue
    }
    unsafe states.withUnsafeMutableBufferPointer { states in
      unsafe bytes.withUnsafeBufferPointer { stateOfCode in
        for index in 0..<count { unsafe states[index] = stateOfCode[Int(states[index])] }
      }
    }
  }

  private static func read<Number: RasterCell>(
    _ window: Window, of tile: RasterTile, from tiles: inout OpenTiles, _ numbers: inout [Number]
  ) throws(HabitatError) {
    if numbers.count < window.cellCount {
      numbers = [Number](repeating: .zero, count: window.cellCount)
    }
    try tiles.read(window, of: tile, into: &numbers)
  }

  /// The states of whole numbers wider than a byte.
  private static func look<Number: FixedWidthInteger>(
    up numbers: [Number], _ count: Int, of tile: RasterTile, _ table: CodeTable,
    _ states: inout [UInt8], keeping marked: CodesOfState?
  ) throws(HabitatError) {
    marked?.codes = [Int](repeating: 0, count: count)
    // Neighbours mostly share a code: one look-up serves a run.
    var last: Number?
    var code: Int?
    var state = LandState.nodata.rawValue
    for index in 0..<count {
      let number = numbers[index]
      if number != last {
        last = number
        code = try tile.code(of: Int128(number))
        state = code.map { table.state($0).rawValue } ?? LandState.nodata.rawValue
      }
      states[index] = state
      if let marked, let code { marked.codes[index] = code }
    }
  }

  private mutating func lookUpReal(
    _ count: Int, of tile: RasterTile, _ table: CodeTable, keeping marked: CodesOfState?
  ) throws(HabitatError) {
    marked?.codes = [Int](repeating: 0, count: count)
    for index in 0..<count {
      let code = try tile.code(of: real[index])
      states[index] = code.map { table.state($0).rawValue } ?? LandState.nodata.rawValue
      if let marked, let code { marked.codes[index] = code }
    }
  }
}
