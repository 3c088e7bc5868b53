import GeoIO
import RasterCore

/// The states of a window of one tile, and the buffers that reading it needs.
struct CodeBuffer {
  var states: [UInt8] = []
  private var wide: [Int32] = []
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
    // Double precision holds all codes of 32 bits without a sign, which Int32 does not.
    if tile.band.isFloatingPoint || tile.band.typeName == "UInt32" {
      try readReal(window, of: tile, from: &tiles, table)
      marked?.codes = real[..<count].map { $0.isFinite && abs($0) < 1e15 ? Int($0) : 0 }
    } else if tile.band.typeName == "Byte" && !tile.band.isSignedByte {
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
    } else {
      try readWide(window, of: tile, from: &tiles, table)
      marked?.codes = wide[..<count].map(Int.init)
    }
    if tile.band.hasMask {
      if mask.count < count { mask = [UInt8](repeating: 0, count: count) }
      try tiles.readMask(window, of: tile, into: &mask)
      for index in 0..<count where mask[index] == 0 { states[index] = LandState.nodata.rawValue }
    }
  }

  private mutating func readWide(
    _ window: Window, of tile: RasterTile, from tiles: inout OpenTiles, _ table: CodeTable
  ) throws(HabitatError) {
    let count = window.cellCount
    if wide.count < count { wide = [Int32](repeating: 0, count: count) }
    try tiles.read(window, of: tile, into: &wide)
    let nodata = tile.nodata.flatMap { Int32(exactly: $0) }
    // Neighbours mostly share a code: one look-up serves a run.
    var (last, lastState) = (Int32.min, LandState.unknown.rawValue)
    var isFirst = true
    for index in 0..<count {
      var code = wide[index]
      if tile.band.isSignedByte && code > 127 {
        code -= 256
        wide[index] = code
      }
      if isFirst || code != last {
        isFirst = false
        last = code
        lastState = code == nodata ? LandState.nodata.rawValue : table.state(Int(code)).rawValue
      }
      states[index] = lastState
    }
  }

  /// Codes in a floating-point raster: whole numbers are taken, NaN is nodata, all else is unknown.
  private mutating func readReal(
    _ window: Window, of tile: RasterTile, from tiles: inout OpenTiles, _ table: CodeTable
  ) throws(HabitatError) {
    let count = window.cellCount
    if real.count < count { real = [Double](repeating: 0, count: count) }
    try tiles.read(window, of: tile, into: &real)
    for index in 0..<count {
      let value = real[index]
      if value.isNaN || value == tile.nodata {
        states[index] = LandState.nodata.rawValue
      } else if let code = Int(exactly: value) {
        states[index] = table.state(code).rawValue
      } else {
        throw HabitatError(
          .input, "code-not-whole", "the land cover holds \(value), which is no class code",
          at: "landcover: \(tile.path)", fix: "give a raster of whole class codes, or another band")
      }
    }
  }
}
