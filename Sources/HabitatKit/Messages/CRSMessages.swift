import RasterCore

extension HabitatError {
  /// A layer of features that does not say where it lies.
  ///
  /// - Parameter unreadable: what its file names as a CRS and is none.
  static func crsMissing(
    of layer: String, unreadable: String?, at location: String
  ) -> HabitatError {
    HabitatError(
      .input, "crs-missing",
      unreadable.map {
        "the file of the \(layer) names a coordinate reference system that is none: \($0)"
      } ?? "the \(layer) do not say which coordinate reference system they are in",
      at: location, fix: "if you know it, add --assume-crs \(layer)=EPSG:…")
  }
}

extension HabitatWarning {
  /// - Parameter datum: whose datum stands in.
  static func datumUnknown(
    of layer: String, takenAs datum: CoordinateReferenceSystem, at location: String
  ) -> HabitatWarning {
    HabitatWarning(
      "datum-unknown", "the datum is unknown and taken as that of \(datum.name)",
      at: location, fix: "if you know it, add --assume-crs \(layer)=EPSG:…")
  }
}
