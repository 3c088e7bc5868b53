/// What is known of the cells of a window, row by row: a category and a value of each layer that is there.
public struct CellValues: Sendable {
  /// 1…10, anything else is nodata.
  public var categories: [UInt8]
  /// The values by layer, in the layer's unit, NaN where missing. None of a layer that nobody asks for; a plane
  /// may be longer than `categories`.
  public var planes: [Layer: [Float]]

  public init(categories: [UInt8] = [], planes: [Layer: [Float]] = [:]) {
    (self.categories, self.planes) = (categories, planes)
  }

  /// Makes room for so many cells in the plane of a layer; what is there already is of no use afterwards.
  package mutating func makeRoom(for layer: Layer, cells count: Int) {
    if (planes[layer]?.count ?? 0) < count {
      planes[layer] = [Float](repeating: .nan, count: count)
    }
  }
}
