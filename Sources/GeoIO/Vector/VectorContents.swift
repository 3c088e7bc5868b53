import CGDAL
public import RasterCore

/// What a file of outlines offers to choose from.
public struct VectorContents: Sendable {
  /// Those that may hold outlines.
  public let layers: [String]
  /// Of the layer of that name or, without one, of the only one that may hold outlines; none where that is not
  /// clear.
  public let fields: [String]

  /// - Throws: `.input`: `input-missing`, `not-vector`, `layer-ambiguous` and its like of `VectorContainer`.
  public init(reading path: String, layer: String?) throws(HabitatError) {
    let file = try VectorContainer.file(at: path, for: .parks, layer: layer)
    let dataset = try VectorDataset(reading: file, for: .parks)
    layers = dataset.outlineLayers
    let chosen = unsafe try? dataset.layer(named: layer)
    fields = unsafe chosen.map { unsafe LayerFields(OGR_L_GetLayerDefn($0)).names } ?? []
  }
}
