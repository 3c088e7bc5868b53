import GeoIO
import RasterCore
import RasterLoader

extension FeatureReader {
  /// Where the features of the layer `name` come from, for messages.
  func location(_ name: String) -> String {
    "\(name): \(path), layer \(layers.joined(separator: ", "))"
  }

  /// The CRS of the features: the user's word, else the file's. Warns where its datum is unknown, or rough
  /// to carry to that of the grid.
  ///
  /// - Parameter unknownDatum: its datum stands in for the unknown one of longitude and latitude.
  /// - Throws: `.input`, slugs `crs-missing`, `crs-unsuitable` and `no-transform`.
  func crs(
    of name: String, _ given: CoordinateReferenceSystem?, on grid: Grid,
    unknownDatum: CoordinateReferenceSystem, _ warnings: inout [HabitatWarning]
  ) throws(HabitatError) -> CoordinateReferenceSystem {
    guard let crs = given ?? crs else {
      if let kind = unsuitableCRS { throw .unsuitableCRS(kind, name, at: location(name)) }
      throw HabitatError(
        .input, "crs-missing",
        unreadableCRS.map {
          "the file of the \(name) names a coordinate reference system that is none: \($0)"
        }
          ?? "the \(name) do not say which coordinate reference system they are in",
        at: location(name), fix: "if you know it, add --assume-crs \(name)=EPSG:…")
    }
    guard crs.isGeographic, !crs.datumIsKnown else {
      let shift = try DatumWarnings(grid: grid).warning(ofFeatures: name, crs)
      warnings += shift.map { [$0] } ?? []
      return crs
    }
    warnings.append(
      HabitatWarning(
        "datum-unknown", "the datum is unknown and taken as that of \(unknownDatum.name)",
        at: location(name), fix: "if you know it, add --assume-crs \(name)=EPSG:…"))
    return crs.onDatum(of: unknownDatum)
  }
}
