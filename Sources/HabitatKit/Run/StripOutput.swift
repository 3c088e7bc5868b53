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

/// A strip of one species as it is written: each raster with its part of the overviews.
struct FinishedStrip: Sendable {
  let window: Window
  let classes: Pyramid<UInt8>?
  let scores: Pyramid<Float>?
  let resistances: Pyramid<Float>?
  let limiting: Pyramid<UInt8>?

  init(_ output: StripOutput, halvings: Int) {
    let columns = output.window.columns
    func codes(_ cells: [UInt8]) -> Pyramid<UInt8>? {
      cells.isEmpty ? nil : Pyramid(cells, columns: columns, halvings: halvings, OverviewRule.mode)
    }
    func amounts(_ cells: [Float]) -> Pyramid<Float>? {
      cells.isEmpty ? nil : Pyramid(cells, columns: columns, halvings: halvings, OverviewRule.mean)
    }
    window = output.window
    (classes, limiting) = (codes(output.classes), codes(output.limiting))
    (scores, resistances) = (amounts(output.scores), amounts(output.resistances))
  }
}
