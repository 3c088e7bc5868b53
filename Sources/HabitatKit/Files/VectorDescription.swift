import GeoIO
public import RasterCore
import RasterLoader

/// A vector source as it describes itself, fit for use or not.
public struct VectorDescription: Hashable, Sendable {
  /// `parks`, `roads`, `settlements` or `water`.
  public let layer: String
  public let path: String
  public let driver: String
  /// The layers of the file that are read.
  public let fileLayers: [String]
  public let crs: CoordinateReferenceSystem?
  /// Features, or simple shapes where they are read one by one; `nil` where they were not read.
  public internal(set) var count: Int?
  /// Tags choose what of an OpenStreetMap extract is read.
  public let isOpenStreetMap: Bool

  /// Parks, which have been read.
  init(_ parks: PolygonLayer, crs: CoordinateReferenceSystem?) {
    (layer, path, driver) = ("parks", parks.path, parks.driver)
    (fileLayers, self.crs, count) = ([parks.layer], crs ?? parks.crs, parks.features.count)
    isOpenStreetMap = parks.isOpenStreetMap
  }

  /// The head of a file, no feature of which is read.
  ///
  /// - Throws: `.input`: `input-missing`, `not-vector`, `layer-ambiguous`, `layer-unknown`,
  ///   `bad-condition`.
  init(_ source: Landscape.VectorLayer, _ theme: FeatureTheme) throws(HabitatError) {
    let reader = try FeatureReader(
      reading: source.path,
      FeatureReader.Selection(
        theme, layer: source.selection.layer, condition: source.selection.condition,
        encoding: source.selection.encoding))
    (layer, path, driver) = (theme.name, source.path, reader.driver)
    (fileLayers, crs) = (reader.layers, source.crs ?? reader.crs)
    isOpenStreetMap = reader.isOpenStreetMap
  }
}
