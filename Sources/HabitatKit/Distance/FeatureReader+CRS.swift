import GeoIO
import RasterCore

extension FeatureReader {
  /// Where the features of the layer `name` come from, for messages.
  func location(_ name: String) -> String {
    "\(name): \(path), layer \(layers.joined(separator: ", "))"
  }

  /// The CRS of the features: the user's word, else the file's.
  ///
  /// - Parameter unknownDatum: stands in for longitude and latitude on an unknown datum.
  /// - Throws: `.input`, slug `crs-missing`.
  func crs(
    of name: String, _ given: CoordinateReferenceSystem?, unknownDatum: CoordinateReferenceSystem,
    _ warnings: inout [HabitatWarning]
  ) throws(HabitatError) -> CoordinateReferenceSystem {
    guard let crs = given ?? crs else {
      throw HabitatError(
        .input, "crs-missing",
        unreadableCRS.map {
          "the file of the \(name) names a coordinate reference system that is none: \($0)"
        }
          ?? "the \(name) do not say which coordinate reference system they are in",
        at: location(name), fix: "if you know it, add --assume-crs \(name)=EPSG:…")
    }
    guard crs.isGeographic, !crs.datumIsKnown else { return crs }
    warnings.append(
      HabitatWarning(
        "datum-unknown", "the datum is unknown and taken as that of \(unknownDatum.name)",
        at: location(name), fix: "if you know it, add --assume-crs \(name)=EPSG:…"))
    return unknownDatum
  }
}
