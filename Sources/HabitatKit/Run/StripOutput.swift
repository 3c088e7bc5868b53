import RasterCore

/// The rasters a run may write for each species.
public enum OutputLayer: String, CaseIterable, Sendable {
  case suitabilityClass = "class"
  case score, resistance, limiting
}

/// The cells of one strip for one species, for each raster that is wanted.
struct StripOutput: Sendable {
  let window: Window
  var classes: [UInt8] = []
  var scores: [Float] = []
  var resistances: [Float] = []
  var limiting: [UInt8] = []

  init(_ window: Window, layers: Set<OutputLayer>) {
    self.window = window
    let count = window.cellCount
    if layers.contains(.suitabilityClass) { classes = [UInt8](repeating: 0, count: count) }
    if layers.contains(.score) { scores = [Float](repeating: 0, count: count) }
    if layers.contains(.resistance) { resistances = [Float](repeating: 0, count: count) }
    if layers.contains(.limiting) { limiting = [UInt8](repeating: 0, count: count) }
  }

  /// Scores, resistances or limiting factors are wanted, which take an exact evaluation.
  var needsScores: Bool { !(scores.isEmpty && resistances.isEmpty && limiting.isEmpty) }
}
