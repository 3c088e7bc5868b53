import RasterCore

/// Of a run whose grid is far larger than the box of its parks: what a run of that box would take.
struct ParksBoxHint: Hashable, Sendable {
  /// Of the whole grid.
  let cells: Int
  /// Of the box of the parks, out to whole tiles.
  let cellsOfBox: Int

  /// From so many times its cells on a grid is worth cutting to the box.
  private static let factor = 20

  /// `nil` where the grid is not that large, there are no parks on it, or the user has chosen a part of it.
  init?(_ inputs: PreparedInputs, _ grid: CustomGrid) {
    guard grid.extent == nil,
      let box = inputs.parks?.window?.outToSquares(of: Strip.tile)
        .intersection(inputs.grid.window),
      inputs.grid.cellCount > Self.factor * box.cellCount
    else { return nil }
    (cells, cellsOfBox) = (inputs.grid.cellCount, box.cellCount)
  }

  /// Of what goes with the cells, such as seconds of scoring, the part that the box would take.
  func ofBox(_ amount: Double) -> Double { amount * Double(cellsOfBox) / Double(cells) }

  /// Said when the run is done, and no part of its record: a second run takes other seconds.
  ///
  /// - Parameter seconds: that its pass over the cells took.
  func warning(scoredIn seconds: Double) -> HabitatWarning {
    let saved = seconds - ofBox(seconds)
    return HabitatWarning(
      "grid-beyond-parks",
      "the grid has \(times) times as many cells as the box of the parks; about "
        + "\(saved.formatted(decimals: saved < 10 ? 1 : 0)) s of the run went there",
      at: "grid: \(Double(cells).grouped(decimals: 0)) cells, box of the parks: "
        + "\(Double(cellsOfBox).grouped(decimals: 0))",
      fix: "add --extent parks, or --extent parks+5 for 5 km around them: no number changes")
  }

  /// Of a forecast.
  ///
  /// - Parameters:
  ///   - seconds: of the whole run.
  ///   - scoring: of these those that go with the cells.
  func text(_ seconds: Double, scoring: Double) -> String {
    let ofBox = seconds - scoring + ofBox(scoring)
    return "The box of the parks has \(times) times fewer cells: with --extent parks about "
      + "\(ofBox.formatted(decimals: ofBox < 10 ? 1 : 0)) s."
  }

  private var times: String { (Double(cells) / Double(cellsOfBox)).grouped(decimals: 0) }
}
