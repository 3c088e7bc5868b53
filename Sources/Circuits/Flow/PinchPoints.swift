/// Where the current between two cores is squeezed within their corridor.
///
/// McRae, Dickson, Keitt and Shah 2008, *Ecology* 89, 2712–2724; cut to a least-cost corridor as in Linkage Mapper's
/// Pinchpoint Mapper.
package struct PinchPoints: Sendable {
  package let effectiveResistance: Double
  /// The rectangle of the grid that `nodeCurrents` has.
  package let rows: Range<Int>
  package let columns: Range<Int>
  /// Row by row, for one ampere; 0 outside of the corridor, 1 in the cores.
  package let nodeCurrents: [Double]
}

extension RasterCircuit {
  /// The pinch points of a corridor; `nil` where it does not join the cores.
  ///
  /// Only the rectangle around the corridor is solved for and copied, so a short corridor of a large grid costs little.
  ///
  /// - Parameters:
  ///   - first: a core; its cells beside the corridor conduct as well.
  ///   - corridor: its cells; those of the cores may be among them.
  package func pinchPoints(
    from first: [CellRun], to second: [CellRun], within corridor: [CellRun],
    tolerance: Double = 1e-8
  ) throws(SolverStalled) -> PinchPoints? {
    let filled = corridor.filter { !$0.columns.isEmpty }
    guard let top = filled.map(\.row).min(), let bottom = filled.map(\.row).max(),
      let left = filled.map(\.columns.lowerBound).min(),
      let right = filled.map(\.columns.upperBound).max()
    else { return nil }
    // With a cell around it, so that cores which the corridor only touches are seen.
    let window = CellWindow(
      rows: max(0, top - 1)..<min(rows, bottom + 2),
      columns: max(0, left - 1)..<min(columns, right + 1))
    let (source, sink) = (window.cells(of: first), window.cells(of: second))
    guard !source.isEmpty, !sink.isEmpty else { return nil }
    let circuit = cut(to: window, keeping: [corridor, first, second])
    guard let flow = try circuit.pair(from: source, to: sink, tolerance: tolerance) else {
      return nil
    }
    return PinchPoints(
      effectiveResistance: flow.effectiveResistance, rows: window.rows, columns: window.columns,
      nodeCurrents: flow.nodeCurrents)
  }
}
