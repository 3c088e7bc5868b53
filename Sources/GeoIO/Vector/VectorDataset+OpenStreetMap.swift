import CGDAL
import RasterCore

extension VectorDataset {
  /// What to say of an extract of OpenStreetMap; `nil` of any other source.
  ///
  /// - Parameters:
  ///   - layers: those that are read, not empty.
  ///   - condition: the whole one, of all of them.
  /// - Throws: `.input`: `unreadable-features`, `osm-unsorted`.
  borrowing func extractReport(
    on layers: [String], where condition: String, _ theme: FeatureTheme
  ) throws(HabitatError) -> OSMReport? {
    guard isOpenStreetMap else { return nil }
    let definition = unsafe OGR_L_GetLayerDefn(GDALDatasetGetLayerByName(handle, layers[0]))
    guard let selection = unsafe OSMSelection(condition, of: layers, fields: definition, theme)
    else { return nil }
    return try OSMReport(ofExtract: path, selection, theme)
  }
}
