import GeoIO
import RasterCore
import RasterLoader

extension FeatureReader {
  /// Where the features of the layer `name` come from, for messages.
  func location(_ name: String) -> String {
    "\(name): \(path), layer \(layers.joined(separator: ", "))"
  }

  /// The CRS of the features: the user's word, else the file's; and what there is to say of it where its datum is
  /// unknown, or rough to carry to that of the grid.
  ///
  /// - Parameter unknownDatum: its datum stands in for the unknown one of longitude and latitude.
  /// - Throws: `.input`, slugs `crs-missing`, `crs-unsuitable` and `no-transform`.
  func crs(
    of name: String, _ given: CoordinateReferenceSystem?, on grid: Grid,
    unknownDatum: CoordinateReferenceSystem
  ) throws(HabitatError) -> (crs: CoordinateReferenceSystem, warning: HabitatWarning?) {
    guard let crs = given ?? crs else {
      if let kind = unsuitableCRS { throw .unsuitableCRS(kind, name, at: location(name)) }
      throw .crsMissing(of: name, unreadable: unreadableCRS, at: location(name))
    }
    guard crs.isGeographic, !crs.datumIsKnown else {
      return (crs, try DatumWarnings(grid: grid).warning(ofFeatures: name, crs))
    }
    return (
      crs.onDatum(of: unknownDatum),
      .datumUnknown(of: name, takenAs: unknownDatum, at: location(name))
    )
  }
}
