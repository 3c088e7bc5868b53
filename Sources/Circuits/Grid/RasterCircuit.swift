package import RasterCore

/// A raster as an electrical network: a node for each conducting cell, a link to each of its neighbours.
///
/// McRae, Dickson, Keitt and Shah 2008, "Using circuit theory to model connectivity in ecology, evolution, and
/// conservation", *Ecology* 89, 2712–2724. Cells are numbered row by row, from 0.
package struct RasterCircuit: Sendable {
  /// What the cells' values say.
  package enum Quantity: Sendable { case resistance, conductance }
  /// Of which quantity a link has the mean of its two cells: as its resistance, or as its conductance.
  package enum Averaging: Sendable { case resistance, conductance }
  package enum Neighbours: Sendable { case four, eight }

  package let columns: Int
  package let quantity: Quantity
  package let averaging: Averaging
  package let neighbours: Neighbours
  package let lengths: StepLengths
  /// Row by row; 0 = insulating.
  let values: [Float]

  /// - Parameter values: row by row; whatever is not a positive finite number insulates.
  package init(
    columns: Int, values: consuming [Float], of quantity: Quantity = .resistance,
    averaging: Averaging = .resistance, neighbours: Neighbours = .eight, lengths: StepLengths
  ) {
    precondition(columns > 0 && values.count == columns * lengths.rows)
    for index in values.indices where !(values[index] > 0 && values[index] < .infinity) {
      values[index] = 0
    }
    (self.columns, self.values, self.lengths) = (columns, values, lengths)
    (self.quantity, self.averaging, self.neighbours) = (quantity, averaging, neighbours)
  }

  package var rows: Int { lengths.rows }
  package var cellCount: Int { values.count }

  package func conducts(_ cell: Int) -> Bool { values[cell] > 0 }

  /// What a cell brings into the mean: ohms, or siemens where conductances are averaged.
  ///
  /// An insulating cell has no end of ohms. Among siemens it has minus no end of them, so that no link of it has any;
  /// but within a conductor (`isJoined`) it has none, and its links have half of what their other cell has, as in
  /// Circuitscape.
  @inline(__always) func share(_ value: Float, isJoined: Bool = false) -> Double {
    guard value > 0 else {
      return averaging == .resistance ? .infinity : isJoined ? 0 : -.infinity
    }
    let isSame = (quantity == .resistance) == (averaging == .resistance)
    return isSame ? Double(value) : 1 / Double(value)
  }
}
